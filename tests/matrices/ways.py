"""How scenarios are played that are not played plainly, and every exception. README.md says the same."""
import dataclasses

# Branches of a scenario that show another policy than the one chosen here.
# in_part.py has the scenarios of which only a part is played.
OTHER_POLICY = {
    ("X.4", "7"): "policy A; Penstock passes the venue's refusal on (policy B)",
}


@dataclasses.dataclass
class Way:
    """The matrices show several ways to do the same: the session (what reports it wants) and the venue (what
    it does by itself) that show this one."""
    session: str = "plain"
    venue: str = "chained"
    changes: dict = dataclasses.field(default_factory=dict)  # t -> more fields of its steps
    before: dict = dataclasses.field(default_factory=dict)   # t or "end" -> steps the file leaves out


def prices(t, **keys):
    return {"t": t, "dir": "offline", "prices": keys}


def venue_gets(t, msg_type, of, **keys):
    return {"t": t, "dir": "oms->venue", "msg_type": msg_type, "of": of, **keys}


def venue_gets_cancel_of(t, name):
    """A cancel that no client asked for."""
    return {"t": t, "dir": "oms->venue", "msg_type": "F", "own_cancel_of": name}


def list_status(t, kind, order_status, *told):
    """ListStatus(N); `told` are (ClOrdID, OrdStatus, CumQty, LeavesQty, CxlQty)."""
    return {"t": t, "dir": "oms->client", "msg_type": "N", "list_id": "L", "list_status_type": kind,
            "list_order_status": order_status, "told": told}


def oco(second_venue):
    """X.9: the list, what it is told, and the cancel that the fill of A makes."""
    legs = [{"cl_ord_id": "A", "order_qty": 100}, {"cl_ord_id": "B", "order_qty": 100, "venue": second_venue}]
    return Way(
        # The venue confirms our cancel and gives no reason.
        changes={"1": {"list_id": "L", "contingency": "OCO", "legs": legs}, "4": {"venue_reason": None}},
        before={"2": [list_status("1", "1", "3", ("A", "A", 0, 100, 0), ("B", "A", 0, 100, 0))],
                "4": [venue_gets_cancel_of("3", "B")],
                "end": [list_status("4", "5", "6", ("A", "2", 100, 0, 0), ("B", "4", 0, 0, 100))]})


BELOW_STOP, AT_STOP = {"last": "49.50"}, {"last": "50"}
QUIET = Way(session="quiet")  # no pending reports before Replaced and Canceled

WAYS = {
    "C.3.b": QUIET,
    "C.3.c": QUIET,
    "D.2.a": Way(venue="serial"),    # the second replace is worked when the first was answered
    "D.2.d": Way(session="single"),  # one request at a time
    "L.1.b": Way(before={
        "1": [prices("0", offer="50")],
        "2": [venue_gets("1", "D", "X", order_qty=200, fields={40: "1", 44: None, 152: None})]}),
    "X.1": Way(session="telling"),   # PendingNew first
    # The OMS keeps the date: the venue has the order as good till cancelled.
    "X.2": Way(before={
        "2": [venue_gets("1", "D", "X", fields={59: "1", 126: None})],
        "4": [venue_gets_cancel_of("4", "X")]}),
    "X.2-native": Way(venue="native", before={"2": [venue_gets("1", "D", "X", fields={59: "6"})]}),
    # The OMS keeps the stop: the venue sees nothing of it before the price was seen, and then a market order.
    "X.5": Way(changes={"2": {"of_the_oms": True}, "3": {"of_the_oms": True}}, before={
        "1": [prices("0", **BELOW_STOP)],
        "3": [prices("3", **AT_STOP)],
        "4": [venue_gets("3", "D", "X", order_qty=100, fields={40: "1", 99: None})]}),
    "X.5-native": Way(venue="native", before={
        "2": [venue_gets("1", "D", "X", order_qty=100, fields={40: "3", 99: "50"})]}),
    "X.6": Way(session="leaving"),   # cancel on disconnect
    "X.8": QUIET,
    "X.9": oco("chained"),
    "X.9-venues": oco("serial"),     # each leg at a venue of its own
    "X.10": QUIET,
}

# Cells that contradict the file's own rules and notes or the fields of a version: the value that is checked.
CORRECTIONS = {
    # Replaced only when ExecType=5 says so, as D.2.c step 7 shows.
    ("D.2.b", "7"): {"order_qty": 10000, "leaves_qty": 9000},
    # 4.2 has ExecType 7 (Stopped); 1 would make a client book a trade.
    ("L.1.a", "3"): {"fix42": {"exec_trans_type": "0", "exec_type": "7"}},
    # L came with 5.0SP2; before, as the step's note says, the order is restated.
    ("X.5", "3"): {"fix42": {"exec_trans_type": "0", "exec_type": "D"}, "exec_type_44": "D"},
}
# The same for one version: what it has instead, as the step's note says.
CORRECTIONS_OF_VERSION = {
    # ExecInst J and K, and the reasons 6 and 8 which the venue gives, came after 4.2.
    ("K.1.a", "1", "4.2"): {"exec_inst": None},
    ("K.1.a", "5", "4.2"): {"exec_restatement_reason": "4", "venue_reason": "8"},
    ("K.1.b", "1", "4.2"): {"exec_inst": None},
    ("K.1.b", "3", "4.2"): {"exec_restatement_reason": "4", "venue_reason": "6"},
    ("X.5", "3", "4.2"): {"exec_restatement_reason": "4", "our_text": "triggered"},
    ("X.5", "3", "4.4"): {"exec_restatement_reason": "99", "our_text": "triggered"},
    ("X.6", "3", "4.2"): {"exec_restatement_reason": "4"},
    ("X.6", "3", "4.4"): {"exec_restatement_reason": "99"},
}
