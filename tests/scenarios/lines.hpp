#pragma once

#include "oms/domain/commands.hpp"
#include "tests/scenarios/stage.hpp"
#include "tests/scenarios/words.hpp"

namespace penstock::scenarios {

// What each kind of line does. All throw Failure on a line they cannot read. README.md lists the words.

/// `client A > new a1 BUY 100 XYZ @ 10`
void play_client_line(Stage& stage, const Line& line);
/// The order of such a line: `a1 BUY 100 XYZ @ 10 gtc`. Its terms are the defaults of later lines about it.
oms::NewOrder read_order(Words& words, SessionId session, Stage& stage);
/// `venue X > fill a1 40 @ 10 exec e1`
void play_venue_line(Stage& stage, const Line& line);
/// `time +5s`, `quote XYZ 9.99 10.01`, `define venue X`, `limits ACC quantity 100`
void play_stage_line(Stage& stage, const Line& line);

}  // namespace penstock::scenarios
