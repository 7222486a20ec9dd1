"""Backups and shipped copies: made beside the running program, refused when damaged, restored to a point in
time, and halted until an operator says otherwise."""
import json
import os
import re
import shutil
import signal
import time
import unittest

import journal_files
import operators
import support

# A watermark of generation 1 in front of the first record (persistence/README.md).
NO_RECORD = (4 * b"\0" + (1).to_bytes(8, "little")).ljust(84, b"\0")
NO_RECORD = journal_files.crc32c(NO_RECORD).to_bytes(4, "little") + NO_RECORD


class Restore(operators.Operator):
    def setUp(self):
        super().setUp()
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))
        self.add_to_configuration('\n[storage]\nship = "ship"\nship_interval_s = 1\n')
        self.start_penstockd()
        self.client1 = self.trader("CLIENT1")
        self.trade("a", 10)

    def trade(self, prefix, orders):
        for number in range(orders):
            self.client1.order(f"{prefix}{number}", 10, "24.00")
            self.client1.report(f"{prefix}{number}", "0")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def watermark(self):
        said = self.penstock("journal", "verify", "--config", "penstock.toml", "--json")
        return json.loads(said)["records"]

    def wait_for(self, reached):
        deadline = time.monotonic() + support.START_SECONDS
        while not reached():
            self.assertLess(time.monotonic(), deadline)

    def lose_everything(self):
        """kill -9, and the state is gone. With the venue a reset at the next logon is agreed."""
        self.penstockd.end(signal.SIGKILL)
        shutil.rmtree(self.path("state"))
        self.client1.close()
        self.add_to_configuration("", **{"[venue]": "reset_on_logon = true"})

    def test_a_backup_is_restored_and_halted(self):
        seq = self.settled()["seq"]
        self.wait_for(lambda: self.watermark() >= seq)
        backup = json.loads(self.penstock("backup", "kept", "--config", "penstock.toml"))
        self.assertGreaterEqual(backup["seq"], seq)
        self.penstock("backup", "kept", "--config", "penstock.toml", code=2)
        self.trade("b", 5)
        self.penstock("restore", "kept", "--to", "state", code=2)
        self.assertIn("nothing is ever overwritten", self.said)
        self.lose_everything()
        back = json.loads(self.penstock("restore", "kept", "--to", "state"))
        self.assertEqual(back["seq"], backup["seq"])
        self.begin_and_trade()

    def begin_and_trade(self):
        self.start_penstockd()
        self.assertIn("HALTED", self.penstockd.output())
        self.assertTrue(self.status()["halted"])
        client = self.connect("CLIENT1")
        client.log_on("98=0|108=30|141=Y|")
        client.order("while-halted", 10, "24.00")
        self.assertIn("Halted", client.report("while-halted", "8")[58])
        self.penstock("resume", "--config", "penstock.toml", "--reason", "reconciled with XV44")
        support.wait_for_market(client)
        client.order("after", 10, "24.00")
        client.report("after", "0")
        sent = self.records("--order", "after")[0]["outputs"]
        child = next(one["child"] for one in sent if one["what"] == "VenueNewOrder")
        self.assertGreater(child, 10_000_000, "an id that was given out after the copy may come again")
        client.close()

    def test_a_damaged_backup_is_refused_and_nothing_is_made(self):
        self.on_disk()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        name = next(name for name in os.listdir(self.path("kept", "journal")) if name.startswith("j-"))
        self.assertGreater(os.path.getsize(self.path("kept", "journal", name)), 128)
        for file in (self.path("kept", "journal", name), self.path("kept", "journal", "HEAD"),
                     self.path("kept", "MANIFEST")):
            with open(file, "r+b") as stream:
                stream.seek(100)
                byte = stream.read(1)
                stream.seek(100)
                stream.write(bytes([byte[0] ^ 4]))
            self.penstock("restore", "kept", "--to", "elsewhere", code=2)
            self.assertIn(file.split("/kept/")[1], self.said)
            self.assertFalse(os.path.exists(self.path("elsewhere")))
            self.assertFalse(os.path.exists(self.path("elsewhere.restoring")))
            with open(file, "r+b") as stream:
                stream.seek(100)
                stream.write(byte)
        for stray in (self.path("kept", "snapshots", "s-x"), self.path("kept", "stray")):
            os.makedirs(os.path.dirname(stray), exist_ok=True)
            with open(stray, "wb") as stream:
                stream.write(b"from somewhere else")
            self.penstock("restore", "kept", "--to", "elsewhere", code=2)
            self.assertIn(stray.split("/kept/")[1] + ": was not backed up", self.said)
            os.remove(stray)
        self.penstock("restore", "kept", "--to", "elsewhere")

    def test_a_backup_into_what_it_copies_is_refused(self):
        os.symlink("state", self.path("other-name"))
        for inside in ("state", "state/audit/copy", "other-name/copy"):
            self.penstock("backup", inside, "--config", "penstock.toml", code=2)
            self.assertIn("is inside of", self.said)
        self.assertFalse(os.path.exists(self.path("state", "audit", "copy")))
        self.penstock("backup", "state-of-today", "--config", "penstock.toml")

    def test_a_restore_whose_folders_lie_in_each_other_is_refused_before_anything_is_written(self):
        self.on_disk()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        os.makedirs(self.path("new"))
        os.symlink("new", self.path("other-name"))
        before = sorted(os.listdir(self.folder))
        for state, archive in (("new", "new/archive"), ("new", "new"), ("new/", "./new/../new/archive"),
                               ("new", "other-name/archive"), ("archive/state", "archive")):
            self.penstock("restore", "kept", "--to", state, "--archive", archive, code=2)
            inner, outer = (state, archive) if state.startswith(archive + "/") else (archive, state)
            self.assertIn("nothing was restored: --", self.said)
            self.assertRegex(self.said, f"{re.escape(inner)} is inside of --(to|archive) {re.escape(outer)}:")
        self.penstock("restore", "kept", "--to", "kept/new", code=2)
        self.assertIn("--to kept/new is inside of the copy kept", self.said)
        self.assertEqual(sorted(os.listdir(self.folder)), before)
        self.assertEqual(os.listdir(self.path("new")), [])
        self.penstock("restore", "kept", "--to", "new")

    def test_one_flipped_bit_in_the_head_of_a_restored_state_is_survived(self):
        self.on_disk()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        for slot in (1, 2):
            self.penstock("restore", "kept", "--to", f"back{slot}")
            journal_files.flip(self.path(f"back{slot}", "journal", "HEAD"), slot * 4096 + 20)
            self.assertIn("sound", self.penstock("journal", "verify", "--directory", f"back{slot}"))
        self.lose_everything()
        os.rename(self.path("back1"), self.path("state"))
        self.begin_and_trade()

    def test_a_journal_that_has_just_begun_is_backed_up(self):
        self.client1.close()
        self.penstockd.end()
        shutil.rmtree(self.path("state"))
        self.start_penstockd()
        self.penstock("backup", "early", "--config", "penstock.toml")  # perhaps of no record yet
        self.on_disk()
        self.penstock("backup", "soon", "--config", "penstock.toml")
        back = json.loads(self.penstock("restore", "soon", "--to", "elsewhere"))
        self.assertGreater(back["records"], 0)
        self.assertIn("sound", self.penstock("journal", "verify", "--directory", "elsewhere"))

    def test_a_journal_without_a_record_is_not_restored(self):
        self.client1.close()
        self.penstockd.end()
        os.makedirs(self.path("empty", "journal"))
        with open(self.path("state", "journal", "HEAD"), "rb") as stream:
            identity = stream.read(4096)  # as it is before the first record
        with open(self.path("empty", "journal", "HEAD"), "wb") as stream:
            stream.write(identity + NO_RECORD.ljust(4096, b"\0") + bytes(4096))
        self.penstock("restore", "empty", "--to", "elsewhere", code=2)
        self.assertIn("without a record", self.said)
        self.assertFalse(os.path.exists(self.path("elsewhere")))
        self.assertFalse(os.path.exists(self.path("elsewhere.restoring")))

    def test_a_point_in_time_is_restored(self):
        self.penstockd.end()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        accepted = self.records("--order", "a4")[1]
        back = json.loads(self.penstock("restore", "kept", "--to", "then", "--until", accepted["time"]))
        self.assertEqual(back["seq"], accepted["seq"])
        book = self.penstock("journal", "replay", "--directory", "then", "--print", "orders")
        self.assertIn("cl_ord_id=a4 ", book)
        self.assertNotIn("cl_ord_id=a5 ", book)
        self.penstock("restore", "kept", "--to", "later", "--until", "3026-01-01", code=2)
        self.assertIn("before 2262", self.said)
        self.penstock("restore", "kept", "--to", "earlier", "--until", "1999-01-01", code=2)
        self.assertFalse(os.path.exists(self.path("earlier")))
        equal = self.penstock("journal", "diff", "then", "state")
        self.assertIn(f"{accepted['seq']} records, all equal; right has more", equal)

    def test_a_point_beyond_the_end_restores_all_and_says_so(self):
        self.penstockd.end()
        kept = json.loads(self.penstock("backup", "kept", "--config", "penstock.toml"))
        for number, until in enumerate((str(kept["seq"] + 1), "2200-01-01")):
            back = json.loads(self.penstock("restore", "kept", "--to", f"all{number}", "--until", until))
            self.assertEqual(back["seq"], kept["seq"])
            self.assertIn(f"the last record of kept is {kept['seq']} of {back['time']}, "
                          f"earlier than --until {until}", self.said)
        self.penstock("restore", "kept", "--to", "same", "--until", str(kept["seq"]))
        self.assertNotIn("earlier than", self.said)

    def test_the_shipped_copy_is_restored_when_all_else_is_lost(self):
        seq = self.settled()["seq"]
        def shipped():
            head = self.path("ship", "journal", "HEAD")
            return os.path.exists(head) and json.loads(
                self.penstock("journal", "verify", "--directory", "ship/journal", "--json"))["records"] >= seq
        self.wait_for(shipped)
        self.lose_everything()
        back = json.loads(self.penstock("restore", "ship", "--to", "state"))
        self.assertGreaterEqual(back["seq"], seq)
        self.penstock("restore", "ship", "--to", "state", code=2)
        self.begin_and_trade()

    def shipped_seq(self):
        head = self.path("ship", "journal", "HEAD")
        if not os.path.exists(head):
            return 0
        said = self.penstock("journal", "verify", "--directory", "ship/journal", "--json")
        return json.loads(said)["watermark"]  # behind it a piece may be under way

    def trade_again(self, prefix, orders):
        """After a restore: the client begins anew, and the operator lets orders through."""
        self.client1 = self.connect("CLIENT1")
        self.client1.log_on("98=0|108=30|141=Y|")
        self.penstock("resume", "--config", "penstock.toml", "--reason", "reconciled with XV44")
        support.wait_for_market(self.client1)
        self.trade(prefix, orders)

    def test_a_shipped_copy_of_before_a_restore_is_not_continued(self):
        self.on_disk()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        self.trade("lost", 20)
        seq = self.settled()["seq"]
        self.wait_for(lambda: self.shipped_seq() >= seq)
        self.lose_everything()
        self.penstock("restore", "kept", "--to", "state")
        self.start_penstockd()
        self.trade_again("c", 60)  # longer than the copy by now
        self.wait_for(lambda: any("has other bytes" in line for line in list(self.penstockd.lines)))
        self.assertIn("sound", self.penstock("journal", "verify", "--directory", "ship/journal"))
        self.assertIn("cl_ord_id=lost19 ", self.penstock(
            "journal", "replay", "--directory", "ship/journal", "--print", "orders"))
        os.rename(self.path("ship"), self.path("ship.before"))
        seq = self.settled()["seq"]
        self.wait_for(lambda: self.shipped_seq() >= seq)

    def test_a_restored_start_gives_out_no_id_twice(self):
        """What a start itself does, such as reject orders of the time it was gone, comes after the mark."""
        self.on_disk()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        last = max(one["seq"] for one in self.records())
        self.lose_everything()
        self.penstock("restore", "kept", "--to", "state")
        self.start_penstockd()
        new = [one for one in self.records() if one["seq"] > last]
        self.assertEqual([one["input"].get("action") for one in new[:2]], ["restored", None])

    def test_a_backup_beside_a_crashed_penstockd_has_its_last_records(self):
        seq = self.settled()["seq"]
        self.penstockd.end(signal.SIGKILL)
        kept = json.loads(self.penstock("backup", "kept", "--config", "penstock.toml"))
        self.assertGreaterEqual(kept["seq"], seq)
        back = json.loads(self.penstock("restore", "kept", "--to", "elsewhere"))
        self.assertEqual(back["seq"], kept["seq"])
        equal = self.penstock("journal", "diff", "elsewhere", "state")
        self.assertIn("all equal", equal)


if __name__ == "__main__":
    unittest.main()
