"""Clocks that step by an hour under the real penstockd: while it runs, and between two starts. The clock of
penstockd steps (libfaketime), or that of the venue with it; clients keep the right time, and the monotonic
clock
is nobody's to set."""
import glob
import re
import unittest

import faulty_machine
import support
from faulty_machine import say

STEPS = ["+3600s", "+0s", "-3600s", "+0s", "+7200s", "+3600s", "+0s"]
RIGHT = "+0s"


@unittest.skipIf(support.IS_SANITIZED, "sanitizers have to be loaded before anything else")
class Clock(faulty_machine.FaultyMachine):
    def setUp(self):
        super().setUp()
        libraries = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        self.assertTrue(libraries, "the package faketime is not installed")
        self.clock_is(RIGHT)
        self.environment = {"LD_PRELOAD": libraries[0], "FAKETIME_TIMESTAMP_FILE": self.folder + "/clock",
                            "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1"}

    def clock_is(self, offset):
        self.write("clock", offset + "\n")

    def let_others_disagree(self):
        """Neither the client's session nor the venue's looks at SendingTime(52) of the other side."""
        path = self.write("penstock.toml", self.text("penstock.toml").replace(
            "\nsender_comp_id", "\ncheck_latency = false\nsender_comp_id"))
        self.assertIn("check_latency", self.text(path))

    def step_venue_too(self):
        """One machine: what steps the clock of penstockd steps that of its venue."""
        self.environments = {"penstockd": self.environment, "penstock-venue": self.environment}

    def text(self, name):
        with open(f"{self.folder}/{name}" if "/" not in name else name, encoding="utf-8") as file:
            return file.read()

    def assert_time_never_went_back(self):
        times = [record["time"] for record in self.records()]
        self.assertEqual(times, sorted(times))
        return len(times)

    def test_sessions_recover_from_steps_while_it_runs(self):
        self.begin()
        answered = 0
        for step in STEPS:
            self.clock_is(step)
            # While the clocks disagree by an hour neither side may believe a message of the other.
            answered += self.answered(self.order(), 3)
            if step == RIGHT:
                self.come_back()
        records = self.assert_time_never_went_back()
        told = self.assert_nothing_lost()
        self.penstockd.end()
        self.replayed()
        say(f"R11: {len(STEPS)} steps of an hour or two while running, SendingTime looked at: "
            f"{answered} orders "
            f"answered meanwhile, sessions end and are back when the clock is right; {records} records, "
            f"time never "
            f"goes back; {told} orders told of, 0 lost")

    def test_starts_with_another_clock_than_before(self):
        self.step_venue_too()
        self.begin()
        self.let_others_disagree()
        for step in STEPS:
            self.penstockd.end()
            self.clock_is(step)
            self.start_penstockd()
            self.come_back()
            names = [self.order() for _ in range(20)]
            self.assertTrue(self.answered(names[-1]), self.penstockd.output())
        records = self.assert_time_never_went_back()
        told = self.assert_nothing_lost()
        self.penstockd.end()
        hash_of = re.search(r"stopped, state hash ([0-9a-f]{16})", self.penstockd.output()).group(1)
        self.assertEqual(self.replayed(), hash_of)
        say(f"R11: {len(STEPS)} starts with a clock set by an hour or two: all trade; {records} "
            f"records, time "
            f"never goes back, numbers go on; {told} orders told of, 0 lost")

    def test_trading_goes_on_through_steps(self):
        self.step_venue_too()
        self.begin()
        self.penstockd.end()
        self.let_others_disagree()
        self.start_penstockd()
        self.come_back()
        for step in STEPS:
            self.clock_is(step)
            self.client_of_test.read(1.5)  # a tick of the sessions
            self.come_back()
            name = self.order()
            self.assertTrue(self.answered(name), self.penstockd.output())
            self.assertEqual(self.client_of_test.answer_to(name)[150], "0")
        say(f"R11: {len(STEPS)} steps while running, SendingTime not looked at: orders are taken after "
            f"each, with "
            f"{self.output_count('disconnected')} disconnections; {self.assert_time_never_went_back()} "
            f"records, "
            f"time never goes back; {self.assert_nothing_lost()} orders told of, 0 lost")

    def test_a_session_that_idles_is_asked_and_goes_on_when_the_clock_is_set_back(self):
        """QuickFIX times heartbeats by the wall clock: none is due for an hour, until the peer asks, as FIX
        has
        it."""
        self.begin()
        self.penstockd.end()
        self.let_others_disagree()
        self.start_penstockd()
        self.come_back()
        before = self.client_of_test.connection
        before.send("5")
        before.received_until_closed()
        client = self.connect("CLIENT1")
        client.next_out = before.next_out
        client.log_on("98=0|108=1|")
        self.clock_is("-3600s")
        client.test_request("asked")
        beats = 0
        while beats < 5:
            message = client.receive()
            self.assertIn(message[35], "01")
            beats += message[35] == "0"
            client.send("0", f"112={message[112]}|" if message[35] == "1" else "")
        say(f"R11: clock set back by an hour under an idle session: its test request was answered, and "
            f"{beats} "
            "heartbeats followed at its interval of a second")

    def output_count(self, text):
        return sum(text in line for line in self.penstockd.lines)


if __name__ == "__main__":
    unittest.main()
