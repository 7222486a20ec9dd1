#pragma once

/// Stops the process when an invariant is broken. On in release: a core that has lost an invariant
/// must not send another byte; restart and replay is the one recovery path. Any thread.
#define PENSTOCK_ASSERT(condition, why)                                        \
    do {                                                                       \
        if (!(condition)) [[unlikely]]                                         \
            ::penstock::assertion_failed(#condition, why, __FILE__, __LINE__); \
    } while (false)

namespace penstock {

/// Prints one line to stderr and aborts. Cold: what leads here is kept out of the way of the code that is
/// run.
[[noreturn]] [[gnu::cold]] void assertion_failed(const char* condition, const char* why, const char* file,
                                                 int line);

}  // namespace penstock
