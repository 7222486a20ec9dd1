#include "apps/penstock_client/requests.hpp"

#include <array>
#include <map>

#include "apps/penstock_client/terms_fields.hpp"
#include "fix/codec/body_writer.hpp"
#include "oms/domain/print.hpp"

namespace penstock::client {
namespace {

/// Fields by tag, so that the user's own ones find their place, or take that of ours.
class Body {
  public:
    Body& put(std::uint32_t tag, std::string value) {
        if (!value.empty()) fields_[tag] = std::move(value);
        return *this;
    }
    Body& put(std::uint32_t tag, char value) { return put(tag, std::string(1, value)); }
    Body& put(std::uint32_t tag, Decimal value) { return put(tag, oms::to_text(value)); }
    Body& put(const Fields& extra) {
        for (const auto& [tag, value] : extra) put(tag, value);
        return *this;
    }
    std::string text() const {
        std::string body;
        for (const auto& [tag, value] : fields_) body += std::to_string(tag) + "=" + value + fix::kSoh;
        return body;
    }

  private:
    std::map<std::uint32_t, std::string> fields_;
};

constexpr std::uint32_t kTransactTime = 60;

std::string time_text(Timestamp now) {
    std::array<char, 64> buffer;
    fix::BodyWriter writer(buffer.data(), buffer.size());
    writer.timestamp(kTransactTime, now, 3);
    const std::string_view field = writer.view();
    return std::string(field.substr(3, field.size() - 4));  // without "60=" and <SOH>
}

/// What a new order and an amend share: the terms.
Body terms_of(const NewOrder& terms, const RequestContext& context) {
    Body body;
    body.put(1, terms.account);
    if (!terms.terms.cash) body.put(38, terms.quantity.value);
    if (context.version == fix::Version::Fix42) body.put(21, '1');
    if (terms.limit) body.put(44, terms.limit->value);
    body.put(54, static_cast<char>(terms.side)).put(55, terms.symbol);
    body.put(fields_of(terms.terms, terms.limit.has_value(), terms.side, context.version));
    body.put(kTransactTime, time_text(context.now)).put(100, terms.venue);
    return body;
}

}  // namespace

Outgoing new_order(const ClientOrder& order, const RequestContext& context) {
    return {"D", terms_of(order.terms, context).put(11, order.cl_ord_id).put(order.terms.extra).text()};
}

Outgoing amend(const ClientOrder& order, const AmendOrder& change, const std::string& id,
               const RequestContext& context) {
    NewOrder terms = order.terms;
    if (change.quantity) terms.quantity = *change.quantity;
    if (change.limit) terms.limit = *change.limit;
    change_terms(change.conditions, terms.terms);
    Body body = terms_of(terms, context);
    return {"G", body.put(11, id).put(41, order.cl_ord_id).put(change.extra).text()};
}

Outgoing cancel(const ClientOrder& order, const CancelOrder& command, const std::string& id,
                const RequestContext& context) {
    Body body;
    body.put(11, id).put(41, order.cl_ord_id).put(38, order.terms.quantity.value);
    body.put(54, static_cast<char>(order.terms.side)).put(55, order.terms.symbol);
    return {"F", body.put(kTransactTime, time_text(context.now)).put(command.extra).text()};
}

namespace {

/// ClOrdID(11) begins each, because that is how the other side tells them apart.
std::string leg_text(const ClientOrder& leg, std::size_t number, const RequestContext& context) {
    Body rest = terms_of(leg.terms, context);
    rest.put(583, leg.terms.group).put(leg.terms.extra);
    Body id;
    return id.put(11, leg.cl_ord_id).text() + "67=" + std::to_string(number) + fix::kSoh + rest.text();
}

}  // namespace

Outgoing new_list(const SendList& list, const std::vector<const ClientOrder*>& legs,
                  const RequestContext& context) {
    const std::string count = std::to_string(legs.size());
    Body head;
    head.put(66, list.id).put(394, '3').put(433, list.waits ? '2' : '1').put(69, list.instruction);
    std::string body = head.put(68, count).text() + "73=" + count + fix::kSoh;
    for (std::size_t i = 0; i < legs.size(); ++i) body += leg_text(*legs[i], i + 1, context);
    return {"E", body};
}

Outgoing ask_list(const AskList& command, const RequestContext& context) {
    Body body;
    body.put(66, command.id);
    if (command.msg_type != 'M') body.put(kTransactTime, time_text(context.now));
    return {std::string(1, command.msg_type), body.text()};
}

Outgoing mass_cancel(const std::string& symbol, const std::string& id, const RequestContext& context) {
    Body body;
    body.put(11, id).put(55, symbol).put(kTransactTime, time_text(context.now));
    return {"q", body.put(530, symbol.empty() ? '7' : '1').text()};
}

Outgoing status(const ClientOrder& order) {
    Body body;
    body.put(11, order.cl_ord_id).put(54, static_cast<char>(order.terms.side)).put(55, order.terms.symbol);
    return {"H", body.text()};
}

Outgoing mass_status(const std::string& id) { return {"AF", Body().put(584, id).put(585, '7').text()}; }

}  // namespace penstock::client
