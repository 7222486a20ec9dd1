"""Disks that fail once and then say yes, and disks that are slow, under the real penstockd."""
import re
import signal
import unittest

import faulty_machine
from faulty_machine import say

# Which call, how it fails, and the how manyth of a thread: the first, one of the next, and one in full flow.
FAILURES = [("fdatasync", "fdatasync", "EIO", 1), ("fdatasync", "fdatasync", "EIO", 2),
            ("fdatasync", "fdatasync", "EIO", 7), ("fdatasync", "fdatasync", "ENOSPC", 4),
            ("fdatasync", "pwrite64", "EIO", 3), ("fdatasync", "pwrite64", "EDQUOT", 5),
            ("dsync", "pwrite64", "EIO", 1), ("dsync", "pwrite64", "EIO", 2),
            ("dsync", "pwrite64", "ENOSPC", 7)]
EXIT_STORAGE = 70
ORDERS = 500  # more than any of these failures needs
SLOW_SYNC_US = 200_000
HANGING_SYNC_US = 3_000_000


class Sync(faulty_machine.FaultyMachine):
    def test_a_failed_sync_or_write_ends_the_process_and_loses_nothing(self):
        self.begin()
        unsent = 0
        for method, call, error, when in FAILURES:
            self.penstockd.end()
            self.set_journal(sync_method=f'"{method}"')
            self.start_penstockd()
            self.come_back()
            unsent += self.fail_once(method, call, error, when)
        say(f"R3: {len(FAILURES)} failures of {sorted({one[1] for one in FAILURES})}, each once and then "
            f"success: exit 70 each time; {unsent} orders of failed batches, none sent to the venue; "
            f"{self.assert_nothing_lost()} orders told of, 0 lost")

    def fail_once(self, method, call, error, when):
        """1 when an order was in the batch that failed: then the venue must not have it."""
        tracer = self.inject(call, f"error={error}:when={when}")
        for _ in range(ORDERS):
            if not self.answered(self.order()):
                break
        code, said = self.crashed()
        self.assertEqual(code, EXIT_STORAGE, said)
        self.assertIn(f"({error})", said)
        self.assertIn("Nothing after the last durable record was sent", said)
        self.assertTrue(any("INJECTED" in line for line in tracer.lines), tracer.output())
        unanswered = self.sent[-1]
        self.assertIsNone(self.client_of_test.answer_to(unanswered))
        at_venue = self.received_by_venue()
        self.start_penstockd()
        recovered = int(re.search(r"(\d+) records recovered", self.penstockd.output()).group(1))
        seq, child = self.orders_on_record().get(unanswered, (None, None))
        was_batch = re.search(r"\.seg: cannot (sync|write):", said) and seq == recovered
        if was_batch:
            self.assertNotIn(child, at_venue, f"{method} {call} {error} {when}: sent before it was durable")
        self.come_back()
        return 1 if was_batch else 0

    def test_a_slow_disk_answers_every_order_and_loses_nothing(self):
        self.begin(sync_method='"fdatasync"')
        tracer = self.inject("fdatasync", f"delay_exit={SLOW_SYNC_US}")
        names = [self.order() for _ in range(200)]
        self.assertTrue(self.answered(names[-1], 120), self.penstockd.output())
        self.assertTrue(all(self.client_of_test.answer_to(name) for name in names))
        slow = sum("fdatasync" in line for line in tracer.lines)
        more = [self.order() for _ in range(20)]
        self.penstockd.end(signal.SIGKILL)
        while self.client_of_test.read(0.05):
            pass
        self.start_penstockd()
        self.come_back()
        say(f"R5: {slow} syncs of 200 ms more each: 200 orders sent at once, all answered; kill -9 with "
            f"{len(more)} more under way; {self.assert_nothing_lost()} orders told of, 0 lost")

    def test_sessions_outlive_a_disk_that_hangs(self):
        self.begin(sync_method='"fdatasync"')
        logons = self.venue_logons()
        self.client_of_test.connection.close()
        client = self.connect("CLIENT1")
        client.next_out = self.client_of_test.next_out
        client.log_on("98=0|108=1|")
        tracer = self.inject("fdatasync", f"delay_exit={SLOW_SYNC_US}")
        beats = self.heartbeats(client, 5)
        client.send("5")
        client.received_until_closed()
        tracer.end(signal.SIGINT)
        sent = client.next_out
        client = self.connect("CLIENT1")
        client.next_out = sent
        client.log_on()
        tracer = self.inject("fdatasync", f"delay_exit={HANGING_SYNC_US}")
        client.order("hangs", 10, "24.00")
        while (message := self.received(client))[35] != "8":
            pass
        self.assertEqual((message[11], message[150]), ("hangs", "0"))
        tracer.end(signal.SIGINT)
        client.test_request("after")
        self.assertEqual(self.venue_logons(), logons, "the venue's session was lost")
        say(f"R5: {beats} heartbeats at an interval of a second while each sync took 200 ms more; an "
            f"order and "
            "a test request answered while each took 3 s more; no session was lost")

    def heartbeats(self, client, wanted):
        """Waits for so many, and keeps its own session rule: nothing but heartbeats goes either way."""
        for _ in range(wanted):
            while (message := self.received(client))[35] != "0":
                self.assertEqual(message[35], "1", f"the session is disturbed: {message}")
        return wanted

    @staticmethod
    def received(client):
        """The next message, after the client's part of the session rules: a heartbeat for each."""
        message = client.receive()
        client.send("0", f"112={message[112]}|" if message[35] == "1" else "")
        return message

    def venue_logons(self):
        return sum("35=A" in line for line in self.venue_log())


if __name__ == "__main__":
    unittest.main()
