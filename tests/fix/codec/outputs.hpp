#pragma once

#include "fix/codec/encode.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {

/// Any output the core might make, ends of the ranges included.
oms::Output random_output(Random& random);

/// A fill report as clients get most of.
oms::ExecutionReport fill_report();

/// `output` as a body, readable; "type " in front.
std::string encoded(const oms::Output& output, Version version);

inline const EncodeContext kContext44{Version::Fix44, {*FixedText<2>::from("P1"), 1}, 3};

}  // namespace penstock::fix::test
