#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "oms/ports/journal.hpp"

namespace penstock::fix {

/// Where each session's numbers stand after a journal was replayed, and which record each sent
/// message came from. Inbound numbers stand exactly as far as the journal is durable, so a message
/// that was lost is asked for again and one that was kept is never applied twice.
class RecoveredNumbers {
  public:
    struct Numbers {
        std::uint32_t next_in = 1;
        std::uint32_t next_out = 1;
        Timestamp moved_at;
        std::vector<std::pair<std::uint32_t, Seq>> sent;  // number, record
    };

    /// Learns from one record. In order of seq.
    void learn(const oms::Record& record);
    const Numbers& of(SessionId session) { return sessions_[session]; }

  private:
    std::map<SessionId, Numbers> sessions_;
};

}  // namespace penstock::fix
