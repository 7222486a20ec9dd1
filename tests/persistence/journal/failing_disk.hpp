#pragma once

namespace penstock::persistence {

/// Makes fdatasync of a file "j-*" fail, once, with EIO: the call after `good_calls` more. This
/// program's fdatasync stands before the one of the C library; the journal knows nothing of it.
void fail_sync_of_segments(int good_calls);
/// How often one was synced after the failure.
int syncs_since_failure();

}  // namespace penstock::persistence
