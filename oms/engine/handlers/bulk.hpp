#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Work on many orders, in slices of kMaxBulkOrdersPerStep: whatever is asked for, no step and no record of
// the journal grows beyond what a slice causes, and the inputs of others pass in between.

/// A mass request begins: its first slice at once, what is left when its turn comes. False, and nothing was
/// done, when it is a long one and as many as may be are still at work.
bool begin(const Context& context, BulkJob job);
/// Work of the OMS's own, done by `continue_bulk`. What was to be done for the same session or venue is
/// replaced by it.
void add(const Context& context, BulkJob job);
/// False when its place has been given to another order since.
bool is_kept(const Context& context, const BulkOrder& one);
/// The next slice: cancels before reports, oldest first.
void continue_bulk(const Context& context);

}  // namespace penstock::oms
