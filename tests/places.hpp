#pragma once

#include <string>

namespace penstock::tests {

// Compiled in one place, so that no test has the path of a checkout in its own command line: ccache then
// serves every checkout of the same text.

/// The repository.
std::string source_dir();
/// Where it was built: programs and generated files.
std::string build_dir();

}  // namespace penstock::tests
