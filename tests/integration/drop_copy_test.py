"""A drop copy session: it reads a copy of every ExecutionReport(8) of every client, and does nothing else."""
import unittest

import support

# What belongs to a session and not to the report it carries.
OF_THE_SESSION = (8, 9, 10, 34, 43, 49, 52, 56, 122)


def told(report):
    """What a report says, whoever it is sent to."""
    return [(tag, value) for tag, value in report if tag not in OF_THE_SESSION]


class DropCopy(support.System):
    def setUp(self):
        super().setUp()
        self.start_system(support.session_section("DESK1"), support.session_section("DESK2"),
                          support.session_section("COPY", role='"drop_copy"'))
        self.desk1 = self.trader("DESK1")
        self.desk2 = self.client("DESK2")

    def log_on_copy(self, next_out=1):
        """(the drop copy, the number of the next message it will get)"""
        copy = self.connect("COPY")
        copy.next_out = next_out
        return copy, copy.log_on().number() + 1

    def trade(self, client, name, side=1):
        """An order that trades at once. What the client is told, until it is filled."""
        client.order(name, 10, side=side)
        reports = [client.until(t35="8", t11=name)]
        while reports[-1][39] != "2":
            reports.append(client.until(t35="8", t11=name))
        return reports

    def refusal(self, client, name):
        client.order(name, 1, "1")
        return [client.report(name, "8")]

    def receive(self, copy, count):
        return [copy.until(t35="8") for _ in range(count)]

    def test_it_gets_a_copy_of_every_report_of_every_client(self):
        copy, first = self.log_on_copy()
        reports = (self.trade(self.desk1, "one") + self.trade(self.desk2, "two", side=2) +
                   self.refusal(self.desk2, "refused"))
        copies = self.receive(copy, len(reports))
        self.assertEqual([told(one) for one in copies], [told(one) for one in reports])
        self.assertEqual([one.number() for one in copies], list(range(first, first + len(reports))))
        self.assertEqual({one[56] for one in copies}, {"COPY"})

    def test_a_life_of_an_order_is_copied_and_nothing_else_arrives(self):
        copy, _ = self.log_on_copy()
        self.assert_trades(self.desk1)
        self.desk1.cancel("too-late", "life-1-cancel", 1)
        self.assertEqual(self.desk1.until(t35="9")[11], "too-late")  # a CancelReject, no report
        copy.send("1", "112=end|")
        kinds = []
        while (message := copy.receive())[35] != "0":
            kinds.append((message[35], message[11], message[150]))
        self.assertEqual(kinds, [("8", "life-1", "0"), ("8", "life-1-amend", "E"), ("8", "life-1-amend", "5"),
                                 ("8", "life-1-cancel", "6"), ("8", "life-1-cancel", "4")])

    def test_an_order_on_it_is_refused_as_not_authorized(self):
        copy, _ = self.log_on_copy()
        requests = {"D": lambda: copy.order("no", 1, "24.00"), "F": lambda: copy.cancel("no-2", "no", 1),
                    "G": lambda: copy.amend("no-3", "no", 1, "24.00"),
                    "H": lambda: copy.send("H", "11=no|54=1|55=DUNE|")}
        for msg_type, request in requests.items():
            with self.subTest(msg_type):
                number = copy.next_out
                request()
                reject = copy.receive()
                said = (reject[35], reject[380], reject[372], reject[45])
                self.assertEqual(said, ("j", "6", msg_type, str(number)))
                self.assertIn("only reads", reject[58])
        self.assert_trades(self.desk1)

    def test_what_it_missed_while_away_comes_by_resend_exactly_once(self):
        copy, _ = self.log_on_copy()
        seen = self.trade(self.desk1, "seen")
        last = self.receive(copy, len(seen))[-1].number()
        copy.close()
        self.penstockd.wait_for("PENSTOCK->COPY: disconnected")

        missed = self.trade(self.desk1, "missed") + self.trade(self.desk2, "missed-too", side=2)
        copy, following = self.log_on_copy(next_out=copy.next_out)
        self.assertEqual(following, last + len(missed) + 2)  # + the Logon
        copy.send("2", f"7={last + 1}|16=0|")
        again = self.receive(copy, len(missed))
        self.assertEqual([told(one) for one in again], [told(one) for one in missed])
        self.assertEqual([one.number() for one in again], list(range(last + 1, last + 1 + len(missed))))
        self.assertEqual({one[43] for one in again}, {"Y"})
        self.assertEqual(copy.receive()[35], "4")  # the Logon is not repeated

        live = self.trade(self.desk2, "live")
        self.assertEqual([told(one) for one in self.receive(copy, len(live))], [told(one) for one in live])


if __name__ == "__main__":
    unittest.main()
