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
inline constexpr Tag kExecInst{18, "ExecInst"};
inline constexpr Tag kExecRefId{19, "ExecRefID"};
inline constexpr Tag kExecTransType{20, "ExecTransType"};
inline constexpr Tag kHandlInst{21, "HandlInst"};
inline constexpr Tag kLastMkt{30, "LastMkt"};
inline constexpr Tag kLastPx{31, "LastPx"};
inline constexpr Tag kLastQty{32, "LastQty"};
inline constexpr Tag kMsgSeqNum{34, "MsgSeqNum"};
inline constexpr Tag kNewSeqNo{36, "NewSeqNo"};
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
inline constexpr Tag kListId{66, "ListID"};
inline constexpr Tag kTotNoOrders{68, "TotNoOrders"};
inline constexpr Tag kListExecInst{69, "ListExecInst"};
inline constexpr Tag kNoOrders{73, "NoOrders"};
inline constexpr Tag kNoRpts{82, "NoRpts"};
inline constexpr Tag kRptSeq{83, "RptSeq"};
inline constexpr Tag kCxlQty{84, "CxlQty"};
inline constexpr Tag kPossResend{97, "PossResend"};
inline constexpr Tag kStopPx{99, "StopPx"};
inline constexpr Tag kExDestination{100, "ExDestination"};
inline constexpr Tag kCxlRejReason{102, "CxlRejReason"};
inline constexpr Tag kOrdRejReason{103, "OrdRejReason"};
inline constexpr Tag kMinQty{110, "MinQty"};
inline constexpr Tag kMaxFloor{111, "MaxFloor"};
inline constexpr Tag kOrigSendingTime{122, "OrigSendingTime"};
inline constexpr Tag kExpireTime{126, "ExpireTime"};
inline constexpr Tag kDkReason{127, "DKReason"};
inline constexpr Tag kExecType{150, "ExecType"};
inline constexpr Tag kLeavesQty{151, "LeavesQty"};
inline constexpr Tag kCashOrderQty{152, "CashOrderQty"};
inline constexpr Tag kEffectiveTime{168, "EffectiveTime"};
inline constexpr Tag kPegOffsetValue{211, "PegOffsetValue"};
inline constexpr Tag kNoMdEntries{268, "NoMDEntries"};
inline constexpr Tag kMdEntryType{269, "MDEntryType"};
inline constexpr Tag kMdEntryPx{270, "MDEntryPx"};
inline constexpr Tag kRefMsgType{372, "RefMsgType"};
inline constexpr Tag kSessionRejectReason{373, "SessionRejectReason"};
inline constexpr Tag kExecRestatementReason{378, "ExecRestatementReason"};
inline constexpr Tag kBusinessRejectRefId{379, "BusinessRejectRefID"};
inline constexpr Tag kBusinessRejectReason{380, "BusinessRejectReason"};
inline constexpr Tag kBidType{394, "BidType"};
inline constexpr Tag kListStatusType{429, "ListStatusType"};
inline constexpr Tag kListOrderStatus{431, "ListOrderStatus"};
inline constexpr Tag kExpireDate{432, "ExpireDate"};
inline constexpr Tag kListExecInstType{433, "ListExecInstType"};
inline constexpr Tag kCxlRejResponseTo{434, "CxlRejResponseTo"};
inline constexpr Tag kListStatusText{444, "ListStatusText"};
inline constexpr Tag kPartyIdSource{447, "PartyIDSource"};
inline constexpr Tag kPartyId{448, "PartyID"};
inline constexpr Tag kPartyRole{452, "PartyRole"};
inline constexpr Tag kNoPartyIds{453, "NoPartyIDs"};
inline constexpr Tag kMassCancelRequestType{530, "MassCancelRequestType"};
inline constexpr Tag kMassCancelResponse{531, "MassCancelResponse"};
inline constexpr Tag kMassCancelRejectReason{532, "MassCancelRejectReason"};
inline constexpr Tag kTotalAffectedOrders{533, "TotalAffectedOrders"};
inline constexpr Tag kAccountType{581, "AccountType"};
inline constexpr Tag kClOrdLinkId{583, "ClOrdLinkID"};
inline constexpr Tag kMassStatusReqId{584, "MassStatusReqID"};
inline constexpr Tag kMassStatusReqType{585, "MassStatusReqType"};
inline constexpr Tag kNoPositions{702, "NoPositions"};
inline constexpr Tag kPosType{703, "PosType"};
inline constexpr Tag kLongQty{704, "LongQty"};
inline constexpr Tag kShortQty{705, "ShortQty"};
inline constexpr Tag kPosReqId{710, "PosReqID"};
inline constexpr Tag kClearingBusinessDate{715, "ClearingBusinessDate"};
inline constexpr Tag kPosReqType{724, "PosReqType"};
inline constexpr Tag kTotalNumPosReports{727, "TotalNumPosReports"};
inline constexpr Tag kPosReqResult{728, "PosReqResult"};
inline constexpr Tag kPosReqStatus{729, "PosReqStatus"};
inline constexpr Tag kOrdStatusReqId{790, "OrdStatusReqID"};
inline constexpr Tag kPegMoveType{835, "PegMoveType"};
inline constexpr Tag kPegOffsetType{836, "PegOffsetType"};
inline constexpr Tag kPegLimitType{837, "PegLimitType"};
inline constexpr Tag kPegRoundDirection{838, "PegRoundDirection"};
inline constexpr Tag kPegScope{840, "PegScope"};
inline constexpr Tag kLastFragment{893, "LastFragment"};
inline constexpr Tag kTotNumReports{911, "TotNumReports"};
inline constexpr Tag kLastRptRequested{912, "LastRptRequested"};
inline constexpr Tag kSecondaryDisplayQty{1082, "SecondaryDisplayQty"};
inline constexpr Tag kDisplayWhen{1083, "DisplayWhen"};
inline constexpr Tag kDisplayMethod{1084, "DisplayMethod"};
inline constexpr Tag kDisplayLowQty{1085, "DisplayLowQty"};
inline constexpr Tag kDisplayHighQty{1086, "DisplayHighQty"};
inline constexpr Tag kDisplayMinIncr{1087, "DisplayMinIncr"};
inline constexpr Tag kRefreshQty{1088, "RefreshQty"};
inline constexpr Tag kPegPriceType{1094, "PegPriceType"};
inline constexpr Tag kPegSymbol{1098, "PegSymbol"};
inline constexpr Tag kTriggerType{1100, "TriggerType"};
inline constexpr Tag kTriggerAction{1101, "TriggerAction"};
inline constexpr Tag kTriggerPrice{1102, "TriggerPrice"};
inline constexpr Tag kTriggerSymbol{1103, "TriggerSymbol"};
inline constexpr Tag kTriggerSecurityId{1104, "TriggerSecurityID"};
inline constexpr Tag kTriggerPriceType{1107, "TriggerPriceType"};
inline constexpr Tag kTriggerPriceTypeScope{1108, "TriggerPriceTypeScope"};
inline constexpr Tag kTriggerPriceDirection{1109, "TriggerPriceDirection"};
inline constexpr Tag kTriggerNewPrice{1110, "TriggerNewPrice"};
inline constexpr Tag kTriggerOrderType{1111, "TriggerOrderType"};
inline constexpr Tag kTriggerNewQty{1112, "TriggerNewQty"};
inline constexpr Tag kTriggerTradingSessionId{1113, "TriggerTradingSessionID"};
inline constexpr Tag kDisplayQty{1138, "DisplayQty"};
inline constexpr Tag kMassActionReportId{1369, "MassActionReportID"};
inline constexpr Tag kContingencyType{1385, "ContingencyType"};
inline constexpr Tag kListRejectReason{1386, "ListRejectReason"};
}  // namespace tag

}  // namespace penstock::fix
