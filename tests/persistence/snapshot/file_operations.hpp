#pragma once

#include <cstdint>

namespace penstock::persistence {

// This program's open, pwrite, fdatasync, fsync, rename and unlink stand before those of the C library and
// count; the store knows nothing of it.

enum class AtOperation : std::uint8_t {
    Fails,       // it returns EIO, once
    EndsProcess  // the process ends before it is done, as by kill -9
};

/// The operation after `good` more does that.
void disturb_operation(int good, AtOperation what);
/// None is disturbed, and how many there were since the last call of disturb_operation.
int operations_since();
/// Was a file renamed while something written to it had not been synced? Then a power failure could leave a
/// name without its bytes.
bool renamed_unsynced();

}  // namespace penstock::persistence
