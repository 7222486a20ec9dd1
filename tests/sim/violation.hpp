#pragma once

#include <stdexcept>
#include <string>

namespace penstock::sim {

/// The numbers of the README's table.
enum class Invariant {
    NoOrderLost = 1,
    NoDuplicateAtVenue = 2,
    QuantitiesAdd = 3,
    RiskNotReleased = 4,
    JournalWhole = 5,
    OneWriter = 6,
    EachMessageOnce = 7,
    ReplayAgrees = 8,
    ComesToRest = 9,
};

/// Ends a world: a promise was broken.
class Violation : public std::runtime_error {
  public:
    Violation(Invariant which, const std::string& what) : std::runtime_error(what), invariant(which) {}
    Invariant invariant;
};

[[noreturn]] inline void violated(Invariant which, const std::string& what) { throw Violation(which, what); }
inline void require(bool condition, Invariant which, const char* what) {
    if (!condition) [[unlikely]]
        violated(which, what);
}

}  // namespace penstock::sim
