#include "apps/penstock_client/requests.hpp"

#include <array>
#include <map>

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

char type_code(const std::optional<Price>& limit) {
    return static_cast<char>(limit ? oms::OrderType::Limit : oms::OrderType::Market);
}

/// What a new order and an amend share: the terms.
Body terms_of(const NewOrder& terms, const RequestContext& context) {
    Body body;
    body.put(1, terms.account).put(38, terms.quantity.value).put(40, type_code(terms.limit));
    if (context.version == fix::Version::Fix42) body.put(21, '1');
    if (terms.limit) body.put(44, terms.limit->value);
    body.put(54, static_cast<char>(terms.side)).put(55, terms.symbol);
    body.put(59, static_cast<char>(terms.time_in_force)).put(kTransactTime, time_text(context.now));
    body.put(100, terms.venue);
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
