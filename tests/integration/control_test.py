"""The control door: who may ask, what is answered, and that every act is in the journal before that."""
import json
import os
import socket
import stat
import unittest

import operators
import support


class Control(operators.Operator):
    def setUp(self):
        super().setUp()
        self.start_system(support.session_section("CLIENT1"))

    def ask(self, data):
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(20)
            door.connect(os.path.join(self.folder, "state", "control.sock"))
            door.sendall(data)
            answer = b""
            while not answer.endswith(b"\n"):
                piece = door.recv(4096)
                if not piece:
                    break
                answer += piece
        return answer.decode()

    def test_the_status_is_that_of_the_system(self):
        client = self.trader("CLIENT1")
        client.order("o1", 10, "24.00")
        client.report("o1", "0")
        status = self.settled()
        self.assertEqual(status["orders_open"], 1)
        self.assertFalse(status["halted"])
        self.assertEqual({one["name"]: one["up"] for one in status["sessions"]},
                         {"FIX.4.4:PENSTOCK->CLIENT1": True, "FIX.4.4:PENSTOCK->XV44": True})
        self.assertEqual(status["venues"], [{"name": "XV44", "up": True, "takes_orders": True, "orphans": 0,
                                             "positions_differ": 0}])

    def test_a_halt_refuses_orders_with_words_until_it_is_ended(self):
        client = self.trader("CLIENT1")
        client.order("before", 10, "24.00")
        client.report("before", "0")
        self.penstock("halt", "--config", "penstock.toml", code=2)  # without a reason
        self.penstock("halt", "--config", "penstock.toml", "--reason", "a drill")
        client.order("during", 10, "24.00")
        self.assertIn("Halted", client.report("during", "8")[58])
        client.cancel("cancel", "before", 10)
        client.report("cancel", "4")
        # A restart forgets nothing of it.
        client.close()
        self.assertEqual(self.penstockd.end(), 0)
        self.start_penstockd()
        self.assertTrue(self.status()["halted"])
        self.penstock("resume", "--config", "penstock.toml", "--reason", "the drill is over")
        self.assertFalse(self.status()["halted"])
        acts = [one["input"] for one in self.records() if one["input"]["what"] == "OperatorActed"]
        self.assertEqual([act["action"] for act in acts], ["halt", "resume"])
        self.assertEqual(acts[0]["reason"], "a drill")
        # An export sees what was answered before it began.
        self.penstock("halt", "--config", "penstock.toml", "--reason", "seen at once")
        self.penstock("audit", "export", "activity", "--config", "penstock.toml", "--out", "activity.csv",
                      "--reason", "a test")
        with open(os.path.join(self.folder, "activity.csv"), encoding="utf-8") as file:
            self.assertIn("seen at once", file.read())
        long = json.loads(self.penstock("resume", "--config", "penstock.toml", "--reason", "r" * 200))
        self.assertEqual(long["cut"], "reason has 200 bytes, the first 95 are on record")
        self.assertIn("@", acts[0]["who"])

    def test_what_the_core_does_not_do_is_no_success(self):
        config = ("--config", "penstock.toml", "--reason", "a test")
        adopt = ("adopt", *config, "--for", "FIX.4.4:PENSTOCK->CLIENT1", "--account", "DESK-A",
                 "--order", "V1")
        self.penstock(*adopt, "--venue", "NOPE", code=1)
        self.assertIn("there is no venue NOPE", self.said)
        self.penstock(*adopt, "--venue", "XV44", code=1)
        self.assertIn("not adopted", self.said)
        for unknown in ("99", "0"):
            self.penstock("settle", *config, "--order", unknown, code=1)
            self.assertIn(f"settle: there is no open order {unknown}", self.said)
        self.penstock("settle", *config, "--order", "o1", code=1)
        self.assertIn("order is a number, such as 17: not o1", self.said)
        client = self.trader("CLIENT1")
        client.order("o1", 10, "24.00")
        number = client.report("o1", "0")[37]
        self.penstock("settle", *config, "--order", number, code=1)
        self.assertIn("nothing to settle: its outcome is not unknown", self.said)
        self.penstock("settle", *config, "--order", "99999999999999999999", code=1)
        self.assertIn("a number", self.said)
        accept = ("accept-position", *config, "--account", "DESK-A", "--symbol", "DUNE")
        self.penstock(*accept, "--venue", "NOPE", "--difference", "5", code=1)
        self.assertIn("there is no venue NOPE", self.said)
        self.penstock(*accept, "--venue", "XV44", "--difference", "many", code=1)
        self.assertIn("accept-position: difference is a number, such as -5: not many", self.said)
        self.penstock(*accept[:3], "--reason", "r" * 96, *accept[5:], "--venue", "XV44", "--difference", "5",
                      code=1)
        self.assertIn("reason has 96 bytes, at most 95 are on record", self.said)
        self.assertIn("settle: order is missing", self.ask(b"settle reason=a%20test\n"))
        self.penstock(*accept, "--venue", "XV44", "--difference", "-5", code=1)
        self.assertIn("not accepted: no such position differs", self.said)
        # Asked is asked: what the core got is on record.
        asked = [one["input"]["what"] for one in self.records()]
        people = ("AdoptVenueOrder", "SettleUnknown", "AcceptPosition")
        self.assertEqual([what for what in asked if what in people], list(people))

    def test_a_text_cannot_write_to_a_terminal(self):
        self.penstock("halt", "--config", "penstock.toml", "--reason", "a\x1b[31mb\nc\x7f")
        self.on_disk()
        said = self.penstock("journal", "inspect", "--config", "penstock.toml")
        self.assertIn("a\\x1b[31mb\\x0ac\\x7f", said)
        self.assertNotIn("\x1b", said)

    def test_what_is_no_request_is_refused_and_harms_nobody(self):
        for data in (b"\n", b"nonsense\n", b"halt reason\n", b"halt reason=%zz\n", b"\xff\xfe=\n",
                     b"status x=1 =2\n"):
            self.assertTrue(self.ask(data).startswith("no "), data)
        self.assertIn("at most", self.ask(b"status " + b"x" * 10_000 + b"\n"))
        self.assertIn("known are accept-position, act, adopt, halt, resume, settle, status",
                      self.ask(b"sell everything=yes\n"))
        self.assertFalse(self.status()["halted"])

    def test_the_door_is_for_its_user_and_has_a_bound(self):
        path = os.path.join(self.folder, "state", "control.sock")
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        idle = []
        for _ in range(20):
            door = socket.socket(socket.AF_UNIX)
            door.connect(path)
            idle.append(door)
        for door in idle:
            door.close()
        self.assertIn("seq", self.status())
        self.assertEqual(self.penstockd.end(), 0)
        self.assertFalse(os.path.exists(path))
        self.penstock("status", "--config", "penstock.toml", code=2)


if __name__ == "__main__":
    unittest.main()
