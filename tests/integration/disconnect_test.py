"""What becomes of orders when their client is gone: over FIX, in the real process, across a crash. And the
mass cancel of a risk session. A drop copy tells what happens while a client is away."""
import signal
import unittest

import support

POLICY = {"cancel_on_disconnect": "true", "disconnect_grace_s": "1"}


class Disconnect(support.System):
    def start_with(self, **desk1):
        self.start_system(support.session_section("DESK1", **POLICY, **desk1),
                          support.session_section("DESK2"),
                          support.session_section("DESK3", **POLICY),
                          support.session_section("RISK", mass_cancel='"accounts"'),
                          support.session_section("COPY", role='"drop_copy"'))
        self.desk1 = self.trader("DESK1")
        self.desk2 = self.client("DESK2")
        self.copy = self.client("COPY")

    def rest(self, client, name, side=1):
        """An order that stays where it is."""
        client.order(name, 10, "24.00" if side == 1 else "26.00", side=side)
        client.report(name, "0")

    def open_orders(self, client):
        """ClOrdIDs of the client's open orders, by mass status."""
        client.send("AF", "584=all|585=7|")
        names = []
        while True:
            report = client.until(t35="8", t584="all")
            if report[39] != "8":
                names.append(report[11])
            if report[912] == "Y":
                return names

    def lose_another(self):
        """A client with the same grace period is lost now. Returns when its order is gone: those lost before
        it have had their time too."""
        other = self.client("DESK3")
        self.rest(other, "other")
        other.close()
        self.copy.report("other", "4")

    def back(self, lost):
        client = self.connect(lost.sender)
        client.next_out = lost.next_out
        client.log_on()
        return client

    def test_orders_of_a_lost_client_go_and_nobody_elses(self):
        self.start_with()
        self.rest(self.desk1, "a1")
        self.rest(self.desk2, "b1")
        self.desk1.close()
        self.assertEqual(self.copy.report("a1", "4")[39], "4")
        self.assertEqual(self.open_orders(self.desk2), ["b1"])
        self.assertEqual(self.open_orders(self.back(self.desk1)), [])

    def test_back_in_time_keeps_them(self):
        self.start_with()
        self.rest(self.desk1, "a1")
        self.desk1.close()
        desk1 = self.back(self.desk1)
        self.lose_another()
        self.assertEqual(self.open_orders(desk1), ["a1"])

    def test_a_logout_may_leave_them(self):
        self.start_with(on_logout='"keep"')
        self.rest(self.desk1, "a1")
        self.desk1.send("5")
        self.desk1.received_until_closed()
        self.lose_another()
        desk1 = self.back(self.desk1)
        self.assertEqual(self.open_orders(desk1), ["a1"])
        desk1.close()  # lost, this time
        self.copy.report("a1", "4")

    def test_after_a_crash_whoever_does_not_come_back_is_lost(self):
        self.start_with()
        self.rest(self.desk1, "a1")
        self.rest(self.desk2, "b1")
        self.penstockd.end(signal.SIGKILL)
        self.start_penstockd()
        copy = self.back(self.copy)
        self.assertEqual(copy.report("a1", "4")[39], "4")
        self.assertEqual(self.open_orders(self.back(self.desk2)), ["b1"])

    def test_after_a_crash_what_waited_inside_ends_and_its_client_hears_of_it(self):
        self.start_system(support.session_section("DESK1", cancel_on_disconnect="true"))
        desk1 = self.trader("DESK1")
        desk1.send("D", "11=p1|18=S|38=10|40=2|44=24.00|54=1|55=DUNE|59=0|60=NOW|")
        self.assertEqual(desk1.report("p1", "0")[39], "9")
        self.penstockd.end(signal.SIGKILL)
        self.start_penstockd()
        desk1 = self.back(desk1)
        desk1.send("2", "7=1|16=0|")
        self.assertEqual(desk1.report("p1", "4")[39], "4")

    def test_a_risk_session_cancels_one_side_of_an_account(self):
        self.start_with()
        self.rest(self.desk1, "a1")
        self.rest(self.desk2, "b1", side=2)
        risk = self.client("RISK")
        risk.send("q", "11=m1|530=7|1=DESK-B|60=NOW|")
        refused = risk.until(t35="r", t11="m1")
        self.assertEqual((refused[531], refused[532]), ("0", "99"))
        risk.send("q", "11=m2|530=7|1=DESK-A|54=2|60=NOW|")
        done = risk.until(t35="r", t11="m2")
        self.assertEqual((done[531], done[533], done[54]), ("7", "1", "2"))
        self.assertEqual(self.desk2.report("b1", "4")[39], "4")
        self.assertEqual(self.open_orders(self.desk1), ["a1"])


if __name__ == "__main__":
    unittest.main()
