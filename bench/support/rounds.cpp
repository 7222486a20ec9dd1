#include "bench/support/rounds.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace penstock::bench {

int rounds_of(int argc, char** argv, const char* program) {
    if (argc == 1) return 7;
    if (argc == 2 && std::strcmp(argv[1], "--quick") == 0) return 1;
    if (argc == 3 && std::strcmp(argv[1], "--rounds") == 0) return std::max(1, std::atoi(argv[2]));
    std::fprintf(stderr, "usage: %s [--rounds N] [--quick]\n", program);
    std::exit(2);
}

void print_aim(const char* what, double measured, double limit, const char* unit) {
    std::printf("aim: %s: %s (%.2f%s)\n", what, measured <= limit ? "yes" : "no", measured, unit);
}

}  // namespace penstock::bench
