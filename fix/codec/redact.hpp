#pragma once

#include <string>
#include <string_view>

#include "fix/codec/message_index.hpp"

namespace penstock::fix {

/// The message as it may be kept: the values of RawData(96), Password(554) and NewPassword(925) become
/// ***. Most messages have none and are returned as they are; else the text is in `scratch`.
std::string_view redacted(const MessageIndex& message, std::string& scratch);

}  // namespace penstock::fix
