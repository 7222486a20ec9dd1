#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace penstock::sim {

/// ListExecInst(69) says which; the numbers are of no meaning.
enum class GroupKind : std::uint8_t {
    Independent,
    OneCancels,
    OneUpdates,
    OneTriggers,
    OneTriggersFull,
    Bracket
};

/// A list as its client knows it.
struct ClientList {
    std::string id;
    std::vector<std::size_t> orders;  // places in the client's orders
    GroupKind kind = GroupKind::Independent;
    bool takes_turns = false;    // BLOCK: one leg works at a time
    bool was_changed = false;    // by amends or cancels of single orders
    bool was_cancelled = false;  // by K: what a bust opens again after that, no group holds
    int asked = 0;               // E, K, L and M
    int answered = 0;            // whole: the last of the parts
    bool is_refused = false;
};

}  // namespace penstock::sim
