#pragma once

#include "config/config.hpp"

namespace penstock::apps {

/// `penstockd snapshot`: takes a snapshot as a second reader of the journal, at the lowest priority, whether
/// a penstockd serves from it or not. What came of it is in log/snapshot.log. False when there is none.
bool snapshot_command(const config::Config& config);

}  // namespace penstock::apps
