#include "gateways/sim/position_desk.hpp"

#include <array>
#include <string_view>
#include <vector>

#include "fix/codec/body_writer.hpp"
#include "fix/codec/tags.hpp"
#include "fix/codec/values.hpp"

namespace penstock::sim {
namespace {

namespace tag = fix::tag;

constexpr std::size_t kMaxBody = 1024;
constexpr std::size_t kMaxEcho = 64;
constexpr std::uint32_t kPosMaintRptId = 721;
constexpr std::uint32_t kSettlPrice = 730;
constexpr std::uint32_t kSettlPriceType = 731;
constexpr std::uint32_t kPriorSettlPrice = 734;
constexpr std::uint32_t kCustomerAccount = 24;  // PartyRole(452)

/// PosReqResult(728).
enum class Result : char { Valid = '0', NoneFound = '2', NotSupported = '4' };

/// What is asked for, as it is to be repeated.
struct Asked {
    AccountName account;
    std::string_view request;
    Timestamp now;
    std::uint32_t total = 0;
};

struct Held {
    Symbol symbol;
    Quantity quantity;
    Price price;
};

/// Account and party, which both messages have.
void put_owner(fix::BodyWriter& out, const Asked& asked, const Symbol& symbol) {
    out.text(tag::kAccount, asked.account.view());
    if (!symbol.empty()) out.text(tag::kSymbol, symbol.view());
    out.number(tag::kNoPartyIds, 1);
    out.text(tag::kPartyId, asked.account.view());
    out.character(tag::kPartyIdSource, 'D');
    out.number(tag::kPartyRole, kCustomerAccount);
    out.character(tag::kAccountType, '1');
}

Send acknowledgement(const Asked& asked, std::string_view id, Result result) {
    std::array<char, kMaxBody> buffer{};
    fix::BodyWriter out(buffer.data(), buffer.size());
    put_owner(out, asked, {});
    out.text(tag::kPosReqId, asked.request);
    out.text(kPosMaintRptId, id);
    out.number(tag::kTotalNumPosReports, asked.total);
    out.character(tag::kPosReqResult, static_cast<char>(result));
    out.character(tag::kPosReqStatus, result == Result::NotSupported ? '2' : '0');
    return {"AO", std::string(out.view())};
}

Send report(const Asked& asked, std::string_view id, const Held& held) {
    std::array<char, kMaxBody> buffer{};
    fix::BodyWriter out(buffer.data(), buffer.size());
    put_owner(out, asked, held.symbol);
    out.number(tag::kNoPositions, 1);
    out.text(tag::kPosType, "TQ");
    if (held.quantity.is_positive()) out.decimal(tag::kLongQty, held.quantity.value);
    if (held.quantity.is_negative()) out.decimal(tag::kShortQty, subtract(Quantity{}, held.quantity)->value);
    out.text(tag::kPosReqId, asked.request);
    out.text(tag::kClearingBusinessDate, fix::date_text(asked.now).view());
    out.text(kPosMaintRptId, id);
    out.number(tag::kTotalNumPosReports, asked.total);
    out.character(tag::kPosReqResult, static_cast<char>(Result::Valid));
    out.decimal(kSettlPrice, held.price.value);
    out.character(kSettlPriceType, '2');
    out.decimal(kPriorSettlPrice, held.price.value);
    return {"AP", std::string(out.view())};
}

}  // namespace

void PositionDesk::move(const PositionOwner& owner, Side side, Quantity from, Quantity to) {
    Quantity& held = held_[owner];
    const auto more = side == Side::Buy ? subtract(to, from) : subtract(from, to);
    const auto sum = more ? add(held, *more) : more;
    if (sum) held = *sum;
}

void PositionDesk::request(SessionKey session, const fix::MessageIndex& message, const MatchingEngine& engine,
                           Timestamp now, Actions& out) {
    Asked asked;
    asked.account = AccountName::truncated(message.find(tag::kAccount).value_or(std::string_view{}));
    asked.request = message.find(tag::kPosReqId).value_or(std::string_view{}).substr(0, kMaxEcho);
    asked.now = now;
    if (message.find(tag::kPosReqType) != "0") {
        out.push_back({session, acknowledgement(asked, next_id(), Result::NotSupported)});
        return;
    }
    std::vector<Held> all;
    for (const auto& [owner, quantity] : held_)
        if (owner.session == session && owner.account == asked.account && !quantity.is_zero())
            all.push_back({owner.symbol, quantity, engine.reference_price(owner.symbol)});
    asked.total = static_cast<std::uint32_t>(all.size());
    const Result result = all.empty() ? Result::NoneFound : Result::Valid;
    out.push_back({session, acknowledgement(asked, next_id(), result)});
    for (const Held& held : all) out.push_back({session, report(asked, next_id(), held)});
}

std::string PositionDesk::next_id() { return prefix_ + "-P" + std::to_string(++last_); }

}  // namespace penstock::sim
