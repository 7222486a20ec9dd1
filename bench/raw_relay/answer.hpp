#pragma once

#include <cstdint>
#include <cstring>

namespace penstock::bench {

// Raw TCP without FIX: a request of the size of an order is answered with one of the size of a report.
inline constexpr std::size_t kRequestBytes = 193;
inline constexpr std::size_t kAnswerBytes = 235;

/// The answer's first bytes; the request's are its number.
struct AnswerHead {
    std::uint64_t number = 0;
    std::int64_t read_at = 0;  // CLOCK_MONOTONIC, the same for all processes
};

/// Answers on one accepted connection until `stopped` or the peer leaves.
void answer_requests(int listener, bool spins, const volatile int& stopped);

}  // namespace penstock::bench
