"""The order state scenarios of the data file as branches: what is sent, what must be seen, in which order."""
import dataclasses
import os

try:
    import yaml
except ImportError:
    yaml = None

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILE = os.environ.get("PENSTOCK_ORDER_STATE_SCENARIOS",
                      os.path.join(ROOT, "..", "shared", "data", "fix", "order_state_scenarios.yaml"))

# Scenarios that need something Penstock does not offer. README.md says the same.
NOT_APPLICABLE = {
    "E.1.a": "orders by telephone: Penstock has no order entry of a desk",
    "L.1.b": "the player does not send amounts (CashOrderQty) yet: scenario cash_quantity",
    "X.2": "the player does not send ExpireTime yet: scenarios gtd_*",
    "X.3": "an order goes to one venue whole",
    "X.5": "the player moves no prices yet: scenarios stop_*",
    "X.9": "the player does not send lists yet: scenarios oco_*",
}
# Branches of a scenario that show another policy than the one chosen here.
OTHER_POLICY = {
    ("X.4", "7"): "policy A; Penstock passes the venue's refusal on (policy B)",
}
NOT_IN_VERSION = {
    ("X.8", "4.2"): "FIX 4.2 has no OrderMassCancelRequest(q)",
}

# The matrices show several ways to do the same, so scenarios name the session (what reports it wants) and the
# venue (does it take a second replace while one is pending) that show theirs. All others: plain, chained.
SESSION_OF = {
    "C.3.b": "quiet",   # no pending report before Replaced
    "C.3.c": "quiet",
    "D.2.d": "single",  # one request at a time
    "X.1": "telling",   # PendingNew first
    "X.6": "leaving",   # cancel on disconnect
    "X.8": "quiet",     # no pending reports before Canceled
    "X.10": "quiet",
}
VENUE_OF = {
    "D.2.a": "serial",  # the second replace is worked when the first was answered
}

# Cells that contradict the file's own rules and notes or the fields of a version: the value that is checked.
CORRECTIONS = {
    # Replaced only when ExecType=5 says so, as D.2.c step 7 shows.
    ("D.2.b", "7"): {"order_qty": 10000, "leaves_qty": 9000},
    # 4.2 has ExecType 7 (Stopped); 1 would make a client book a trade.
    ("L.1.a", "3"): {"fix42": {"exec_trans_type": "0", "exec_type": "7"}},
}
# The same for one version: what it has instead, as the step's note says.
CORRECTIONS_OF_VERSION = {
    ("X.6", "3", "4.2"): {"exec_restatement_reason": "4"},
    ("X.6", "3", "4.4"): {"exec_restatement_reason": "99"},
}


@dataclasses.dataclass
class Branch:
    scenario: str
    name: str         # "A.1.a", or "A.1.a-2b" for the other end at t=2
    steps: list
    session: str
    venue: str
    skipped: str = ""  # why it is not played


def corrected(scenario, step, version):
    return {**step, **CORRECTIONS.get((scenario, step["t"]), {}),
            **CORRECTIONS_OF_VERSION.get((scenario, step["t"], version), {})}


def why_skipped(scenario, version, end):
    return (NOT_APPLICABLE.get(scenario) or NOT_IN_VERSION.get((scenario, version)) or
            OTHER_POLICY.get((scenario, end), ""))


def branches_of(scenario, version):
    """The main path, and one branch for each other end."""
    name = scenario["id"]
    steps = [corrected(name, step, version) for step in scenario["steps"]]
    main, ends = [], []
    for step in steps:
        if step.get("alternative"):
            ends.append((step["t"], main + [step]))
        else:
            main.append(step)
    paths = [("", name, main)] + [(t, f"{name}-{t}{'bcdef'[i]}", path) for i, (t, path) in enumerate(ends)]
    return [Branch(name, label, path, SESSION_OF.get(name, "plain"), VENUE_OF.get(name, "chained"),
                   why_skipped(name, version, end)) for end, label, path in paths]


def load(version):
    """All branches of the scenarios that are defined for this FIX version."""
    with open(FILE, encoding="utf-8") as file:
        scenarios = yaml.safe_load(file)["scenarios"]
    return [branch for scenario in scenarios if version in scenario["fix_versions"]
            for branch in branches_of(scenario, version)]


def why_absent():
    """Why no scenario can be read; empty when they can."""
    if not os.path.exists(FILE):
        return f"no {os.path.basename(FILE)}: it lies beside the repository, in ../shared/data/fix"
    return "" if yaml else "no yaml module: apt-get install python3-yaml"
