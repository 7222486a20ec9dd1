#pragma once

namespace penstock::bench {

/// Makes the compiler believe that somebody looks at the value.
template <class T>
inline void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace penstock::bench
