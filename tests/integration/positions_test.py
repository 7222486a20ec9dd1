"""Positions as a venue tells them, beside what was traded: what was there before, over a restart, and a
difference that somebody makes at the venue's own screen."""
import json
import os
import signal
import unittest

import operators
import support

BY_HAND = 1023  # the venue's position moves by as much once more, and nothing is reported
CHECKS_SECONDS = 30


class Positions(operators.Operator):
    def setUp(self):
        super().setUp()
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))

    def ask_each_second(self):
        """A sheet beside penstock.toml wins over the one that comes with Penstock."""
        with open(os.path.join(support.ROOT, "spec", "venues", "sim44.toml"), encoding="utf-8") as file:
            self.write("sim44.toml", "check_positions_s = 1\n" + file.read())

    def in_journal(self):
        self.on_disk()
        text = self.penstock("journal", "replay", "--config", "penstock.toml", "--print", "positions",
                             "--json")
        return [json.loads(line) for line in text.splitlines()]

    def wait_until_told(self, net):
        """The venue has told this position."""
        while not any(row.get("told") == net for row in self.in_journal()):
            self.assert_alive()

    def differing(self):
        return self.status()["venues"][0]["positions_differ"]

    def test_the_opening_survives_a_restart_and_a_difference_is_told_until_it_is_gone(self):
        self.start_penstockd()
        client = self.trader("CLIENT1")
        client.order("before", BY_HAND, "24.00")
        client.report("before", "0")
        self.penstockd.end()

        self.ask_each_second()
        self.start_penstockd()
        self.penstockd.wait_for("Position       XV44 DESK-A DUNE  opening  told 1023, before us 1023, ours 0")
        again = self.connect("CLIENT1")
        again.next_out = client.next_out
        again.log_on()
        again.order("buy", 10, "25.50")
        again.report("buy", "F")
        self.wait_until_told("1033")
        self.penstockd.end(signal.SIGKILL)

        self.start_penstockd()
        self.penstockd.wait_for("  reconciled  ")
        self.assertEqual(self.differing(), 0)
        [position] = self.in_journal()
        whose = [position[key] for key in ("venue", "account", "symbol")]
        self.assertEqual(whose, ["XV44", "DESK-A", "DUNE"])
        self.assertEqual((position["opening"], position["ours"]), ("1023", "10"))
        last = self.connect("CLIENT1")
        last.next_out = again.next_out
        last.log_on()
        support.wait_for_market(last)
        last.order("after", BY_HAND, "24.00")
        last.report("after", "0")
        self.penstockd.wait_for("ALARM          PositionDiffers", CHECKS_SECONDS)
        self.penstockd.wait_for("told 2056, expected 1033, difference 1023 DESK-A DUNE XV44")
        self.assertEqual(self.differing(), 1)
        [position] = self.in_journal()
        self.assertEqual(position["difference"], "1023")

        last.order("back", BY_HAND, "26.00", side=2)
        last.report("back", "0")
        self.penstockd.wait_for("agrees again  told 1033, before us 1023, ours 10", CHECKS_SECONDS)
        self.assertEqual(self.differing(), 0)
        # One that lasts: people say that it is so.
        last.order("less", BY_HAND, "26.00", side=2)
        last.report("less", "0")
        self.penstockd.wait_for("told 10, expected 1033, difference -1023 DESK-A DUNE XV44", CHECKS_SECONDS)
        accept = ("accept-position", "--config", "penstock.toml", "--venue", "XV44", "--account", "DESK-A",
                  "--symbol", "DUNE", "--reason", "a transfer")
        self.penstock(*accept, "--difference", "1023", code=1)
        self.assertIn("not accepted: it differs by another amount", self.said)
        self.penstock(*accept, "--difference", "-1023")
        self.penstockd.wait_for("accepted  told 10, before us 0, ours 10, by ")
        self.assertEqual(self.differing(), 0)
        [position] = self.in_journal()
        self.assertEqual(position["ours"], "10")
        self.assertNotIn("difference", position)
        # People decide: meanwhile and now orders go as ever.
        self.assert_trades(last)


if __name__ == "__main__":
    unittest.main()
