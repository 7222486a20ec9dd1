"""What the venue of a branch is sent and says. It says what leads to the client's next step, and no more."""
import decimal

import client_side
from books import Mismatch

LAST_PRICE = "50"


def request(one, name):
    """The venue's copy of a request of the client's; read from the wire when it is first needed."""
    order = one.orders[name]
    while name not in order.sent:
        message = order.venue.next()
        if message[35] not in ("D", "F", "G"):
            raise Mismatch(f"the venue was sent {message}")
        first = order.venue.on_the_way.pop(0)
        one.orders[first].sent[first] = message
    return order.sent[name]


def check_is_asked(one, step):
    """The venue was sent this request of the client's; `fields` has tags beyond MsgType and OrderQty."""
    names = [name for name, kind in one.types.items() if kind == step["msg_type"]]
    message = request(one, step.get("of", names[-1]))
    wrong = [tag for tag, value in step.get("fields", {}).items() if message[tag] != value]
    if wrong or message[35] != step["msg_type"] or ("order_qty" in step and
                                                    decimal.Decimal(message[38]) != step["order_qty"]):
        raise Mismatch(f"step {step['t']}: the venue was sent {message}")
    one.checked += 1


def check_is_asked_by_oms(one, step):
    """The venue was sent a cancel that no client asked for: of a mass cancel, a group or an expiry."""
    order = one.orders[step["own_cancel_of"]]
    request(one, order.client_id)
    message = order.venue.next()
    if (message[35], message[41]) != ("F", order.sent[order.current][11]):
        raise Mismatch(f"step {step['t']}: not a cancel of {order.client_id}: the venue was sent {message}")
    order.sent[order.own_cancel()] = message
    one.checked += 1


def say(one, order, name, exec_type, step, extra=""):
    """An ExecutionReport(8) of the venue about an order, under the ClOrdID of this request."""
    message = order.sent[name]
    orig = f"41={order.sent[order.current][11]}|" if name != order.current and order.current else ""
    one.labels += 1
    exec_id = f"E{one.labels}{one.suffix}"
    order.venue.send("8", f"6=0|11={message[11]}|14={step.get('cum_qty', 0)}|17={exec_id}|"
                          f"37=V{order.client_id}{one.suffix}|38={step.get('order_qty', 0)}|"
                          f"39={step['ord_status']}|{orig}54={message[54]}|55={order.venue.symbol}|60=NOW|"
                          f"150={exec_type}|151={step['leaves_qty']}|{extra}")
    return exec_id


def cause(one, step):
    """Makes the venue say what leads to this step; nothing where the OMS speaks of its own accord."""
    name, msg_type, exec_type = step.get("cl_ord_id"), step["msg_type"], step.get("exec_type")
    if step.get("of_the_oms"):
        return
    order = one.orders.get(name)
    if step.get("refuses_own_cancel"):
        refuse(one, order, order.own_cancel(), {**step, "cxl_rej_response_to": "1", "cxl_rej_reason": "0"})
    elif msg_type == "9":
        if name in one.pending_seen:
            refuse(one, order, name, step)
    elif msg_type == "8" and exec_type not in ("A", "6", "E", "I"):
        REPORTS.get(exec_type, other)(one, order, name, step)


def refuse(one, order, name, step):
    message = order.sent[name] if name in order.sent else request(one, name)
    reason = step.get("cxl_rej_reason", "2")
    order.venue.send("9", f"11={message[11]}|37=V{order.client_id}{one.suffix}|39={step['ord_status']}|"
                          f"41={message[41]}|60=NOW|102={reason}|434={step['cxl_rej_response_to']}|")


def reject(one, order, name, step):
    if not order.current:  # else the id was used before, and the OMS refuses
        request(one, name)
        say(one, order, name, "8", step, f"103={step.get('ord_rej_reason', '0')}|")


def accept(one, order, name, step):
    request(one, name)
    say(one, order, name, "0", step)
    order.current = name


def replace(one, order, name, step):
    message = request(one, name)
    say(one, order, name, "5", step, f"44={message.get(44, client_side.NEW_PRICE)}|")
    order.current = name


def cancel(one, order, name, step):
    answers = name if step.get("orig_cl_ord_id") else cancel_of(one, order)
    if answers:
        request(one, answers)
    say(one, order, answers or order.current, "4", step, restatement(step))


def cancel_of(one, order):
    """The OMS's own cancel of this order: of a mass cancel, the venue has a second message for it."""
    while order.client_id in order.venue.on_the_way:
        first = one.orders[order.venue.on_the_way.pop(0)]
        one.orders[first.own_cancel()] = first
        first.sent[first.own_cancel()] = order.venue.next()
    if order.own_cancel() not in order.sent:
        return None
    one.orders[order.own_cancel()] = order
    return order.own_cancel()


def expire(one, order, name, step):
    """Of its own accord; or it confirms the cancel of the OMS, which keeps the date in its place."""
    if order.own_cancel() in order.sent:
        say(one, order, order.own_cancel(), "4", {**step, "ord_status": "4"})
    else:
        other(one, order, name, step)


def trigger(one, order, name, step):
    say(one, order, name, "L", step)


def restatement(step):
    reason = step.get("venue_reason", step.get("exec_restatement_reason"))
    return f"378={reason}|" if reason is not None else ""


def other(one, order, _, step):
    exec_type, extra = step["exec_type"], restatement(step)
    if exec_type == "7":
        extra += f"31={step['last_px']}|32={step['last_qty']}|"
    if exec_type == "D" and step.get("exec_restatement_reason") == "0":
        extra += "44=25|"
    say(one, order, order.current, exec_type, step, extra)


def execute(one, order, name, step):
    if not order.current:  # a stop that was met just now: New for the venue, not for the client
        accept(one, order, name, {**step, "ord_status": "0", "cum_qty": 0, "leaves_qty": step["order_qty"]})
    label = step.get("exec_id", f"#{one.labels}")
    refers = step.get("exec_ref_id")
    price = decimal.Decimal(str(step.get("last_px", LAST_PRICE)))
    quantity = step["last_qty"]
    extra = f"31={price}|32={quantity}|"
    if step["exec_type"] != "F":
        before = order.executions[refers]
        order.notional -= before[0] * before[1]
        extra += f"19={order.venue_executions[refers]}|"
    order.venue_executions[label] = say(one, order, order.current, step["exec_type"], step, extra)
    order.executions[label] = (quantity, price)
    order.notional += quantity * price


REPORTS = {"0": accept, "4": cancel, "5": replace, "8": reject, "C": expire, "F": execute, "G": execute,
           "H": execute, "L": trigger}
