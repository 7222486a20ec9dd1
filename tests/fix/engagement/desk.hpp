#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/fix/engagement/cases.hpp"
#include "tests/fix/session/our_acceptor.hpp"
#include "tests/scenarios/stage.hpp"

namespace penstock::fix::test {

/// Everything between a client's socket and the core: a real session on loopback, decode_client, the core on
/// a scenario's stage, encode_body, and back. "client A" is the peer, whatever its version.
class Desk {
  public:
    explicit Desk(Version version);

    /// What came of a case's message and the lines behind it.
    struct Answer {
        std::vector<std::string> client;  // messages as "8=...|9=...|"
        std::vector<std::string> venue;   // MsgTypes
        std::vector<std::string> alarms;
    };
    /// On a fresh core. Throws scenarios::Failure on a line that does not read.
    Answer play(const Case& one);

  private:
    void log_on();
    void play_lines(std::string_view lines);
    void take(FixSession& session, const AppMessage& message);
    void deliver();

    Version version_;
    OurAcceptor acceptor_;
    std::optional<scenarios::PlainSystem> system_;
    std::optional<scenarios::Stage> stage_;
    Answer answer_;
    std::uint32_t number_ = 1;
};

}  // namespace penstock::fix::test
