#pragma once

#include <string>

namespace penstock::apps {

struct DiffOptions {
    std::string left;
    std::string right;
};

/// Compares two journals record by record and shows the first that differs, field by field. Exit code: 0
/// equal, or one is the beginning of the other (which is said), 1 different, 2 cannot.
int journal_diff(const DiffOptions& options);

}  // namespace penstock::apps
