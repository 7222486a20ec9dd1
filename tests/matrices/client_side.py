"""What the client of a branch sends: one function for each message, called with the player."""
import books
from parties import fix_client

PRICE, NEW_PRICE, PRICE_OUTSIDE_COLLAR = "50", "50.25", "90"
GTD_SECONDS = 2  # a GTD order lives for so long: what is filled before is filled in a few milliseconds


def is_refused_at_once(step, later):
    """Refused by the OMS, without a reason of its own in the matrix: the request must give it one."""
    for answer in later:
        if answer["dir"] != "oms->client" or answer.get("cl_ord_id") != step["cl_ord_id"]:
            continue
        return answer["msg_type"] == "9" and "cxl_rej_reason" not in answer
    return False


def enter(one, name, venue):
    """A new order is on its way to this venue; a known name is a repetition, and no other order."""
    if name in one.orders:
        return
    one.orders[name] = books.Order(name, venue)
    one.types[name] = "D"
    venue.on_the_way.append(name)


def terms_of(one, step):
    """OrderQty(38) to ExpireTime(126) of a new order, as far as the step gives them."""
    kind = step.get("ord_type", "1" if "cash_order_qty" in step else "2")
    tif = step.get("time_in_force", "0")
    size = f"152={step['cash_order_qty']}|" if "cash_order_qty" in step else f"38={step['order_qty']}|"
    price = {"1": "", "2": f"44={PRICE}|", "3": f"99={step.get('stop_px')}|"}[kind]
    if tif == "6":
        one.expires = fix_client.now(GTD_SECONDS)
    return f"{size}40={kind}|{price}59={tif}|" + (f"126={one.expires}|" if tif == "6" else "")


def send_order(one, step, name, _):
    enter(one, name, one.venue)
    extra = f"18={step['exec_inst']}|" if step.get("exec_inst") else ""
    one.client.send("D", f"11={one.wire(name)}|{extra}21=1|{terms_of(one, step)}54=1|55={one.venue.symbol}|"
                         "60=NOW|", extra_header="97=Y|" if step.get("poss_resend") else "")


def send_list(one, step, name, _):
    """NewOrderList(E). What hangs together is said by 1385 in 5.0SP2, and by 69 before."""
    legs = step["legs"]
    body = f"66={one.wire(step.get('list_id', name))}|394=3|"
    if "contingency" in step:
        body += "1385=1|" if one.version == "5.0SP2" else f"69={step['contingency']}|"
    body += f"68={len(legs)}|73={len(legs)}|"
    for number, leg in enumerate(legs, 1):
        venue = one.world.venues[leg.get("venue", one.branch.venue)]
        enter(one, leg["cl_ord_id"], venue)
        body += (f"11={one.wire(leg['cl_ord_id'])}|67={number}|21=1|55={venue.symbol}|54=1|60=NOW|"
                 f"38={leg['order_qty']}|40=2|44={PRICE}|59=0|")
    one.client.send("E", body)


def send_list_cancel(one, _, name, __):
    one.client.send("K", f"66={one.wire(name)}|60=NOW|")


def send_cancel(one, step, name, later):
    refuse = is_refused_at_once(step, later)
    orig = step["orig_cl_ord_id"]
    if orig in one.orders:
        one.orders[name] = one.orders[orig]
        one.types[name] = "F"
        if not refuse:
            one.orders[name].venue.on_the_way.append(name)
    one.client.send("F", f"11={one.wire(name)}|38={step['order_qty']}|41={one.wire(orig)}|"
                         f"54={2 if refuse else 1}|55={one.venue.symbol}|60=NOW|")


def send_amend(one, step, name, later):
    refuse = is_refused_at_once(step, later)
    orig = step["orig_cl_ord_id"]
    one.orders[name] = one.orders[orig]
    one.types[name] = "G"
    if not refuse:
        one.orders[name].venue.on_the_way.append(name)
    price = PRICE_OUTSIDE_COLLAR if refuse else NEW_PRICE
    one.client.send("G", f"11={one.wire(name)}|21=1|38={step['order_qty']}|40=2|41={one.wire(orig)}|"
                         f"44={price}|54=1|55={one.venue.symbol}|59=0|60=NOW|")


def send_status_request(one, _, name, __):
    one.client.send("H", f"11={one.wire(name)}|54=1|55={one.venue.symbol}|")


def send_mass_cancel(one, _, name, __):
    for known, order in one.orders.items():
        order.venue.on_the_way.append(known)
    one.client.send("q", f"11={one.wire(name)}|530=7|60=NOW|")


def send_dont_know(one, step, _, __):
    label = step["note"].rpartition("ExecID ")[2][:1]
    reason = "Z" if one.version == "4.2" else "F"  # 4.2 has no F
    one.client.send("Q", f"17={one.exec_ids[label]}|37={one.order_id}|38=40|54=1|55={one.venue.symbol}|"
                         f"127={reason}|")


SENDERS = {"D": send_order, "E": send_list, "F": send_cancel, "G": send_amend, "H": send_status_request,
           "K": send_list_cancel, "Q": send_dont_know, "q": send_mass_cancel}


def send(one, step, later):
    SENDERS[step["msg_type"]](one, step, step.get("cl_ord_id"), later)
