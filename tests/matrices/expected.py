"""What the client must see: (field, seen, expected) of what the matrix says and what follows from it."""
import decimal


def number(text):
    return decimal.Decimal(str(text))


def compare(one, step, message):
    yield "MsgType(35)", message[35], step["msg_type"]
    if message[35] != step["msg_type"]:
        return
    if step["msg_type"] == "N":
        yield from list_status(one, step, message)
        return
    yield "ClOrdID(11)", message[11], one.wire(step["cl_ord_id"])
    if step["msg_type"] == "r":
        yield "MassCancelResponse(531)", message[531], "7"
        yield "TotalAffectedOrders(533)", message[533], one.count_orders()
        return
    orig = step.get("orig_cl_ord_id")
    yield "OrigClOrdID(41)", message[41], one.wire(orig) if orig else None
    yield "OrdStatus(39)", message[39], step["ord_status"]
    if "order_id" in step:
        yield "OrderID(37)", message[37], step["order_id"]
    yield from (refusal if step["msg_type"] == "9" else report)(one, step, message)


def refusal(_, step, message):
    yield "CxlRejResponseTo(434)", message[434], step["cxl_rej_response_to"]
    if "cxl_rej_reason" in step:
        yield "CxlRejReason(102)", message[102], step["cxl_rej_reason"]
    for tag, name in ((150, "ExecType"), (14, "CumQty"), (151, "LeavesQty")):
        yield f"{name}({tag})", message[tag], None


def exec_types(one, step):
    """ExecType(150), ExecTransType(20): 4.2 has its own, and 4.4 lacks one."""
    if one.version == "4.2":
        return step["fix42"]["exec_type"], step["fix42"]["exec_trans_type"]
    return step.get("exec_type_44", step["exec_type"]) if one.version == "4.4" else step["exec_type"], None


def report(one, step, message):
    exec_type, exec_trans_type = exec_types(one, step)
    yield "ExecType(150)", message[150], exec_type
    yield "ExecTransType(20)", message[20], exec_trans_type
    for tag, name, key in ((38, "OrderQty", "order_qty"), (14, "CumQty", "cum_qty"),
                           (151, "LeavesQty", "leaves_qty"), (32, "LastQty", "last_qty"),
                           (152, "CashOrderQty", "cash_order_qty"), (99, "StopPx", "stop_px")):
        if step.get(key) is not None:
            yield f"{name}({tag})", number(message.get(tag, 0)), number(step[key])
    yield "ExecRestatementReason(378)", message[378], step.get("exec_restatement_reason")
    refers = step.get("exec_ref_id")
    yield "ExecRefID(19)", message[19], one.exec_ids[refers] if refers else None
    if "ord_rej_reason" in step:
        yield "OrdRejReason(103)", message[103], step["ord_rej_reason"]
    if "our_text" in step:
        yield "Text(58)", message[58], step["our_text"]
    if step.get("last_px"):
        yield "LastPx(31)", number(message[31]), number(step["last_px"])
    order = one.orders.get(step["cl_ord_id"])
    yield "AvgPx(6)", number(message[6]), order.average(step["cum_qty"]) if order else number(0)
    if "avg_px" in step:
        yield "AvgPx(6)", number(message[6]), number(step["avg_px"])
    if one.expires:
        yield "ExpireTime(126)", message.get(126, "").rstrip("0"), one.expires.rstrip("0")


def list_status(one, step, message):
    yield "ListID(66)", message[66], one.wire(step["list_id"])
    yield "ListStatusType(429)", message[429], step["list_status_type"]
    yield "ListOrderStatus(431)", message[431], step["list_order_status"]
    yield "TotNoOrders(68)", message[68], one.count_orders()
    yield "NoRpts(82), RptSeq(83)", (message[82], message[83]), ("1", "1")
    told = list(legs_of(message))
    yield "NoOrders(73)", message.get(73, "0"), str(len(told))
    yield "orders of the list", told, [(one.wire(name), *map(str, rest)) for name, *rest in step["told"]]


def legs_of(message):
    """(ClOrdID, OrdStatus, CumQty, LeavesQty, CxlQty) of each order in the group of a ListStatus(N)."""
    leg = {}
    for tag, value in [*message, (11, None)]:
        if tag == 11 and leg:
            yield tuple(leg.get(key) for key in (11, 39, 14, 151, 84))
            leg = {}
        if tag in (11, 39, 14, 151, 84):
            leg[tag] = value
