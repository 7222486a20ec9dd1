#pragma once

#include <cstdint>
#include <string_view>

namespace penstock::fix {

/// A field's number, with the name people know it by for texts that explain a refusal.
struct Tag {
    std::uint32_t number;
    std::string_view name;

    constexpr operator std::uint32_t() const { return number; }  // NOLINT: implicit by design
};

/// The fields this room reads or writes; names as of FIX 4.4.
namespace tag {
inline constexpr Tag kAccount{1, "Account"};
inline constexpr Tag kAvgPx{6, "AvgPx"};
inline constexpr Tag kClOrdId{11, "ClOrdID"};
inline constexpr Tag kCumQty{14, "CumQty"};
inline constexpr Tag kExecId{17, "ExecID"};
inline constexpr Tag kExecRefId{19, "ExecRefID"};
inline constexpr Tag kExecTransType{20, "ExecTransType"};
inline constexpr Tag kHandlInst{21, "HandlInst"};
inline constexpr Tag kLastMkt{30, "LastMkt"};
inline constexpr Tag kLastPx{31, "LastPx"};
inline constexpr Tag kLastQty{32, "LastQty"};
inline constexpr Tag kMsgSeqNum{34, "MsgSeqNum"};
inline constexpr Tag kOrderId{37, "OrderID"};
inline constexpr Tag kOrderQty{38, "OrderQty"};
inline constexpr Tag kOrdStatus{39, "OrdStatus"};
inline constexpr Tag kOrdType{40, "OrdType"};
inline constexpr Tag kOrigClOrdId{41, "OrigClOrdID"};
inline constexpr Tag kPossDupFlag{43, "PossDupFlag"};
inline constexpr Tag kPrice{44, "Price"};
inline constexpr Tag kRefSeqNum{45, "RefSeqNum"};
inline constexpr Tag kSenderCompId{49, "SenderCompID"};
inline constexpr Tag kSendingTime{52, "SendingTime"};
inline constexpr Tag kSide{54, "Side"};
inline constexpr Tag kSymbol{55, "Symbol"};
inline constexpr Tag kTargetCompId{56, "TargetCompID"};
inline constexpr Tag kText{58, "Text"};
inline constexpr Tag kTimeInForce{59, "TimeInForce"};
inline constexpr Tag kTransactTime{60, "TransactTime"};
inline constexpr Tag kPossResend{97, "PossResend"};
inline constexpr Tag kExDestination{100, "ExDestination"};
inline constexpr Tag kCxlRejReason{102, "CxlRejReason"};
inline constexpr Tag kOrdRejReason{103, "OrdRejReason"};
inline constexpr Tag kOrigSendingTime{122, "OrigSendingTime"};
inline constexpr Tag kDkReason{127, "DKReason"};
inline constexpr Tag kExecType{150, "ExecType"};
inline constexpr Tag kLeavesQty{151, "LeavesQty"};
inline constexpr Tag kNoMdEntries{268, "NoMDEntries"};
inline constexpr Tag kMdEntryType{269, "MDEntryType"};
inline constexpr Tag kMdEntryPx{270, "MDEntryPx"};
inline constexpr Tag kRefMsgType{372, "RefMsgType"};
inline constexpr Tag kSessionRejectReason{373, "SessionRejectReason"};
inline constexpr Tag kExecRestatementReason{378, "ExecRestatementReason"};
inline constexpr Tag kBusinessRejectRefId{379, "BusinessRejectRefID"};
inline constexpr Tag kBusinessRejectReason{380, "BusinessRejectReason"};
inline constexpr Tag kCxlRejResponseTo{434, "CxlRejResponseTo"};
inline constexpr Tag kMassCancelRequestType{530, "MassCancelRequestType"};
inline constexpr Tag kMassCancelResponse{531, "MassCancelResponse"};
inline constexpr Tag kMassCancelRejectReason{532, "MassCancelRejectReason"};
inline constexpr Tag kTotalAffectedOrders{533, "TotalAffectedOrders"};
inline constexpr Tag kMassStatusReqId{584, "MassStatusReqID"};
inline constexpr Tag kMassStatusReqType{585, "MassStatusReqType"};
inline constexpr Tag kOrdStatusReqId{790, "OrdStatusReqID"};
inline constexpr Tag kTotNumReports{911, "TotNumReports"};
inline constexpr Tag kLastRptRequested{912, "LastRptRequested"};
inline constexpr Tag kMassActionReportId{1369, "MassActionReportID"};
}  // namespace tag

}  // namespace penstock::fix
