#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

// What every fuzz target defines. libFuzzer calls the first; standalone.cpp stands in for it in a build
// without clang.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace penstock::fuzz {

/// Well-formed inputs to begin with.
std::vector<std::string> seeds();

/// A property that an input broke: says which, and stops, so that the input is kept.
inline void require(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", property);
    std::abort();
}

}  // namespace penstock::fuzz
