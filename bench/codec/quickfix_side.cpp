#include "bench/codec/quickfix_side.hpp"

#include <quickfix/DataDictionary.h>
#include <quickfix/Fields.h>
#include <quickfix/Message.h>

#include <sstream>

namespace penstock {
namespace bench {

struct QuickFix::State {
    FIX::DataDictionary dictionary;
};

QuickFix::QuickFix(const std::string& dictionary_xml) : state_(new State) {
    std::istringstream text(dictionary_xml);
    state_->dictionary.readFromStream(text);
}
QuickFix::~QuickFix() = default;

double QuickFix::read_order(const std::string& text) const {
    const FIX::Message message(text, state_->dictionary, state_->dictionary, true);
    state_->dictionary.validate(message);
    FIX::ClOrdID cl_ord_id;
    FIX::Account account;
    FIX::Symbol symbol;
    FIX::Side side;
    FIX::OrdType type;
    FIX::TimeInForce time_in_force;
    FIX::OrderQty quantity;
    FIX::Price price;
    FIX::TransactTime time;
    FIX::HandlInst handling;
    FIX::Currency currency;
    FIX::SecurityExchange exchange;
    message.getField(cl_ord_id);
    message.getField(account);
    message.getField(symbol);
    message.getField(side);
    message.getField(type);
    message.getField(time_in_force);
    message.getField(quantity);
    message.getField(price);
    message.getField(time);
    message.getField(handling);
    message.getField(currency);
    message.getField(exchange);
    return price.getValue() + quantity.getValue();
}

std::string QuickFix::write_report(int number) const {
    FIX::Message report;
    report.getHeader().setField(FIX::BeginString("FIX.4.4"));
    report.getHeader().setField(FIX::MsgType("8"));
    report.getHeader().setField(FIX::MsgSeqNum(number));
    report.getHeader().setField(FIX::SenderCompID("PENSTOCK"));
    report.getHeader().setField(FIX::TargetCompID("CLIENT"));
    const FIX::UtcTimeStamp now(3, 4, 5, 678, 2, 1, 2026);
    report.getHeader().setField(FIX::SendingTime(now, 3));
    report.setField(FIX::Account("DESK7"));
    report.setField(FIX::AvgPx(101.2));
    report.setField(FIX::ClOrdID("ORDER-0001"));
    report.setField(FIX::CumQty(400));
    report.setField(FIX::ExecID(std::to_string(7654321 + number)));
    report.setField(FIX::LastMkt("XNAS"));
    report.setField(FIX::LastPx(101.2));
    report.setField(FIX::LastQty(400));
    report.setField(FIX::OrderID("1234567"));
    report.setField(FIX::OrderQty(1500));
    report.setField(FIX::OrdStatus('1'));
    report.setField(FIX::OrdType('2'));
    report.setField(FIX::Price(101.25));
    report.setField(FIX::Side('1'));
    report.setField(FIX::Symbol("ABC"));
    report.setField(FIX::TimeInForce('0'));
    report.setField(FIX::TransactTime(now, 3));
    report.setField(FIX::ExecType('F'));
    report.setField(FIX::LeavesQty(1100));
    return report.toString();
}

}  // namespace bench
}  // namespace penstock
