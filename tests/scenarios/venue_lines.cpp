#include <functional>
#include <map>

#include "tests/scenarios/lines.hpp"
#include "tests/scenarios/words.hpp"

namespace penstock::scenarios {
namespace {

/// One line of a venue, half read.
struct Said {
    Words& words;
    const Stage& stage;
    VenueId venue;
    SessionId session;

    /// The request a label names; `nobody` is an order that is not ours.
    oms::VenueReport report() {
        oms::VenueReport report;
        report.venue = venue;
        label = words.next("the ClOrdID of a request this venue has");
        if (label == "nobody") return report;
        const auto request = stage.names().request(label);
        if (!request) words.fail("nothing named '" + label + "' was sent to a venue");
        report.child = request->child;
        report.revision = request->revision;
        return report;
    }
    /// What the request with the label asked for.
    Terms asked() const { return stage.names().terms(label); }

    std::string label;
};

using Play = std::function<oms::InputBody(Said&)>;

/// Words that may follow any report: `id V17`, and the execution `exec e1`.
void take_ids(Words& words, oms::VenueReport& report) {
    for (bool took = true; took;) {
        took = true;
        if (words.take("id"))
            report.venue_order_id = words.id<VenueOrderId>("an OrderID");
        else if (words.take("exec"))
            report.exec_id = words.id<VenueExecId>("an ExecID");
        else
            took = false;
    }
}

template <class Body>
oms::InputBody plain(Said& said) {
    Body body;
    body.report = said.report();
    take_ids(said.words, body.report);
    return body;
}

/// `cum 30 avg 9.98`: what the venue counts as filled in all.
template <class Body>
Body with_filled(Words& words, Body body) {
    if (words.take("cum")) body.filled = words.quantity();
    if (words.take("avg")) body.average_price = words.price();
    return body;
}

template <class Body>
oms::InputBody ended(Said& said) {
    return with_filled(said.words, std::get<Body>(plain<Body>(said)));
}

oms::InputBody fill(Said& said) {
    oms::VenueFilled body;
    body.report = said.report();
    body.quantity = said.words.quantity();
    if (!said.words.take("@")) said.words.fail("expected '@ PRICE'");
    body.price = said.words.price();
    take_ids(said.words, body.report);
    if (body.report.exec_id.empty()) said.words.fail("a fill needs 'exec ID'");
    return with_filled(said.words, body);
}

oms::InputBody refuse(Said& said) {
    oms::VenueRefused body;
    body.report = said.report();
    if (said.words.take("reason"))
        body.venue_reason = static_cast<std::uint32_t>(said.words.number("a reason").mantissa());
    body.message_rejected = said.words.take("message");
    if (said.words.take("text")) body.text = said.words.id<Text>("a text");
    return body;
}

oms::InputBody refuse_request(Said& said, oms::CancelRejectTo to) {
    oms::VenueRequestRefused body;
    body.report = said.report();
    body.response_to = to;
    if (said.words.take("reason"))
        body.venue_reason = static_cast<std::uint32_t>(said.words.number("a reason").mantissa());
    if (said.words.take("text")) body.text = said.words.id<Text>("a text");
    body.order_has_ended = said.words.take("ended");
    return body;
}

/// `because 2`: the venue's ExecRestatementReason(378).
oms::RestatementReason because(Words& words) {
    if (!words.take("because")) return oms::RestatementReason::None;
    return static_cast<oms::RestatementReason>(words.number("a reason").mantissa() + 1);
}

oms::InputBody cancelled(Said& said) {
    oms::VenueCancelled body;
    body.report = said.report();
    take_ids(said.words, body.report);
    body.restatement_reason = because(said.words);
    return with_filled(said.words, body);
}

oms::InputBody stop(Said& said) {
    oms::VenueStopped body;
    body.report = said.report();
    body.quantity = said.words.quantity();
    if (!said.words.take("@")) said.words.fail("expected '@ PRICE'");
    body.price = said.words.price();
    return body;
}

/// The new terms are those asked for, unless the line says otherwise.
oms::InputBody amended(Said& said) {
    oms::VenueAmended body;
    body.report = said.report();
    body.quantity = said.words.maybe_quantity().value_or(said.asked().quantity);
    body.limit = said.words.maybe_at_price();
    if (!body.limit) body.limit = said.asked().limit;
    take_ids(said.words, body.report);
    return with_filled(said.words, body);
}

oms::InputBody restated(Said& said) {
    auto body = std::get<oms::VenueAmended>(amended(said));
    body.is_restatement = true;
    if (said.words.take("unpriced")) body.limit.reset();
    body = with_filled(said.words, body);
    body.restatement_reason = because(said.words);
    return body;
}

oms::InputBody bust(Said& said) {
    oms::FillBusted body;
    body.report.venue = said.venue;
    body.exec_ref_id = said.words.id<VenueExecId>("the ExecID to bust");
    take_ids(said.words, body.report);
    if (body.report.exec_id.empty()) {
        const std::string own = "bust-" + std::string(body.exec_ref_id.view());
        body.report.exec_id = *VenueExecId::from(own);
    }
    return body;
}

oms::InputBody correct(Said& said) {
    oms::FillCorrected body;
    body.report.venue = said.venue;
    body.exec_ref_id = said.words.id<VenueExecId>("the ExecID to correct");
    take_ids(said.words, body.report);
    if (body.report.exec_id.empty()) said.words.fail("a correction needs 'exec ID'");
    body.quantity = said.words.quantity();
    if (!said.words.take("@")) said.words.fail("expected '@ PRICE'");
    body.price = said.words.price();
    return body;
}

/// `status a1 unknown`, `status a1 known New filled 40`
oms::InputBody status(Said& said) {
    oms::VenueStatus body;
    body.report = said.report();
    if (said.words.take("unknown")) {
        body.known = false;
        return body;
    }
    if (!said.words.take("known")) said.words.fail("expected 'known STATUS' or 'unknown'");
    const std::string name = said.words.next("an order status");
    const auto named = ord_status_named(name);
    if (!named) said.words.fail("'" + name + "' is no order status");
    body.status = *named;
    body.quantity = said.asked().quantity;
    if (said.words.take("filled")) body.filled = said.words.quantity();
    if (said.words.take("qty")) body.quantity = said.words.quantity();
    body.limit = said.words.maybe_at_price();
    if (said.words.take("avg")) body.average_price = said.words.price();
    take_ids(said.words, body.report);
    return body;
}

std::uint32_t count(Words& words) { return static_cast<std::uint32_t>(words.number("a count").mantissa()); }

/// `line 1 total 3 last`: of the list that was asked for first.
void take_place(Words& words, oms::BookPlace& place) {
    if (!words.take("line")) return;
    place.request = count(words);
    if (words.take("total")) place.total = count(words);
    place.is_last = words.take("last");
}

/// What the report is about, when it is more than the order's status.
void take_event(Words& words, oms::VenueOrderTold& body) {
    if (words.take("trade")) {
        body.exec_type = oms::ExecType::Trade;
        body.last_quantity = words.quantity();
        body.last_price = words.maybe_at_price();
    } else if (words.take("busts")) {
        body.exec_type = oms::ExecType::TradeCancel;
        body.exec_ref_id = words.id<VenueExecId>("the ExecID to bust");
    } else if (words.take("corrects")) {
        body.exec_type = oms::ExecType::TradeCorrect;
        body.exec_ref_id = words.id<VenueExecId>("the ExecID to correct");
        body.last_quantity = words.quantity();
        body.last_price = words.maybe_at_price();
    }
}

/// `tells a1 New line 1 total 2`, `tells nobody New SELL 100 XYZ @ 11 filled 40 avg 11 id H1 line 1 total 2
/// last`
oms::InputBody tells(Said& said) {
    oms::VenueOrderTold body;
    body.report = said.report();
    const auto named = ord_status_named(said.words.next("an order status"));
    if (!named) said.words.fail("that is no order status");
    body.terms.status = *named;
    body.terms.quantity = said.asked().quantity;
    if (said.words.take("market")) body.terms.type = oms::OrderType::Market;
    if (said.words.take("odd")) body.terms.type = oms::OrderType::Unsupported;
    if (said.words.take("odd-tif")) body.terms.time_in_force = oms::TimeInForce::Unsupported;
    if (said.words.take("odd-side")) body.terms.side = static_cast<oms::Side>('8');
    const bool sells = said.words.take("SELL");
    if (sells) body.terms.side = oms::Side::Sell;
    if (sells || said.words.take("BUY")) {
        body.terms.quantity = said.words.quantity();
        body.terms.symbol = said.words.id<Symbol>("a symbol");
    }
    body.terms.limit = said.words.maybe_at_price();
    if (said.words.take("filled")) body.terms.filled = said.words.quantity();
    if (said.words.take("avg")) body.terms.average_price = said.words.price();
    if (said.words.take("called")) body.terms.cl_ord_id = said.words.id<ClOrdId>("a ClOrdID");
    if (said.words.take("account")) body.terms.account = said.words.id<AccountName>("an account");
    take_event(said.words, body);
    take_ids(said.words, body.report);
    take_place(said.words, body.place);
    return body;
}

/// `list 1 empty`, `list 1 refused "not today"`
oms::InputBody list(Said& said) {
    oms::VenueBookTold body;
    body.venue = said.venue;
    body.request = count(said.words);
    body.is_refused = said.words.take("refused");
    if (body.is_refused) body.text = said.words.id<Text>("words");
    if (!body.is_refused && !said.words.take("empty")) said.words.fail("expected empty or refused");
    return body;
}

/// `positions 1 ACC XYZ -40 total 2`, `positions 1 begun 2`, `positions 1 none`, `positions 1 refused "not
/// today"`
oms::InputBody positions(Said& said) {
    oms::VenuePositionTold body;
    body.venue = said.venue;
    body.request = count(said.words);
    if (said.words.take("none")) {
        body.answer = oms::PositionAnswer::Nothing;
    } else if (said.words.take("begun")) {
        body.answer = oms::PositionAnswer::Begun;
        body.total = count(said.words);
    } else if (said.words.take("refused")) {
        body.answer = oms::PositionAnswer::Refused;
        body.text = said.words.id<Text>("words");
    } else {
        if (!said.words.take("whose")) body.account = said.words.id<AccountName>("an account");
        body.symbol = said.words.id<Symbol>("a symbol");
        body.net = said.words.quantity();
        if (said.words.take("total")) body.total = count(said.words);
    }
    return body;
}

oms::InputBody outcome_unknown(Said& said) {
    const oms::VenueReport report = said.report();
    return oms::OutcomeUnknown{report.venue, report.child};
}

oms::InputBody undecodable(Said& said) {
    return oms::VenueUndecodable{said.venue, said.words.id<Text>("what is wrong")};
}

const std::map<std::string, Play> kLines{
    {"accept", plain<oms::VenueAccepted>},
    {"refuse", refuse},
    {"fill", fill},
    {"bust", bust},
    {"correct", correct},
    {"amended", amended},
    {"restate", restated},
    {"amend-refused", [](Said& said) { return refuse_request(said, oms::CancelRejectTo::ReplaceRequest); }},
    {"cancelled", cancelled},
    {"unsolicited-cancel", cancelled},
    {"cancel-refused", [](Said& said) { return refuse_request(said, oms::CancelRejectTo::CancelRequest); }},
    {"expire", ended<oms::VenueExpired>},
    {"done-for-day", ended<oms::VenueDoneForDay>},
    {"suspend", plain<oms::VenueSuspended>},
    {"triggered", plain<oms::VenueTriggered>},
    {"stop", stop},
    {"status", status},
    {"tells", tells},
    {"list", list},
    {"positions", positions},
    {"outcome-unknown", outcome_unknown},
    {"undecodable", undecodable},
    {"up",
     [](Said& said) {
         return oms::SessionChanged{said.session, true};
     }},
    {"down",
     [](Said& said) {
         return oms::SessionChanged{said.session, false};
     }},
};

}  // namespace

void play_venue_line(Stage& stage, const Line& line) {
    const SessionId session = stage.session(line.party, line);
    Words words(line);
    Said said{words, stage, stage.core().world().directory[session].venue, session, {}};
    const std::string kind = words.next("what the venue says");
    const auto play = kLines.find(kind);
    if (play == kLines.end()) words.fail("a venue cannot '" + kind + "'");
    const oms::InputBody body = play->second(said);
    words.end();
    stage.feed(body, line);
}

}  // namespace penstock::scenarios
