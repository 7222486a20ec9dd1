"""tools/demo starts, shows, and stops its programs in order. Stand-ins play the programs: this is about the
supervisor, not about them."""
import json
import os
import signal
import socket
import subprocess
import sys
import unittest

import support

WAITS = """#!/usr/bin/env python3
import signal, sys
if sys.argv[1] == "audit-keygen":
    sys.exit(print("a public key"))
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
print("config", sys.argv[2], flush=True)
print("ready on loopback", flush=True)
signal.sigwait([signal.SIGTERM])
open(sys.argv[2] + ".stopped", "w").close()
print("drained", flush=True)
"""
DIES = """#!/usr/bin/env python3
import sys
if sys.argv[1] == "audit-keygen":
    sys.exit(print("a public key"))
print("ready", flush=True)
print("cannot go on", file=sys.stderr, flush=True)
sys.exit(70)
"""


class TheDemo(support.Tree):
    def setUp(self):
        super().setUp()
        self.write("config/demo/penstock.toml", "port = @CLIENT_PORT@\nstate = '@STATE_DIR@'\n")
        self.write("config/demo/venue-42.toml", "port = @VENUE42_PORT@\n")
        self.write("config/demo/venue-44.toml", "port = @VENUE44_PORT@\n")
        self.write("config/demo/client.cfg", "SocketConnectPort=@CLIENT_PORT@\n")
        self.write("build/penstock-venue", WAITS, executable=True)
        self.write("build/penstockd", WAITS, executable=True)
        self.folder = os.path.join(self.root, "var/demo")

    def start(self):
        demo = subprocess.Popen([sys.executable, os.path.join(support.TOOLS, "demo"), "--root", self.root],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(demo.stdout.close)
        self.addCleanup(demo.stderr.close)
        self.addCleanup(lambda: demo.poll() is None and demo.kill())
        return demo

    def until(self, demo, text):
        """What it printed up to the line with this text."""
        lines = []
        for line in demo.stdout:
            lines.append(line)
            if text in line:
                return "".join(lines)
        self.fail(f"'{text}' was never said:\n{''.join(lines)}\n{demo.stderr.read()}")

    def stopped(self, name):
        return os.path.exists(os.path.join(self.folder, name + ".stopped"))

    def test_it_starts_shows_what_to_do_and_stops_everything(self):
        demo = self.start()
        said = self.until(demo, "Ctrl-C")
        demo.send_signal(signal.SIGINT)
        rest, errors = demo.communicate(timeout=30)
        self.assertEqual((demo.returncode, errors), (0, ""), rest)
        self.assertIn("config " + self.folder + "/penstock.toml", said)
        self.assertIn("SocketConnectPort=", said)
        self.assertIn("drained", rest)
        self.assertTrue(all(map(self.stopped, ("penstock.toml", "venue-42.toml", "venue-44.toml"))))
        self.assertFalse(os.path.exists(self.folder + "/demo.pid"))

    def test_a_taken_port_is_replaced_and_said(self):
        with socket.socket() as taken:
            try:
                taken.bind(("127.0.0.1", 9880))
                taken.listen(1)
            except OSError:
                pass  # Somebody else has it, which is as good.
            demo = self.start()
            said = self.until(demo, "Ctrl-C")
            demo.terminate()
            demo.communicate(timeout=30)
        self.assertIn("Port 9880 (client) is taken; using ", said)
        with open(self.folder + "/penstock.toml", encoding="utf-8") as file:
            self.assertNotIn("9880", file.readline())

    def test_a_program_that_dies_stops_the_demo_with_its_last_words(self):
        self.write("build/penstockd", DIES, executable=True)
        demo = self.start()
        _, errors = demo.communicate(timeout=30)
        self.assertEqual(demo.returncode, 1)
        self.assertIn("penstockd ended by itself, exit code 70", errors)
        self.assertIn("cannot go on", errors)
        self.assertTrue(self.stopped("venue-42.toml") and self.stopped("venue-44.toml"))

    def test_a_second_demo_is_refused_while_the_first_runs(self):
        first = self.start()
        self.until(first, "Ctrl-C")
        _, errors = self.start().communicate(timeout=30)
        self.assertIn(f"already runs (process {first.pid})", errors)
        first.terminate()
        self.assertEqual(first.wait(timeout=30), 0)

    def test_what_a_killed_demo_left_is_stopped_first(self):
        killed = self.start()
        self.until(killed, "Ctrl-C")
        with open(self.folder + "/demo.pid", encoding="utf-8") as file:
            self.assertEqual(json.load(file)["demo"], killed.pid)
        killed.kill()
        killed.wait()
        demo = self.start()
        said = self.until(demo, "Ctrl-C")
        self.assertIn(f"An earlier demo (process {killed.pid}) ended without stopping", said)
        self.assertIn("Stopping its penstockd", said)
        demo.terminate()
        demo.communicate(timeout=30)
        self.assertEqual(demo.returncode, 0)

    def test_an_unknown_placeholder_and_a_missing_program_are_named(self):
        self.write("config/demo/client.cfg", "\nHost=@HOST@\n")
        _, errors = self.start().communicate(timeout=30)
        self.assertIn("client.cfg:2: unknown placeholder @HOST@", errors)
        self.write("config/demo/client.cfg", "")
        os.remove(self.root + "/build/penstock-venue")
        _, errors = self.start().communicate(timeout=30)
        self.assertIn("build/penstock-venue is missing; ./run builds it", errors)


if __name__ == "__main__":
    unittest.main()
