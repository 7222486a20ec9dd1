#include "risk/checks/reference_age.hpp"

namespace penstock::risk {

std::optional<oms::Denial> check_reference_age(const std::optional<marketdata::Reference>& reference,
                                               Timestamp now, Duration max_age) {
    if (!reference) return oms::Denial{oms::Reason::NoReferencePrice, {}, {}};
    const Duration age = now - reference->time;
    if (age <= max_age) return std::nullopt;
    constexpr std::int64_t kNsPerMs = 1'000'000;
    return oms::Denial{oms::Reason::StaleReferencePrice, Notional::of(Decimal::whole(age.ns / kNsPerMs)),
                       Notional::of(Decimal::whole(max_age.ns / kNsPerMs))};
}

}  // namespace penstock::risk
