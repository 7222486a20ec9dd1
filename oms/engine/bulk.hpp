#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "oms/domain/output.hpp"
#include "oms/engine/order.hpp"

namespace penstock::oms {

/// An order that is meant. Its id tells when the place has been given to another since.
struct BulkOrder {
    Slot<Order> order;
    OrderId id;
};

/// Work on many orders. Those that are meant are written down when it begins: none slips through while it
/// is done in slices, and none that is entered meanwhile is caught by it.
struct BulkJob {
    enum class Kind : std::uint8_t {
        MassCancel,  // a client's OrderMassCancelRequest(q)
        MassStatus,  // a client's OrderMassStatusRequest(AF)
        Disconnect,  // a client that is gone
        VenueBack,   // orders whose venue was not there to cancel them
        VenueLift,   // orders held because their venue was not there
        VenueDay,    // orders held for a venue whose trading day has ended
    };

    Kind kind = Kind::MassCancel;
    SessionId session;         // who asked, or is gone
    VenueId venue;             // VenueBack, VenueLift, VenueDay
    MassCancelReport report;   // MassCancel: sent when all is done
    ExecutionReport no_order;  // MassStatus: what is told in the place of an order that is forgotten
    std::vector<BulkOrder> orders;
    std::size_t next = 0;       // those before are done
    bool is_continued = false;  // the step that began it is over

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        auto& [what, by, at, told, unknown, meant, done, continued] = self;
        visit(what);
        visit(by);
        visit(at);
        visit(told);
        visit(unknown);
        visit(meant);
        visit(done);
        visit(continued);
    }
};

}  // namespace penstock::oms
