"""A client that stops reading while reports are sent to it: cut off at the bound of its queue, and whole
again after a resend."""
import unittest

import support

MOST_ORDERS = 100_000
BATCH = 100


class SlowReader(support.System):
    def setUp(self):
        super().setUp()
        self.start_system(support.session_section("SLOW", limits="{ max_send_queue_bytes = 65536 }"),
                          support.session_section("GOOD"))
        self.good = self.trader("GOOD")

    def refused_order(self, client):
        """The bytes of an order for something nobody knows: its refusal is the shortest way to a report."""
        number = client.next_out
        return client.message("D", f"11=slow-{number}|21=1|38=1|40=2|44=1|54=1|55=NONE|59=0|60=NOW|")

    def order_until_cut_off(self, client):
        """Orders and never reads. The good session trades on meanwhile."""
        slowest = 0
        while client.next_out < MOST_ORDERS:
            try:
                client.send_bytes(b"".join(self.refused_order(client) for _ in range(BATCH)))
            except OSError:
                break
            if client.next_out % (10 * BATCH) < BATCH:
                slowest = max(slowest, self.assert_trades(self.good))
        self.assertLess(client.next_out, MOST_ORDERS, "it was never cut off")
        self.assertLess(slowest, 5)
        self.penstockd.wait_for("disconnected: the peer reads too slowly")

    def reconnect(self, slow):
        """Logs on again, with nothing to repeat. (client, how many of its messages penstockd has taken)"""
        again = self.connect("SLOW")
        again.next_out = slow.next_out
        again.log_on()
        request = again.until(t35="2")
        taken = int(request[7]) - 1
        again.send("4", f"123=Y|36={again.next_out}|", number=taken + 1, extra_header="43=Y|")
        return again, taken

    def collect(self, client, begin, end):
        """The reports that a ResendRequest for these numbers brings, by number."""
        client.send("2", f"7={begin}|16={end}|")
        reports = {}
        expected = begin
        while expected <= end:
            message = client.receive()
            if message[35] == "8":
                self.assertEqual((message.number(), message[43]), (expected, "Y"))
                reports[expected] = message
                expected += 1
            elif message[35] == "4":
                self.assertEqual(message.number(), expected)
                expected = int(message[36])
        return reports

    def assert_whole(self, client, logon_number, taken, page):
        """Every order taken was answered, and every answer comes exactly once."""
        reports = {}
        for begin in range(1, logon_number, page):
            reports.update(self.collect(client, begin, min(begin + page, logon_number) - 1))
        answered = [report[11] for report in reports.values()]
        self.assertEqual(answered, [f"slow-{number}" for number in range(2, taken + 1)])
        self.assertEqual(len({report[17] for report in reports.values()}), len(reports))
        self.assert_trades(client)
        self.assert_trades(self.good)

    def recover(self, page):
        slow = self.connect("SLOW", receive_buffer=4096)
        slow.log_on()
        self.order_until_cut_off(slow)
        slow.close()
        again, taken = self.reconnect(slow)
        # Its Logon was the number after the last report.
        self.assert_whole(again, taken + 1, taken, page)

    def with_history(self):
        greedy = self.connect("SLOW", receive_buffer=4096)
        greedy.log_on()
        for _ in range(20):
            greedy.send_bytes(b"".join(self.refused_order(greedy) for _ in range(BATCH)))
            for _ in range(BATCH):
                greedy.until(t35="8")
        return greedy

    def test_who_asks_for_a_page_again_and_again_and_never_reads_is_cut_off(self):
        greedy = self.with_history()
        try:
            for _ in range(200):
                greedy.send("2", "7=1|16=250|")
        except OSError:
            pass
        self.penstockd.wait_for("disconnected: the peer reads too slowly")
        self.assert_trades(self.good)

    def test_who_asks_for_everything_again_and_again_and_never_reads_costs_one_slice(self):
        greedy = self.with_history()
        before = self.penstockd.resident_kb()
        for _ in range(50):
            greedy.send("2", "7=1|16=0|")
        self.assert_trades(self.good)
        if not support.IS_SANITIZED:
            self.assertLess(self.penstockd.resident_kb() - before, 8 * 1024)
        greedy.test_request("reads again")
        self.assert_trades(self.good)

    def test_it_gets_every_report_exactly_once_when_it_asks_page_by_page(self):
        self.recover(page=100)

    def test_it_gets_every_report_exactly_once_when_it_asks_for_everything(self):
        self.recover(page=MOST_ORDERS)


if __name__ == "__main__":
    unittest.main()
