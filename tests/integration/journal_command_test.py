"""penstock journal: what is printed of a journal that is written, that was stopped, and that was damaged."""
import json
import os
import shutil
import signal
import unittest

import operators
import support


class JournalCommand(operators.Operator):
    def setUp(self):
        super().setUp()
        self.start_system(support.session_section("CLIENT1"))
        self.trader = self.client("CLIENT1")
        support.wait_for_market(self.trader)
        for number in range(5):
            self.trader.order(f"o{number}", 10, "24.00")
            self.trader.report(f"o{number}", "0")
        self.last = self.settled()["seq"]
        # The watermark follows within a moment.
        while self.verified()["records"] < self.last:
            pass

    def verified(self):
        return json.loads(self.penstock("journal", "verify", "--config", "penstock.toml", "--json"))

    def state(self, *names):
        return os.path.join(self.folder, "state", *names)

    def test_an_order_is_followed_beside_the_running_program(self):
        records = self.records("--order", "o3")
        self.assertEqual([record["input"]["what"] for record in records], ["NewOrder", "VenueAccepted"])
        order_id = records[1]["outputs"][0]["order_id"]
        self.assertEqual(self.records("--order", str(order_id)), records)
        text = self.penstock("journal", "inspect", "--directory", "state", "--order", "o3")
        self.assertIn("NewOrder{", text)
        self.assertIn("|35=D|", text)
        self.assertTrue(self.penstockd.is_running())

    def test_a_replay_leads_to_the_state_of_the_running_program(self):
        status = self.status()
        text = self.penstock("journal", "replay", "--config", "penstock.toml", "--to", str(status["seq"]))
        self.assertIn(status["state_hash"], text)
        self.assertIn("5 orders open", text)

    def test_the_book_of_any_past_moment(self):
        accepted = self.records("--order", "o2")[1]
        def book(moment):
            text = self.penstock("journal", "replay", "--config", "penstock.toml", "--to", moment, "--print",
                                 "orders", "--json")
            return {order["cl_ord_id"]: order for order in map(json.loads, text.splitlines())}
        now = book(accepted["time"])
        self.assertEqual(sorted(now), ["o0", "o1", "o2"])
        self.assertEqual(now["o2"]["state"], "Working")
        self.assertEqual(now["o2"]["leaves"], "10")
        self.assertEqual(now["o2"]["children"][0]["venue"], "XV44")
        self.assertEqual(book(str(accepted["seq"] - 1))["o2"]["state"], "PendingNew")

    def test_an_id_with_a_line_break_makes_no_line_of_its_own(self):
        self.trader.order("a\nb\x1b", 10, "24.00")
        self.trader.report("a\nb\x1b", "0")
        self.on_disk()
        book = self.penstock("journal", "replay", "--config", "penstock.toml", "--print", "orders")
        self.assertIn("cl_ord_id=a\\x0ab\\x1b", book)
        self.assertNotIn("\nb", book)

    def test_damage_is_named_and_a_copy_is_compared(self):
        self.trader.close()
        self.penstockd.end()
        self.assertIn("sound", self.penstock("journal", "verify", "--directory", "state"))
        copy = self.state("..", "copy")
        shutil.copytree(self.state("journal"), copy)
        self.assertIn("all equal", self.penstock("journal", "diff", "state", "copy"))
        name = next(name for name in os.listdir(copy) if name.startswith("j-"))
        with open(os.path.join(copy, name), "r+b") as file:
            file.seek(5000)
            byte = file.read(1)
            file.seek(5000)
            file.write(bytes([byte[0] ^ 1]))
        found = json.loads(self.penstock("journal", "verify", "--directory", "copy", "--json", code=1))
        self.assertFalse(found["sound"])
        self.assertTrue(found["file"].endswith(name))
        self.assertLessEqual(found["offset"], 5000)
        self.assertLess(5000 - found["offset"], 1000)
        self.penstock("journal", "verify", "--directory", "nowhere", code=2)

    def test_a_killed_program_leaves_a_journal_that_verifies(self):
        self.penstockd.end(signal.SIGKILL)
        before = sorted(os.listdir(self.state("journal")))
        self.assertIn("sound", self.penstock("journal", "verify", "--directory", "state"))
        self.assertEqual(sorted(os.listdir(self.state("journal"))), before, "it only looks")


if __name__ == "__main__":
    unittest.main()
