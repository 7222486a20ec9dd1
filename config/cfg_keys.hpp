#pragma once

#include <string>
#include <string_view>

namespace penstock::config {

/// What to tell somebody who uses this key in a QuickFIX .cfg: that it is unknown, or that Penstock does
/// something else. Empty for keys that are honoured, and for those whose absence nobody would notice.
std::string advice_on_cfg_key(std::string_view key, std::string_view value);

}  // namespace penstock::config
