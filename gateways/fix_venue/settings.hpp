#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "oms/domain/time.hpp"

namespace penstock::gateways {

/// When a venue's trading day ends, by its own wall clock; the next one begins then. Holidays are not known.
struct TradingDay {
    std::string time_zone = "UTC";  // IANA name
    int end_second = 0;             // of the day, 0..86399
    bool on_weekends = false;       // no: what is entered after Friday's end is for Monday
};

/// How one venue speaks FIX, read from its sheet in spec/venues. Data only: a new dialect is a new
/// file, not new code.
struct VenueSheet {
    std::string name;
    std::string fix_version;  // "4.2", "4.4", "5.0SP2"
    /// A second replace may be sent while one is pending.
    bool concurrent_amends = false;
    /// OrderQty(38) of a replace is the new total; if not, what shall remain.
    bool amend_quantity_is_total = true;
    /// A request without an answer for this long has an unknown outcome.
    Duration answer_timeout = Duration::seconds(5);
    /// The venue answers OrderStatusRequest(H): at its logon it is asked about every working order.
    bool status_requests = true;
    /// The venue answers OrderMassStatusRequest(AF) for all orders: at its logon it tells all that work.
    bool mass_status = false;
    /// After a logon nothing new is sent until every open order is confirmed; after this long the desk is
    /// told that it is not. Zero: nothing waits.
    Duration reconcile_within = Duration::seconds(60);
    /// What waits goes all the same when that time is over.
    bool trade_unreconciled = false;
    /// So often the open orders are checked while the venue is there; zero: only after its logon.
    Duration check_every = {};
    /// A fill that the venue's status shows and nobody reported is booked from its CumQty(14) and AvgPx(6).
    bool infer_fills = true;
    /// The venue answers RequestForPositions(AN): it is asked for each account once its open orders are
    /// confirmed after a logon, and so often from then on; zero: never.
    Duration check_positions = {};
    /// Market data is asked for with MarketDataRequest(V) at logon.
    bool market_data = true;
    /// Its market data has the price positions are valued at, as settlement price: MDEntryType(269) 6.
    bool mark_price = false;
    /// What it does by itself, of oms::venue_does; the rest is done in its place, or refused.
    std::uint32_t features = 0;

    /// A field this venue wants in some messages beyond ours, always with the same value.
    struct ExtraField {
        std::vector<std::string> msg_types;
        unsigned tag = 0;
        std::string value;
    };
    std::vector<ExtraField> extra_fields;
    /// A field this venue refuses in some messages.
    struct OmittedField {
        std::vector<std::string> msg_types;
        unsigned tag = 0;
    };
    std::vector<OmittedField> omitted_fields;
};

}  // namespace penstock::gateways
