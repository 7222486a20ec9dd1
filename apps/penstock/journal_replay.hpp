#pragma once

#include <string>

#include "apps/penstock/where.hpp"

namespace penstock::apps {

struct ReplayOptions {
    WhereOptions where;
    std::string to;      // a seq or a moment; empty: all
    std::string print;   // "orders", "state"; empty: the hash alone
    bool json = false;   // of orders
    bool whole = false;  // from the first record, whatever snapshots there are
};

/// Executes a journal up to there and shows what the core was then. Compares every output with what the
/// journal says. Exit code: 0, 1 when this build makes something else of it, 2 cannot.
int journal_replay(const ReplayOptions& options);

}  // namespace penstock::apps
