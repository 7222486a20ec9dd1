#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fix/codec/message_index.hpp"
#include "fix/codec/version.hpp"
#include "oms/domain/decimal.hpp"
#include "tests/fix/codec/quickfix_oracle.hpp"

namespace penstock::fix::test {

inline constexpr Version kVersions[] = {Version::Fix42, Version::Fix44, Version::Fix50Sp2};

/// "35=D|55=X" with <SOH> for "|".
std::string soh(std::string_view text);
/// The reverse, for reading failures.
std::string readable(std::string_view bytes);
/// A whole message from everything behind BodyLength: adds 8, 9 and 10.
std::string message(Version version, std::string_view fields);
/// With a standard header: "D" and the body's fields.
std::string message(Version version, std::string_view msg_type, std::string_view body);
/// Puts 9 and 10 right after something between them was changed.
std::string resealed(std::string_view message);

/// The fields "tag=value" of a message, and back.
std::vector<std::string> split(std::string_view message);
std::string join(const std::vector<std::string>& fields);

MessageIndex parsed(const std::string& message);

inline Price px(std::string_view text) { return *Price::parse(text); }
inline Quantity qty(std::string_view text) { return *Quantity::parse(text); }
template <class Id>
Id id(std::string_view text) {
    return *Id::from(text);
}

/// QuickFIX with our dictionary of this version. Loaded once.
const oracle::Validator& validator(Version version);

/// The same with the standard's dictionary, without what is agreed beyond it.
const oracle::Validator& stock_validator(Version version);

/// A small generator with a seed: the same numbers on every run.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}
    std::uint64_t below(std::uint64_t limit) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state_ >> 33) % limit;
    }
    bool chance(std::uint64_t one_in) { return below(one_in) == 0; }
    template <class List>
    const auto& pick(const List& list) {
        return list[below(std::size(list))];
    }

  private:
    std::uint64_t state_;
};

}  // namespace penstock::fix::test
