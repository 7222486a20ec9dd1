"""Steps that are no order's: sessions that break, messages that are asked for again, prices that move."""
import venue_side
from books import Mismatch
from client_side import send_order

CAUSED_THE_NEXT = "the venue has said already what the next step shows"


def drop_connection(one, _):
    """X.6: the client's connection ends; the OMS cancels at the venue, which confirms."""
    one.client.close()
    order = one.orders["X"]
    venue_side.check_is_asked_by_oms(one, {"t": "2", "own_cancel_of": "X"})
    ended = {"ord_status": "4", "leaves_qty": 0, "order_qty": 1000}
    venue_side.say(one, order, order.own_cancel(), "4", ended)
    one.venue.settle()
    order.status = "4"
    one.client.log_on_again(one.world.system.port)
    return CAUSED_THE_NEXT


def ask_venue_side_again(one, _):
    """X.7: the venue has lost everything; what it gets are gap fills, never an order."""
    step = {"cl_ord_id": "X", "order_qty": 100, "ord_status": "0", "cum_qty": 0, "leaves_qty": 100}
    send_order(one, step, "X", [])
    venue_side.accept(one, one.orders["X"], "X", step)
    one.seen = one.client.next()
    one.orders["X"].status = "0"
    one.venue.settle()
    one.venue.send("2", "7=1|16=0|")


def check_gap_filled(one, _):
    repeated = one.venue.settle()
    fills = [message for message in repeated if message[35] == "4"]
    if not fills or len(fills) != len(repeated):
        raise Mismatch("the venue was sent again: " + "\n  ".join(map(str, repeated)))
    for message in fills:
        if (message[123], message[43]) != ("Y", "Y"):
            raise Mismatch(f"no gap fill: {message}")
    one.checked += 1


def check_report_repeated(one, _):
    number = one.seen[34]
    one.client.send("2", f"7={number}|16={number}|")
    again = one.client.next()
    if (again[35], again[34], again[17], again[43]) != ("8", number, one.seen[17], "Y") or not again[122]:
        raise Mismatch(f"expected {one.seen} again, got {again}")
    one.checked += 1


def move_prices(one, step):
    """X.5, L.1.b: until the price is there the venue has been sent nothing that the branch has not read."""
    sent = one.venue.settle()
    if sent:
        raise Mismatch("the venue was sent before the price was there: " + "\n  ".join(map(str, sent)))
    one.venue.tell_prices(**step["prices"])
    one.venue.came = one.venue.settle()  # the price was handled; what it caused is for the next step


def change_drop_copy(one, step):
    """E.1.a: who telephoned reads along in a drop copy."""
    if step["drop_copy"] == "begins":
        one.copy = one.world.log_on("copy")
        return
    unasked = one.copy.settle()
    one.copy.close()
    if unasked:
        raise Mismatch("the drop copy was also told: " + "\n  ".join(map(str, unasked)))


def check_copied(one, told):
    """The drop copy says the same as the report, in the same version."""
    of_the_session = (8, 9, 10, 34, 43, 49, 52, 56, 122)
    copied = one.copy.next()
    if [field for field in copied if field[0] not in of_the_session] != [
            field for field in told if field[0] not in of_the_session]:
        raise Mismatch(f"the drop copy was told {copied}\n  instead of {told}")
    one.checked += 1


def handler_of(step):
    """What plays this step instead of the player; None for the steps of an order."""
    kind = (step["dir"], step.get("msg_type"))
    if "prices" in step:
        return move_prices
    if "drop_copy" in step:
        return change_drop_copy
    if "own_cancel_of" in step:
        return venue_side.check_is_asked_by_oms
    if step["dir"] == "offline" and "TCP drops" in step["note"]:
        return drop_connection
    if kind == ("oms->client", "8") and "cl_ord_id" not in step:
        return check_report_repeated
    return {("venue->oms", "2"): ask_venue_side_again, ("oms->venue", "4"): check_gap_filled}.get(kind)
