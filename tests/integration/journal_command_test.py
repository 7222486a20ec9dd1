"""penstock journal: what is printed of a journal that is written, that was stopped, and that was damaged."""
import json
import os
import shutil
import signal
import unittest

import journal_files
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

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def state(self, *names):
        return self.path("state", *names)

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
        copy = self.path("copy")
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

    def test_a_filter_that_nothing_passes_is_no_success(self):
        for filters, words in (
                (("--order", "nobodys"), "no record is about order nobodys"),
                (("--order", "999999"), f"there are records 1 to {self.last}"),
                (("--from", "1000000"), "asked for are those from 1000000 on"),
                (("--from", "3", "--to", "2"), "asked for are those from 3 to 2"),
                (("--order", "o3", "--to", "2"), "no record is about order o3")):
            for form in ((), ("--json",)):
                self.assertEqual(self.penstock("journal", "inspect", "--config", "penstock.toml", *filters,
                                               *form, code=1), "")
                self.assertIn(words, self.said)
        self.assertIn("Exit codes: 0 records were printed, 1 none is as asked for",
                      self.penstock("journal", "inspect", "--help"))

    def test_a_newer_format_is_no_damage_and_says_what_is_needed(self):
        self.trader.close()
        self.penstockd.end()
        words = ("is of journal format 2, which a newer Penstock wrote; this one reads format 1. Nothing is "
                 "damaged, and nothing was changed: use a Penstock that reads journal format 2.")
        segment = next(name for name in os.listdir(self.state("journal")) if name.startswith("j-"))
        for name, size in (("HEAD", journal_files.HEAD_BYTES), (segment, journal_files.SEGMENT_BYTES)):
            path = self.state("journal", name)
            journal_files.set_format(path, size, 2)
            for command in ("verify", "inspect"):
                said = self.penstock("journal", command, "--directory", "state", code=2) + self.said
                self.assertRegex(said, f"INCOMPATIBLE .*{name}: (byte 0: )?{words}")
                self.assertNotIn("DAMAGED", said)
            refused = self.start("penstockd", "--config", "penstock.toml")
            self.assertIn(words, refused.wait_for("cannot start: "))
            self.assertEqual(refused.process.wait(support.STOP_SECONDS), 1)
            if name == segment:
                found = self.penstock("journal", "verify", "--directory", "state", "--json", code=2)
                self.assertEqual(json.loads(found)["verdict"], "incompatible")
            journal_files.set_format(path, size, 1)
        self.assertEqual(json.loads(self.penstock("journal", "verify", "--directory", "state", "--json"))
                         ["verdict"], "sound")

    def test_a_later_segment_from_elsewhere_is_named(self):
        self.trader.close()
        self.penstockd.end()
        shutil.copytree(self.state("journal"), self.path("mine"))
        segment = next(name for name in os.listdir(self.state("journal")) if name.startswith("j-"))
        os.rename(self.state(), self.path("other"))
        self.start_penstockd()  # a journal of its own
        self.penstockd.end()
        stray = self.path("mine", "j-00000000000000999999.seg")
        shutil.copyfile(self.state("journal", segment), stray)
        said = self.penstock("journal", "verify", "--directory", "mine", code=2)
        self.assertRegex(said, r"INCOMPATIBLE mine/j-0*999999\.seg: byte 0: belongs to another journal; the "
                               r"journal ends with record \d+, in mine/j-0*1\.seg")
        os.rename(self.state(), self.path("second"))
        os.rename(self.path("other"), self.state())
        shutil.move(stray, self.state("journal"))
        refused = self.start("penstockd", "--config", "penstock.toml")
        self.assertIn("j-00000000000000999999.seg: byte 0: belongs to another journal",
                      refused.wait_for("cannot start: "))
        self.assertEqual(refused.process.wait(support.STOP_SECONDS), 1)
        os.remove(self.state("journal", "j-00000000000000999999.seg"))
        self.start_penstockd()

    def test_a_killed_program_leaves_a_journal_that_verifies(self):
        self.penstockd.end(signal.SIGKILL)
        before = sorted(os.listdir(self.state("journal")))
        self.assertIn("sound", self.penstock("journal", "verify", "--directory", "state"))
        self.assertEqual(sorted(os.listdir(self.state("journal"))), before, "it only looks")


if __name__ == "__main__":
    unittest.main()
