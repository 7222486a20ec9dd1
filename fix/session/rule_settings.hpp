#pragma once

#include "fix/session/rule_engine.hpp"
#include "fix/session/settings.hpp"

namespace penstock::fix {

/// A session's settings as QuickFIX's rules want them, dictionaries read. Throws std::runtime_error
/// naming the file when a dictionary cannot be read.
RuleSettings rule_settings(const SessionSettings& settings);

}  // namespace penstock::fix
