#pragma once

#include "apps/penstockd/control_door.hpp"
#include "oms/engine/core.hpp"

namespace penstock::apps {

/// `adopt` makes an order that is nobody's a client's, `settle` ends one nobody can say anything of,
/// `accept-position` lets a position that differs be what its venue tells; see docs/runbooks. Whether it can
/// be done the core decides: its word is in the journal and on the tape, and is the answer.
void add_venue_verbs(ControlDoor& door, const oms::World& world);

}  // namespace penstock::apps
