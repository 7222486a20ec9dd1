#include "oms/domain/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace penstock {

void assertion_failed(const char* condition, const char* why, const char* file, int line) {
    std::fprintf(
        stderr, "penstock: invariant broken: %s (%s) at %s:%d. Stopping; restart replays the journal.\n", why,
        condition, file, line);
    std::abort();
}

}  // namespace penstock
