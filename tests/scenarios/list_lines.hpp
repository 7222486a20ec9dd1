#pragma once

#include "oms/domain/input.hpp"
#include "tests/scenarios/stage.hpp"
#include "tests/scenarios/words.hpp"

namespace penstock::scenarios {

/// `list`, `group`, `leg`, `enter`, `execute`, `cancel-list`, `list-status`: what a client says of lists.
bool is_list_line(const std::string& kind);
/// The input of such a line. Throws Failure on a line it cannot read.
oms::InputBody read_list_line(const std::string& kind, Words& words, SessionId session, Stage& stage);

}  // namespace penstock::scenarios
