"""A system whose audit is on, its witness, and both verifiers, for the tests of this folder."""
import os
import re
import subprocess
import sys
import time

import operators
import support

VERIFIERS = ((os.path.join(support.BUILD, "penstock-verify"),),
             (sys.executable, "-B", os.path.join(support.ROOT, "tools", "verify_audit.py")))
NAME = "penstock.test/integration/P1/audit"


def run(*command, folder=None):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False,
                          timeout=support.START_SECONDS * 4)


class Auditor(operators.Operator):
    def setUp(self):
        super().setUp()
        self.begin_venue()
        self.vkey = self.keygen("audit.key")
        self.orders = 0
        self.next_out = 1

    def begin_venue(self):
        self.start_venue()

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def trade(self, count, silence=None):
        """So many orders, then nothing for so long."""
        client = self.connect("CLIENT1")
        client.next_out = self.next_out
        client.log_on()
        self.wait_until_orders_may_go(client)
        for _ in range(count):
            self.orders += 1
            client.order(f"o{self.orders}", 10, "24.00")
            client.report(f"o{self.orders}", "0")
        if silence is not None:
            client.is_silent(silence)
        self.next_out = client.next_out
        client.close()

    def keygen(self, file, name=NAME):
        done = run(os.path.join(support.BUILD, "penstockd"), "audit-keygen", "--name", name, "--key", file,
                   folder=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    def configure_audit(self, *lines, interval_ms=200):
        path = self.configure(support.session_section("CLIENT1"))
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"\n[audit]\nkey_file = \"audit.key\"\ncheckpoint_interval_ms = {interval_ms}\n")
            file.write("\n".join(lines))

    def start_witness(self, port="0"):
        self.witness = self.start("penstock-witness", "serve", "--key", "w.key", "--state", "w",
                                  "--port", port)
        return re.search(r":(\d+), \d logs", self.witness.wait_for("ready ")).group(1)

    def make_witness(self, vkey):
        program = os.path.join(support.BUILD, "penstock-witness")
        made = run(program, "keygen", "--name", "witness.test/w", "--key", "w.key", folder=self.folder)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.add_log(vkey)
        port = self.start_witness()
        witness = made.stdout.strip()
        return witness, (f'[[audit.witness]]\nurl = "http://127.0.0.1:{port}"\nvkey = "{witness}"', port)

    def add_log(self, vkey, origin=None):
        program = os.path.join(support.BUILD, "penstock-witness")
        named = () if origin is None else ("--origin", origin)
        added = run(program, "add-log", "--key", "w.key", "--state", "w", "--log", vkey, *named,
                    folder=self.folder)
        self.assertEqual(added.returncode, 0, added.stderr)

    def countersigned(self):
        """How many records the newest checkpoint with countersignatures has."""
        try:
            with open(self.audit("checkpoint.cosigned"), encoding="utf-8") as file:
                return int(file.read().split("\n")[1])
        except OSError:
            return 0

    def wait_until_countersigned(self, seq):
        deadline = time.monotonic() + support.START_SECONDS
        while self.countersigned() < seq:
            self.assertLess(time.monotonic(), deadline, self.penstockd.output())

    def stop(self):
        self.assertEqual(self.penstockd.end(), 0, self.penstockd.output())

    def audit(self, *parts):
        return os.path.join(self.folder, "state", "audit", *parts)

    def verify(self, *options, folder=None, log=None):
        """What both verifiers say, which must agree; (exit code, text of the first)."""
        done = [run(*command, "--log", log or self.vkey, *options, folder or self.audit())
                for command in VERIFIERS]
        self.assertEqual(done[0].returncode, done[1].returncode, done[0].stdout + done[1].stdout)
        return done[0].returncode, done[0].stdout + done[0].stderr

    def assert_sound(self, *options, log=None):
        code, text = self.verify(*options, log=log)
        self.assertEqual(code, 0, text + self.penstockd.output())
        return text
