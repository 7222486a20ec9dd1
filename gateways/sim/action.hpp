#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "oms/domain/ids.hpp"

namespace penstock::sim {

/// One FIX session of the venue, as the host names it; from 1.
using SessionKey = SessionId;

/// Send an application message: the host adds header and trailer. `body` is "tag=value<SOH>" fields in
/// ascending tag order outside groups, without MsgType(35).
struct Send {
    std::string msg_type;
    std::string body;

    friend bool operator==(const Send&, const Send&) = default;
};

/// Of the next message to this session only the first `byte` bytes leave; then the connection is cut.
/// A frame that is no longer than that leaves whole before the cut.
struct CutAtByte {
    std::uint32_t byte = 0;

    friend bool operator==(const CutAtByte&, const CutAtByte&) = default;
};

/// Send SequenceReset(4) without GapFillFlag: NewSeqNo(36) is the next number plus `ahead`.
struct ResetSequence {
    std::uint32_t ahead = 0;

    friend bool operator==(const ResetSequence&, const ResetSequence&) = default;
};

/// What the host is to do for a session, at once and in the order given. For a session that is logged
/// out a Send is kept by the host as any unsent report is: numbered, stored, resent when asked for.
struct Action {
    SessionKey session;
    std::variant<Send, CutAtByte, ResetSequence> what;

    friend bool operator==(const Action&, const Action&) = default;
};
using Actions = std::vector<Action>;

}  // namespace penstock::sim
