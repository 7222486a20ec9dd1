#pragma once

#include <string_view>

#include "oms/domain/decimal.hpp"
#include "oms/domain/ids.hpp"

namespace penstock::tests {

// Short words for values in tests. Text that does not parse stops the test program.

inline Decimal dec(std::string_view text) { return *Decimal::parse(text); }
inline Quantity qty(std::string_view text) { return *Quantity::parse(text); }
inline Price px(std::string_view text) { return *Price::parse(text); }

/// `id<Symbol>("XYZ")`
template <class T>
T id(std::string_view text) {
    return *T::from(text);
}

}  // namespace penstock::tests
