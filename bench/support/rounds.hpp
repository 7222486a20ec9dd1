#pragma once

namespace penstock::bench {

/// The only arguments most benchmarks take: `--rounds N`, seven when not given, and `--quick`, one. Prints
/// the usage of `program` and ends the process with 2 at anything else.
int rounds_of(int argc, char** argv, const char* program);

/// "aim: WHAT: yes (0.76x)": whether what was measured is at most the limit.
void print_aim(const char* what, double measured, double limit, const char* unit);

}  // namespace penstock::bench
