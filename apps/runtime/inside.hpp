#pragma once

#include <filesystem>

namespace penstock::apps {

/// Whether `folder` is `place`, or would be in it. Neither has to be there; an empty `place` has nothing in
/// it.
bool is_inside(const std::filesystem::path& folder, const std::filesystem::path& place);

}  // namespace penstock::apps
