#include <functional>
#include <map>

#include "tests/scenarios/condition_words.hpp"
#include "tests/scenarios/lines.hpp"
#include "tests/scenarios/list_lines.hpp"
#include "tests/scenarios/words.hpp"

namespace penstock::scenarios {
namespace {

using Play = std::function<oms::InputBody(Words&, SessionId, Stage&)>;

oms::Side side(Words& words) {
    const std::string word = words.next("BUY or SELL");
    if (word == "BUY") return oms::Side::Buy;
    if (word == "SELL") return oms::Side::Sell;
    // A side of the standard that is not served: '8', a cross.
    if (word == "CROSS") return static_cast<oms::Side>('8');
    words.fail("expected BUY or SELL, got '" + word + "'");
}

/// Takes one option of a new order. False when the next word is none.
bool take_option(Words& words, oms::NewOrder& order, Timestamp now) {
    if (take_condition(words, {order.type, order.time_in_force, order.conditions, now})) return true;
    if (words.take("on"))
        order.destination = words.id<VenueName>("a venue");
    else if (words.take("account"))
        order.account = words.id<AccountName>("an account");
    else if (words.take("possresend"))
        order.poss_resend = true;
    else if (words.take("stale"))
        order.stale = true;
    else
        return false;
    return true;
}

}  // namespace

oms::NewOrder read_order(Words& words, SessionId session, Stage& stage) {
    oms::NewOrder order;
    order.session = session;
    order.cl_ord_id = words.id<ClOrdId>("a ClOrdID");
    order.side = side(words);
    order.quantity = words.quantity();
    order.symbol = words.id<Symbol>("a symbol");
    // Priced: a limit order. Without a price it is one too, unless the options say what it is: a test of
    // that.
    order.limit = words.maybe_at_price();
    if (!order.limit && (words.peek() == "stop" || words.peek() == "touch" || words.peek() == "trail" ||
                         words.peek() == "trigger"))
        order.type = oms::OrderType::Market;
    while (take_option(words, order, stage.now())) {
    }
    stage.names().remember(
        session, std::string(order.cl_ord_id.view()),
        {order.symbol, order.side, order.type, order.quantity, order.limit, order.conditions});
    return order;
}

namespace {

oms::InputBody new_order(Words& words, SessionId session, Stage& stage) {
    return read_order(words, session, stage);
}

oms::InputBody amend_order(Words& words, SessionId session, Stage& stage) {
    oms::AmendOrder amend;
    amend.session = session;
    amend.cl_ord_id = words.id<ClOrdId>("a ClOrdID");
    if (!words.take("of")) words.fail("expected 'of', got '" + words.peek() + "'");
    amend.orig_cl_ord_id = words.id<ClOrdId>("the ClOrdID to amend");
    Terms terms = stage.names().terms(session, std::string(amend.orig_cl_ord_id.view()));
    oms::TimeInForce time_in_force = oms::TimeInForce::Day;  // cannot be amended
    bool is_bare = false;                                    // says nothing of the conditions, which stay
    for (bool took = true; took;) {
        took = true;
        if (words.take("bare"))
            is_bare = true;
        else if (words.take("qty"))
            terms.quantity = words.quantity();
        else if (const auto price = words.maybe_at_price())
            terms.limit = price;
        else if (words.take("side"))
            terms.side = side(words);
        else if (words.take("symbol"))
            terms.symbol = words.id<Symbol>("a symbol");
        else if (words.take("unpriced"))
            terms.limit.reset();
        else if (words.take("stale"))
            amend.stale = true;
        else if (words.take("possresend"))
            amend.poss_resend = true;
        else
            took = take_condition(words, {terms.type, time_in_force, terms.conditions, stage.now()});
    }
    amend.conditions = is_bare ? std::nullopt : terms.conditions;
    amend.symbol = terms.symbol;
    amend.side = terms.side;
    amend.type = terms.type;
    amend.quantity = terms.quantity;
    amend.limit = terms.limit;
    if (terms.conditions && terms.conditions->release) {
        // Said once: from then on it is not held.
        terms.conditions->release = false;
        terms.conditions->held = false;
    }
    stage.names().remember(session, std::string(amend.cl_ord_id.view()), terms);
    return amend;
}

oms::InputBody cancel_order(Words& words, SessionId session, Stage& stage) {
    oms::CancelOrder cancel;
    cancel.session = session;
    cancel.cl_ord_id = words.id<ClOrdId>("a ClOrdID");
    if (!words.take("of")) words.fail("expected 'of', got '" + words.peek() + "'");
    cancel.orig_cl_ord_id = words.id<ClOrdId>("the ClOrdID to cancel");
    const Terms terms = stage.names().terms(session, std::string(cancel.orig_cl_ord_id.view()));
    cancel.side = words.take("side") ? side(words) : terms.side;
    cancel.symbol = words.take("symbol") ? words.id<Symbol>("a symbol") : terms.symbol;
    cancel.poss_resend = words.take("possresend");
    return cancel;
}

oms::InputBody ask_status(Words& words, SessionId session, Stage& stage) {
    oms::OrderStatusQuery query;
    query.session = session;
    query.cl_ord_id = words.id<ClOrdId>("a ClOrdID");
    if (words.take("request")) query.request_id = words.id<RequestId>("a request id");
    const Terms terms = stage.names().terms(session, std::string(query.cl_ord_id.view()));
    query.symbol = terms.symbol;
    query.side = terms.side;
    return query;
}

/// The orders a mass request means: `XYZ account ACC side BUY`; nothing: all.
template <class Body>
void take_meant(Words& words, Body& body) {
    while (!words.at_end()) {
        if (words.take("account")) {
            body.account = words.id<AccountName>("an account");
        } else if (words.take("side")) {
            body.side = side(words);
        } else if (words.take("trading-session")) {
            // A scope of the standard that is not served.
            body.scope = static_cast<oms::MassScope>('6');
        } else {
            body.scope = oms::MassScope::Instrument;
            body.symbol = words.id<Symbol>("a symbol");
        }
    }
}

/// `mass cancel m1 [XYZ] [account ACC] [side BUY]`, `mass cancel m1 trading-session`, `mass status r1 ...`
oms::InputBody mass(Words& words, SessionId session, Stage&) {
    if (words.take("status")) {
        oms::MassStatusQuery query;
        query.session = session;
        query.request_id = words.id<RequestId>("a request id");
        take_meant(words, query);
        return query;
    }
    if (!words.take("cancel")) words.fail("expected 'mass cancel' or 'mass status'");
    oms::MassCancel cancel;
    cancel.session = session;
    cancel.cl_ord_id = words.id<ClOrdId>("a ClOrdID");
    take_meant(words, cancel);
    return cancel;
}

/// A message the door could not serve: `unserved W reason 3 "Unsupported message type"`
oms::InputBody unserved(Words& words, SessionId session, Stage&) {
    oms::RequestRefused refused;
    refused.session = session;
    refused.ref_msg_type = words.id<FixedText<7>>("a message type");
    if (words.take("reason"))
        refused.business_reject_reason = static_cast<std::uint32_t>(words.number("a reason").mantissa());
    if (!words.at_end()) refused.text = words.id<Text>("a text");
    return refused;
}

/// `dont-know "words"`: DontKnowTrade of some execution.
oms::InputBody dont_know(Words& words, SessionId session, Stage&) {
    oms::TradeQuestioned questioned;
    questioned.session = session;
    questioned.text = words.id<Text>("a text");
    return questioned;
}

const std::map<std::string, Play> kLines{
    {"new", new_order},
    {"amend", amend_order},
    {"cancel", cancel_order},
    {"status", ask_status},
    {"mass", mass},
    {"unserved", unserved},
    {"dont-know", dont_know},
    {"up",
     [](Words&, SessionId session, Stage&) {
         return oms::SessionChanged{session, true};
     }},
    {"down",
     [](Words&, SessionId session, Stage&) {
         return oms::SessionChanged{session, false};
     }},
    {"logout",
     [](Words&, SessionId session, Stage&) {
         return oms::SessionChanged{session, false, true};
     }},
};

}  // namespace

void play_client_line(Stage& stage, const Line& line) {
    const SessionId session = stage.session(line.party, line);
    Words words(line);
    const std::string kind = words.next("what the client does");
    const auto play = kLines.find(kind);
    if (play == kLines.end() && !is_list_line(kind)) words.fail("a client cannot '" + kind + "'");
    const oms::InputBody body = play == kLines.end() ? read_list_line(kind, words, session, stage)
                                                     : play->second(words, session, stage);
    words.end();
    stage.feed(body, line);
}

}  // namespace penstock::scenarios
