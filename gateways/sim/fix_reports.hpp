#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "fix/codec/version.hpp"
#include "gateways/sim/action.hpp"
#include "gateways/sim/engine_types.hpp"
#include "oms/domain/time.hpp"

namespace penstock::sim {

// The messages a venue sends, as bodies: fields in ascending tag order outside groups, group members in
// dictionary order. Nothing here decides anything but how a version writes it.

/// What an ExecutionReport(8) reports; ExecTransType(20) and ExecType(150) follow from it by version.
enum class ReportKind : std::uint8_t {
    PendingNew,
    New,
    Rejected,
    Trade,
    PendingReplace,
    Replaced,
    PendingCancel,
    Cancelled,
    Expired,
    Bust,
    Correct,
    Status,
};

/// OrderID(37) where there is no order.
inline constexpr std::string_view kNoOrder = "NONE";

struct ExecReport {
    ReportKind kind = ReportKind::New;
    VenueOrderId order_id;  // empty: "NONE"
    VenueExecId exec_id;
    VenueExecId exec_ref_id;  // Bust, Correct
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    AccountName account;
    Symbol symbol;
    Side side = Side::Buy;
    std::optional<OrderType> type;  // with TimeInForce; absent for an order the venue does not know
    TimeInForce time_in_force = TimeInForce::Day;
    Quantity quantity;
    std::optional<Price> limit;
    Execution last;  // Trade, Bust, Correct
    Quantity filled;
    Quantity leaves;
    Notional traded;
    oms::OrdStatus status = oms::OrdStatus::New;
    Refusal refusal = Refusal::None;  // Rejected
    Text text;
    Timestamp at;
    RequestId status_request;  // OrdStatusReqID(790)
    RequestId mass_request;    // MassStatusReqID(584)
    std::uint32_t mass_total = 0;
    bool mass_last = false;
};
Send write_exec_report(const ExecReport& report, fix::Version version);

struct CancelRefusal {
    VenueOrderId order_id;  // empty: "NONE"
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    AccountName account;
    oms::OrdStatus status = oms::OrdStatus::Rejected;
    oms::CancelRejectTo response_to = oms::CancelRejectTo::CancelRequest;
    Refusal refusal = Refusal::UnknownOrder;
    Text text;
    Timestamp at;
};
Send write_cancel_reject(const CancelRefusal& refusal, fix::Version version);

/// OrderMassCancelReport(r).
struct MassCancelAnswer {
    ClOrdId cl_ord_id;
    VenueOrderId order_id;
    char request_type = '7';
    bool accepted = true;
    char reject_reason = '0';  // MassCancelRejectReason(532)
    std::uint32_t affected = 0;
    Symbol symbol;
    Text text;
    Timestamp at;
};
Send write_mass_cancel_report(const MassCancelAnswer& answer, fix::Version version);

/// BusinessMessageReject(j).
struct BusinessRefusal {
    std::string_view ref_seq_num;
    std::string_view ref_msg_type;
    std::string_view ref_id;
    char reason = '0';
    std::string_view text;
};
Send write_business_reject(const BusinessRefusal& refusal);

/// One entry of a MarketDataSnapshotFullRefresh(W).
struct MarketDataEntry {
    char type = '0';  // MDEntryType(269)
    Price price;
    Quantity size;

    friend bool operator==(const MarketDataEntry&, const MarketDataEntry&) = default;
};
Send write_snapshot(const RequestId& request, const Symbol& symbol,
                    const std::vector<MarketDataEntry>& entries);

/// MarketDataRequestReject(Y).
Send write_market_data_reject(const RequestId& request, char reason, std::string_view text);

/// What people read in Text(58).
std::string_view to_text(Refusal refusal);

}  // namespace penstock::sim
