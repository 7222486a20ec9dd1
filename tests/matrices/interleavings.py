#!/usr/bin/env python3
"""Hands the scenarios to penstock_interleavings, which tries every order in which their messages can arrive:
at a venue that takes replaces in a chain and at one that takes them one by one."""
import itertools
import os
import subprocess
import sys
import unittest

import matrix

BUILD = os.path.abspath(os.environ.get("PENSTOCK_BUILD", os.path.join(matrix.ROOT, "build")))
VENUE_KINDS = {"F": "fill", "G": "correct", "H": "bust", "3": "done", "C": "expire", "D": "restate",
               "7": "stop", "9": "suspend"}


def is_of_one_plain_order(steps):
    """One order, which the model's venue works as it comes: no stop, no amount, no list."""
    orders = [step for step in steps if step.get("msg_type") == "D" and step["dir"] == "client->oms"]
    is_plain = all("order_qty" in step and "ord_type" not in step for step in orders)
    is_split = any(step.get("exec_restatement_reason") == "0" for step in steps)
    return (len({step["cl_ord_id"] for step in orders}) == 1 and is_plain and not is_split and
            not any(step.get("msg_type") == "q" for step in steps))


def verdicts_of(requests):
    """The venue accepts or refuses each request, in every combination; a refused order ends it all."""
    for rest in itertools.product(("accept", "refuse"), repeat=len(requests) - 1):
        yield ("accept", *rest)
    yield ("refuse",) + ("accept",) * (len(requests) - 1)


def requests_of(steps):
    """What the client sends; an order sent again under its id is no other order."""
    first = {}
    for step in steps:
        if step["dir"] == "client->oms" and step["msg_type"] in "DFG":
            first.setdefault(step["cl_ord_id"], step)
    return list(first.values())


def events_of(steps):
    """What the venue does of its own accord."""
    for step in steps:
        if step["dir"] != "oms->client" or step["msg_type"] != "8":
            continue
        kind = VENUE_KINDS.get(step["exec_type"])
        if step["exec_type"] == "4" and "orig_cl_ord_id" not in step:
            kind = "end"
        if kind:
            yield f"venue {kind} {step['order_qty'] if kind == 'restate' else step['last_qty']}"


def lines_of(branch):
    requests = requests_of(branch.steps)
    tif = "gtc" if requests[0].get("time_in_force") == "1" else "day"
    for verdicts in verdicts_of(requests):
        for venue in ("chained", "serial"):
            yield f"scenario {branch.name}:{','.join(verdicts)} {tif} {venue}"
            for step, verdict in zip(requests, verdicts):
                yield f"client {step['msg_type']} {step['order_qty']} {verdict}"
            yield from events_of(branch.steps)


def lines_of_burst():
    """Three replaces and a cancel back to back, and a fill: no matrix has as many waiting. At the venue that
    takes replaces one by one those that wait are merged."""
    for verdicts in itertools.product(("accept", "refuse"), repeat=4):
        for venue in ("chained", "serial"):
            yield f"scenario burst:{','.join(verdicts)} day {venue}"
            yield "client D 10000 accept"
            for kind, quantity, verdict in zip("GGGF", (9000, 12000, 7000, 7000), verdicts):
                yield f"client {kind} {quantity} {verdict}"
            yield "venue fill 8000"


def lines_of_pair(name, policy, legs):
    """One cancels other, each leg at a venue of its own: (what the client asks, what the venue does)."""
    yield f"pair {name}:{policy} {policy}"
    for asks, does in legs:
        yield f"scenario {name} day chained"
        yield from ("client " + line for line in asks)
        yield from ("venue " + line for line in does)


def lines_of_pairs():
    """X.9 and what can cross it: fills of both and of parts, cancels and replaces, a bust, a refusal."""
    order, refused = "D 100 accept", "D 100 refuse"
    stories = {
        "one-fills": [([order], ["fill 100"]), ([order], [])],
        "both-fill": [([order], ["fill 100"]), ([order], ["fill 100"])],
        "parts": [([order], ["fill 40", "fill 60"]), ([order], ["fill 30"])],
        "cancel": [([order], ["fill 100"]), ([order, "F 100 accept"], ["fill 30"])],
        "cancel-of-filled": [([order, "F 100 accept"], ["fill 40"]), ([order], ["fill 100"])],
        "amend": [([order, "G 150 accept"], ["fill 100"]), ([order], ["fill 30"])],
        "amend-of-other": [([order], ["fill 40"]), ([order, "G 80 accept"], ["fill 30"])],
        "amend-refused": [([order], ["fill 40"]), ([order, "G 80 refuse"], ["fill 30"])],
        "bust": [([order], ["fill 100", "bust 0"]), ([order], ["fill 100"])],
        "ended-by-venue": [([order], ["end 0"]), ([order], ["fill 100"])],
        "refused": [([refused], []), ([order], ["fill 100"])],
    }
    for name, legs in stories.items():
        for policy in ("reduce", "block"):
            yield from lines_of_pair(name, policy, legs)


def all_lines():
    main_paths = [branch for branch in matrix.load("5.0SP2") if branch.name == branch.scenario]
    of_matrices = [line for branch in main_paths if is_of_one_plain_order(branch.steps)
                   for line in lines_of(branch)]
    return [*of_matrices, *lines_of_burst(), *lines_of_pairs()]


class Interleavings(unittest.TestCase):
    def test_every_order_of_arrival(self):
        if matrix.why_absent():
            self.skipTest(matrix.why_absent())
        program = os.path.join(BUILD, "penstock_interleavings")
        done = subprocess.run([program], input="\n".join(all_lines()), text=True, check=False)
        self.assertEqual(done.returncode, 0, "an interleaving broke a rule: see above")


if __name__ == "__main__":
    if "--print" in sys.argv:
        print("\n".join(all_lines()))
    else:
        unittest.main(verbosity=2)
