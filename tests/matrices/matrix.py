"""The order state scenarios of the data file as branches: what is sent, what must be seen, in which order."""
import dataclasses
import os

import in_part
import ways

try:
    import yaml
except ImportError:
    yaml = None

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILE = os.environ.get("PENSTOCK_ORDER_STATE_SCENARIOS",
                      os.path.join(ROOT, "..", "shared", "data", "fix", "order_state_scenarios.yaml"))


@dataclasses.dataclass
class Branch:
    scenario: str
    name: str         # "A.1.a", "A.1.a-2b" for the other end at t=2, "X.2-native" for another way to play it
    steps: list
    session: str
    venue: str
    skipped: str = ""  # why it is not played
    missing: str = ""  # what of the scenario this branch does not play


def fix42_of(step):
    """ExecTransType(20) and ExecType(150) in 4.2 of what the file has from 4.3 on, by its own rule."""
    kind = step["exec_type"]
    trans = {"H": "1", "G": "2", "I": "3"}.get(kind, "0")
    if kind in ("F", "G", "H"):
        kind = "2" if step["cum_qty"] == step["order_qty"] else "1"
    return {"exec_trans_type": trans, "exec_type": step["ord_status"] if kind == "I" else kind}


def completed(scenario, step, way, version):
    """A step of the file with what is changed about it."""
    step = {**step, **ways.CORRECTIONS.get((scenario, step["t"]), {}),
            **ways.CORRECTIONS_OF_VERSION.get((scenario, step["t"], version), {}),
            **way.changes.get(step["t"], {})}
    if "exec_type" in step and "fix42" not in step:
        step["fix42"] = fix42_of(step)
    return step


def with_more_steps(steps, before):
    seen, all_steps = set(), []
    for step in steps:
        if step["t"] not in seen:
            all_steps += before.get(step["t"], [])
        seen.add(step["t"])
        all_steps.append(step)
    return all_steps + before.get("end", [])


def branches_of(scenario, version, label, way):
    """The main path, and one branch for each other end."""
    name = scenario["id"]
    steps = [completed(name, step, way, version) for step in scenario["steps"]]
    main, ends = [], []
    for step in steps:
        if step.get("alternative"):
            ends.append((step["t"], main + [step]))
        else:
            main.append(step)
    paths = [("", label, with_more_steps(main, way.before))]
    paths += [(t, f"{label}-{t}{'bcdef'[i]}", path) for i, (t, path) in enumerate(ends)]
    return [Branch(name, path_label, path, way.session, way.venue, ways.OTHER_POLICY.get((name, end), ""))
            for end, path_label, path in paths]


def all_branches_of(scenario, version):
    """Each way the scenario is played."""
    name = scenario["id"]
    part = in_part.part_of(name, version)
    if part:
        steps = [completed(name, step, ways.Way(), version) for step in part.steps]
        return [Branch(name, name + "-part", steps, part.session, "chained", missing=part.missing)]
    labels = [name, *(label for label in ways.WAYS if label.startswith(name + "-"))]
    return [branch for label in labels
            for branch in branches_of(scenario, version, label, ways.WAYS.get(label, ways.Way()))]


def load(version):
    """All branches. The scenarios the file has from a later version on are played in every version."""
    with open(FILE, encoding="utf-8") as file:
        scenarios = yaml.safe_load(file)["scenarios"]
    return [branch for scenario in scenarios for branch in all_branches_of(scenario, version)]


def why_absent():
    """Why no scenario can be read; empty when they can."""
    if not os.path.exists(FILE):
        return f"no {os.path.basename(FILE)}: it lies beside the repository, in ../shared/data/fix"
    return "" if yaml else "no yaml module: apt-get install python3-yaml"
