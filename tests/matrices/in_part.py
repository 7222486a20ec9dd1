"""Scenarios that need something Penstock does not offer: the part that can be played, step by step."""
import dataclasses

from ways import list_status, venue_gets_cancel_of


@dataclasses.dataclass
class Part:
    missing: str  # what of the scenario is not played
    steps: list
    session: str = "plain"
    versions: tuple = ("4.2", "4.4", "5.0SP2")


def client(t, msg_type, name, **keys):
    return {"t": t, "dir": "client->oms", "msg_type": msg_type, "cl_ord_id": name, **keys}


def report(t, exec_type, ord_status, name, quantities, **keys):
    """ExecutionReport(8); `quantities` are OrderQty, CumQty, LeavesQty, LastQty."""
    names = ("order_qty", "cum_qty", "leaves_qty", "last_qty")
    return {"t": t, "dir": "oms->client", "msg_type": "8", "cl_ord_id": name, "exec_type": exec_type,
            "ord_status": ord_status, **dict(zip(names, quantities)), **keys}


def leg(name, quantity, venue="chained"):
    return {"cl_ord_id": name, "order_qty": quantity, "venue": venue}


# One telephones, and the desk enters what it heard through a session of its own.
TELEPHONED = [
    {"t": "0", "dir": "offline", "drop_copy": "begins"},
    client("1", "D", "X", order_qty=10000),
    report("2", "0", "0", "X", (10000, 0, 10000, 0)),
    report("3", "F", "1", "X", (10000, 2000, 8000, 2000)),
    report("4", "F", "1", "X", (10000, 3000, 7000, 1000)),
    report("5", "F", "2", "X", (10000, 10000, 0, 7000)),
    {"t": "6", "dir": "offline", "drop_copy": "ends"},
]
# The client splits: C1 and C2 are a list of two orders at two venues, and the list stands for the parent.
SPLIT = [
    client("1", "E", "L", legs=[leg("C1", 600), leg("C2", 400, "serial")]),
    list_status("2", "1", "3", ("C1", "A", 0, 600, 0), ("C2", "A", 0, 400, 0)),
    report("2", "0", "0", "C1", (600, 0, 600, 0)),
    report("2", "0", "0", "C2", (400, 0, 400, 0)),
    client("3", "K", "L"),
    list_status("3", "2", "4", ("C1", "0", 0, 600, 0), ("C2", "0", 0, 400, 0)),
    report("3", "6", "6", "C1", (600, 0, 600, 0)),
    report("3", "6", "6", "C2", (400, 0, 400, 0)),
    venue_gets_cancel_of("4", "C1"),
    venue_gets_cancel_of("4", "C2"),
    report("5", "F", "6", "C1", (600, 600, 0, 600)),
    # C1's cancel is refused, too late: to the client that is C1, Filled.
    report("6", "I", "2", "C1", (600, 600, 0, 0), refuses_own_cancel=True),
    report("7", "4", "4", "C2", (400, 0, 0, 0)),
    list_status("8", "5", "6", ("C1", "2", 600, 0, 0), ("C2", "4", 0, 0, 400)),
]
# 4.2's one message that cancels several orders is ListCancelRequest(K).
LIST_CANCEL = [
    client("1", "E", "L", legs=[leg("A", 100), leg("B", 100)]),
    list_status("1", "1", "3", ("A", "A", 0, 100, 0), ("B", "A", 0, 100, 0)),
    report("2", "0", "0", "A", (100, 0, 100, 0)),
    report("2", "0", "0", "B", (100, 0, 100, 0)),
    client("3", "K", "L"),
    list_status("3", "2", "4", ("A", "0", 0, 100, 0), ("B", "0", 0, 100, 0)),
    venue_gets_cancel_of("3", "A"),
    venue_gets_cancel_of("3", "B"),
    report("4", "4", "4", "A", (100, 0, 0, 0)),
    report("4", "4", "4", "B", (100, 0, 0, 0)),
    list_status("4", "5", "6", ("A", "4", 0, 0, 100), ("B", "4", 0, 0, 100)),
]

PARTS = {
    "E.1.a": Part("the reports have the ClOrdID of the desk that entered the order: none is without one",
                  TELEPHONED),
    "X.3": Part("the client splits, not the OMS: an order goes to one venue whole, a list to several", SPLIT),
    "X.8": Part("ListCancelRequest(K) for q, ListStatus(N) for r: 4.2 has no OrderMassCancelRequest",
                LIST_CANCEL, session="quiet", versions=("4.2",)),
}


def part_of(scenario, version):
    part = PARTS.get(scenario)
    return part if part and version in part.versions else None
