"""A ResendRequest over a long history is answered in slices: whole, in order, and with everybody else served
in between."""
import unittest

import support

REPORTS = 20_000
BATCH = 500


class LongResend(support.System):
    def setUp(self):
        super().setUp()
        self.start_system(support.session_section("LONG"), support.session_section("OTHER"))
        self.other = self.trader("OTHER")

    def refused_order(self, client, name):
        return client.message("D", f"11={name}|21=1|38=1|40=2|44=1|54=1|55=NONE|59=0|60=NOW|")

    def make_history(self, client):
        """So many refusals, sent and read. The number of the last one."""
        for first in range(0, REPORTS, BATCH):
            client.send_bytes(b"".join(self.refused_order(client, f"n-{first + i}") for i in range(BATCH)))
            for _ in range(BATCH):
                last = client.until(t35="8")
        return last.number()

    def test_each_message_comes_once_and_others_are_served_meanwhile(self):
        client = self.client("LONG", receive_buffer=4096)
        last = self.make_history(client)
        ask = client.message("2", "7=1|16=0|")
        client.send_bytes(ask + self.refused_order(client, "live"))

        # The first slice has left, and more than the sockets hold is to come.
        again = []
        live = None
        while len(again) < 300:
            message = client.until(t35="8")
            if message[11] == "live":
                live = message
            else:
                again.append(message)
        self.other.order("meanwhile", 10, "24.00")
        served = self.other.report("meanwhile", "0")
        self.assertEqual(again[-1][43], "Y")
        while not again or again[-1].number() < last:
            message = client.until(t35="8")
            if message[11] == "live":
                live = message
            else:
                again.append(message)

        self.assertEqual([one[11] for one in again], [f"n-{i}" for i in range(REPORTS)])
        self.assertEqual({one[43] for one in again}, {"Y"})
        self.assertEqual([one.number() for one in again], sorted({one.number() for one in again}))
        # A report made while the resend lasts does not wait for its end, on this session or another.
        self.assertIsNotNone(live)
        self.assertIsNone(live.get(43))
        self.assertGreater(live.number(), last)
        self.assertLess(live[52], again[-1][52])
        self.assertLess(served[52], again[-1][52])
        client.test_request("whole")


if __name__ == "__main__":
    unittest.main()
