#include "tests/places.hpp"

namespace penstock::tests {

std::string source_dir() { return PENSTOCK_SOURCE_DIR; }
std::string build_dir() { return PENSTOCK_BINARY_DIR; }

}  // namespace penstock::tests
