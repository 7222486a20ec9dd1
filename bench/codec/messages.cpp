#include "bench/codec/messages.hpp"

#include <array>

#include "fix/codec/message_writer.hpp"
#include "fix/codec/values.hpp"

namespace penstock::bench {
namespace {

constexpr std::array<const char*, 4> kSymbols{"ABCD", "EFGH", "IJKL", "MNOP"};

const Timestamp kNow = *fix::parse_timestamp("20260102-03:04:05.678");

std::string number(std::size_t value) { return std::to_string(value); }

std::string order_message(std::size_t i) {
    const std::string body =
        "1=DESK|11=C00-" + number(10'000'000 + i * 7919) + "|15=USD|21=1|38=" + number(100'000 + i * 37) +
        "|40=2|44=" + number(100 + i % 7) + "." + number(10 + i % 90) + "|54=" + (i % 3 == 0 ? "2" : "1") +
        "|55=" + kSymbols[i % kSymbols.size()] + "|59=0|60=20260102-03:04:05." + number(100 + i) +
        "|207=XNAS|";
    std::string fields;
    for (const char c : body) fields += c == '|' ? '\x01' : c;
    std::array<char, 1024> out;
    const fix::Header header{
        fix::Version::Fix44, "C00", "PENSTOCK", static_cast<std::uint32_t>(1'000'000 + i), kNow, 3,
        std::nullopt,        false};
    return {out.data(), fix::write_message(header, "D", fields, out.data(), out.size())};
}

oms::Output fill_report(std::size_t i) {
    oms::ExecutionReport report;
    report.session = SessionId{1};
    report.order_id = OrderId{1'000'000 + i};
    report.exec_id = ExecId{3'000'000 + i};
    report.exec_type = oms::ExecType::Trade;
    report.ord_status = oms::OrdStatus::PartiallyFilled;
    report.cl_ord_id = *ClOrdId::from("C00-" + number(10'000'000 + i * 7919));
    report.account = *AccountName::from("DESK");
    report.symbol = *Symbol::from(kSymbols[i % kSymbols.size()]);
    report.quantity = Quantity::whole(1500);
    report.limit = *Price::parse("101.25");
    report.last_quantity = Quantity::whole(static_cast<std::int64_t>(1 + i));
    report.last_price = *Price::parse("101.2");
    report.leaves = Quantity::whole(static_cast<std::int64_t>(1499 - i));
    report.filled = Quantity::whole(static_cast<std::int64_t>(1 + i));
    report.average_price = *Price::parse("101.2");
    report.venue = *VenueName::from("XNAS");
    report.transact_time = kNow;
    return report;
}

}  // namespace

std::vector<std::string> order_messages() {
    std::vector<std::string> made;
    for (std::size_t i = 0; i < kMessages; ++i) made.push_back(order_message(i));
    return made;
}

std::vector<oms::Output> fill_reports() {
    std::vector<oms::Output> made;
    for (std::size_t i = 0; i < kMessages; ++i) made.push_back(fill_report(i));
    return made;
}

}  // namespace penstock::bench
