#pragma once

namespace penstock::persistence {

/// How much of a core a thread gets when the order path wants the same one.
enum class Share {
    Less,   // a third: what the order path may have to wait for must not starve
    Least,  // what nobody waits for
};

/// The calling thread gives way to the order path from now on. Best effort.
void give_way(Share share);

}  // namespace penstock::persistence
