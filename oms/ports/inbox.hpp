#pragma once

#include <string_view>

#include "oms/domain/input.hpp"

namespace penstock::oms {

/// The way in. Doors hand over what they translated; the sequencer stamps it. Core thread only.
class Inbox {
  public:
    virtual ~Inbox() = default;
    /// `raw` is the message as received, credentials redacted; it may be empty. Returns the place
    /// of the record: nothing caused by this input leaves before that record is durable.
    virtual Seq accept(const InputBody& body, Origin origin, std::string_view raw) = 0;
    /// Puts on record what has to be there before the next input, and may take numbers of a session. Who
    /// tells how far a session's numbers are calls it first, then looks, then accepts.
    virtual void catch_up() {}
    /// As accept, for an input that a session made, with the session messages and repetitions it sent since
    /// the last one, redacted. Who keeps none of them need not know.
    virtual Seq accept_session(const InputBody& body, std::string_view raw, std::string_view) {
        return accept(body, {}, raw);
    }
};

}  // namespace penstock::oms
