#!/usr/bin/env python3
"""Loses everything on purpose and comes back: measures recovery time and data loss, as JSON on stdout.

usage: drill_restore.py [--orders N] [--ship-interval S] [--from ship|backup]

Starts a simulated venue and penstockd in a folder of their own (the programs of PENSTOCK_BUILD, else
build/), trades, kills penstockd with SIGKILL, removes its state folder, restores, starts, checks that it
begins halted, and resumes. recovery_s: from the kill until penstockd serves. lost_records, lost_s: what had been
durable and is not there any more, in records and in seconds of the journal's time.
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

    def trade(self, client, numbers):
        for number in numbers:
            client.order(f"o{number}", 10, "24.00")
            if number % 20 == 19:
                client.report(f"o{number}", "0")

    def runTest(self):
        options = self.options
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))
        self.add_to_configuration(f'\n[storage]\nship = "ship"\nship_interval_s = {options.ship_interval}\n')
        self.start_penstockd("--quiet")
        client = self.trader("CLIENT1")
        self.trade(client, range(options.orders // 2))
        backup_ms = json.loads(self.penstock("backup", "kept", "--config", "penstock.toml"))["ms"]
        self.trade(client, range(options.orders // 2, options.orders))
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
    parser.add_argument("--orders", type=int, default=20_000)
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
