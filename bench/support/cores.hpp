#pragma once

namespace penstock::bench {

/// Ties the calling thread, and every thread and process it starts afterwards, to one core. False when
/// the machine has no such core.
bool pin_to_core(int core);
int core_count();

}  // namespace penstock::bench
