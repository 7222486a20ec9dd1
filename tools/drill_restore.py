#!/usr/bin/env python3
"""Loses everything on purpose and comes back: measures recovery time and data loss, as JSON on stdout.

usage: drill_restore.py [--seconds S] [--ship-interval S] [--from ship|backup]

Starts a simulated venue and penstockd (programs of PENSTOCK_BUILD, else build/) in a folder of their own,
trades, kills penstockd with SIGKILL, removes its state folder, restores, starts, checks that it begins halted,
and resumes. recovery_s: from the kill until penstockd serves. lost_records, lost_s: what had been durable and
is not there any more, in records and in seconds of the journal's time.
"""
import argparse
import calendar
import json
import os
import shutil
import signal
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tests", "integration"))
import operators  # noqa: E402
import support  # noqa: E402


class Drill(operators.Operator):
    options = None

    orders = 0

    def raise_bounds(self):
        with open(os.path.join(self.folder, "penstock.toml"), encoding="utf-8") as file:
            text = file.read()
        self.write("penstock.toml", text.replace("max_orders = 65536", "max_orders = 1000000"))

    def trade(self, client, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for _ in range(20):
                self.orders += 1
                client.order(f"o{self.orders}", 10, "24.00")
            client.report(f"o{self.orders}", "0")

    def runTest(self):
        options = self.options
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))
        self.raise_bounds()
        self.add_to_configuration(f'\n[storage]\nship = "ship"\nship_interval_s = {options.ship_interval}\n')
        self.start_penstockd("--quiet")
        client = self.trader("CLIENT1")
        self.trade(client, options.seconds / 2)
        backup_ms = json.loads(self.penstock("backup", "kept", "--config", "penstock.toml"))["ms"]
        self.trade(client, options.seconds / 2)
        # The last answer is out, so its record was durable.
        last = self.settled()["durable"]
        last_time = time.time()
        self.penstockd.end(signal.SIGKILL)
        killed = time.monotonic()
        shutil.rmtree(os.path.join(self.folder, "state"))
        restored = json.loads(self.penstock("restore", {"ship": "ship", "backup": "kept"}[options.source],
                                            "--to", "state"))
        self.start_penstockd("--quiet")
        recovered = time.monotonic()
        self.assertTrue(self.status()["halted"])
        self.penstock("resume", "--config", "penstock.toml", "--reason", "drill")
        self.assertFalse(self.status()["halted"])
        moment = calendar.timegm(time.strptime(restored["time"][:19], "%Y-%m-%dT%H:%M:%S"))
        moment += float("0" + restored["time"][19:-1])
        Drill.result = {"restored_from": options.source, "records": last,
                        "recovery_s": round(recovered - killed, 3), "restore_ms": restored["ms"],
                        "backup_ms": backup_ms, "lost_records": last - restored["seq"],
                        "lost_s": round(max(last_time - moment, 0), 3),
                        "ship_interval_s": options.ship_interval}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=25)
    parser.add_argument("--ship-interval", type=int, default=10)
    parser.add_argument("--from", dest="source", choices=("ship", "backup"), default="ship")
    Drill.options = parser.parse_args()
    outcome = Drill().run()
    for _, text in outcome.failures + outcome.errors:
        print(text, file=sys.stderr)
    if not outcome.wasSuccessful():
        return 1
    print(json.dumps(Drill.result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
