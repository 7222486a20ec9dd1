#pragma once

#include <filesystem>

namespace penstock::persistence {

/// Does a process hold the lock of the journal in this directory? Asks the kernel, and does not try the lock:
/// a start in that moment would be refused.
bool is_in_use(const std::filesystem::path& directory);

}  // namespace penstock::persistence
