"""Steps that are no order's: sessions that break and messages that are asked for again."""
import player

CAUSED_THE_NEXT = "the venue has said already what the next step shows"


def drop_connection(one):
    """X.6: the client's connection ends; the OMS cancels at the venue, which confirms."""
    one.client.close()
    order = one.orders["X"]
    cancel = one.venue.next()
    if cancel[35] != "F":
        raise player.Mismatch(f"the venue was sent {cancel}")
    order.sent["the OMS"] = cancel
    one.say(order, "the OMS", "4", {"ord_status": "4", "leaves_qty": 0, "order_qty": 1000})
    one.venue.settle()
    order.status = "4"
    one.client.log_on_again(one.world.system.port)
    return CAUSED_THE_NEXT


def ask_venue_side_again(one):
    """X.7: the venue has lost everything; what it gets are gap fills, never an order."""
    step = {"cl_ord_id": "X", "order_qty": 100, "ord_status": "0", "cum_qty": 0, "leaves_qty": 100}
    one.send_order(step, "X", [])
    one.report(one.orders["X"], "X", "0", step)
    one.seen = one.client.next()
    one.orders["X"].status = "0"
    one.venue.settle()
    one.venue.send("2", "7=1|16=0|")


def check_gap_filled(one):
    repeated = one.venue.settle()
    fills = [message for message in repeated if message[35] == "4"]
    if not fills or len(fills) != len(repeated):
        raise player.Mismatch("the venue was sent again: " + "\n  ".join(map(str, repeated)))
    for message in fills:
        if (message[123], message[43]) != ("Y", "Y"):
            raise player.Mismatch(f"no gap fill: {message}")
    one.checked += 1


def check_report_repeated(one):
    number = one.seen[34]
    one.client.send("2", f"7={number}|16={number}|")
    again = one.client.next()
    if (again[35], again[34], again[17], again[43]) != ("8", number, one.seen[17], "Y") or not again[122]:
        raise player.Mismatch(f"expected {one.seen} again, got {again}")
    one.checked += 1


def handler_of(step):
    """What plays this step instead of the player; None for the steps of an order."""
    kind = (step["dir"], step.get("msg_type"))
    if step["dir"] == "offline" and "TCP drops" in step["note"]:
        return drop_connection
    if kind == ("oms->client", "8") and "cl_ord_id" not in step:
        return check_report_repeated
    return {("venue->oms", "2"): ask_venue_side_again, ("oms->venue", "4"): check_gap_filled}.get(kind)
