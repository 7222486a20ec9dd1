#pragma once

#include <cstdint>
#include <string>

#include "fix/codec/version.hpp"
#include "tests/sim/fix_text.hpp"

namespace penstock::sim {

/// What an order of a client says beyond side, quantity, price and time in force; zero and empty: nothing.
struct ClientTerms {
    std::int64_t stop_cents = 0;  // StopPx(99), or TriggerPrice(1102) when `direction` is said
    int watch = 0;                // TriggerPriceType(1107)
    char direction = '\0';        // TriggerPriceDirection(1109): of a plain market or limit order
    bool trails = false;
    bool has_offset = false;
    std::int64_t offset_cents = 0;  // PegOffsetValue(211), in hundredths of its unit
    int offset_unit = 0;            // PegOffsetType(836)
    int peg = 0;                    // PegPriceType(1094): 2 mid, 4 market, 5 primary
    std::int64_t display = 0;
    std::int64_t display_low = 0;
    std::int64_t display_high = 0;
    std::int64_t cash_cents = 0;
    Timestamp expire;          // ExpireTime(126)
    Timestamp effective;       // EffectiveTime(168)
    std::string link;          // ClOrdLinkID(583); in a list the path of the groups
    std::string instructions;  // ExecInst(18), a character each: 6 E S q o n

    friend bool operator==(const ClientTerms&, const ClientTerms&) = default;
};

/// OrdType(40) as this version says it: before 5.0 a trailing stop is a peg.
char type_said(char type, const ClientTerms& terms, fix::Version version);
/// Adds the fields, as far as the version has them, but for OrdType(40).
void add_terms(Body& body, const ClientTerms& terms, fix::Version version);

}  // namespace penstock::sim
