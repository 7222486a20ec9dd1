#pragma once

#include "apps/penstock/where.hpp"

namespace penstock::apps {

struct VerifyOptions {
    WhereOptions where;
    bool json = false;
};

/// Checks every byte of a journal: CRC, seq, epoch, hash chain, watermark, and that records decode. Exit
/// code: 0 sound, 1 damaged (file and offset of the first bad byte are said), 2 it could not be checked.
int journal_verify(const VerifyOptions& options);

}  // namespace penstock::apps
