#pragma once

#include <cstdint>

#include "fix/codec/message_index.hpp"
#include "fix/codec/version.hpp"

namespace penstock::fix {

enum class Verdict : std::uint8_t { Clean, NotClean };

/// Clean: an application message we serve, valid to the last field by the version's dictionary, so
/// that QuickFIX with its default validation would pass it too. NotClean promises nothing: the message
/// goes down the slow lane, where QuickFIX gives the standard's exact answer.
///
/// Not checked, because it needs the session: CompIDs, MsgSeqNum(34) order, SendingTime(52) accuracy.
Verdict check(const MessageIndex& message, Version version);

}  // namespace penstock::fix
