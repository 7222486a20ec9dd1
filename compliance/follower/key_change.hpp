#pragma once

#include <string>
#include <string_view>

#include "compliance/tlog/note.hpp"
#include "oms/domain/input.hpp"

namespace penstock::compliance {

/// What both keys sign when the log goes on with another one:
///   penstock audit key change\n<old vkey>\n<new vkey>\n
std::string key_change_text(std::string_view old_vkey, std::string_view new_vkey);

/// The record of it: each key signs that text. Both names are at most kMaxVkey long as vkeys.
oms::AuditKeyChanged change_key(const SignerKey& from, const SignerKey& to);
inline constexpr std::size_t kMaxVkey = decltype(oms::AuditKeyChanged::old_key)::kCapacity;

}  // namespace penstock::compliance
