"""Archived segments: a start, a resend and every reader do as if they were there; what must stay does."""
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
import unittest

import journal_files
import operators
import support

ORDERS = 7000  # some ten megabytes of journal


class Archive(operators.Operator):
    def setUp(self):
        super().setUp()
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))
        self.add_to_configuration('\n[storage]\narchive = "archive"\nkeep_segments = 0\n'
                                  '[storage.retention]\njournal = "0d"\n', journal="segment_mib = 1")
        self.start_penstockd()
        client = self.trader("CLIENT1")
        client.order("first", 10, "24.00")
        self.first = client.report("first", "0")
        for number in range(ORDERS):
            client.order(f"o{number}", 10, "24.00")
            if number % 50 == 49:
                client.report(f"o{number}", "0")
            if number % 1000 == 999:
                self.snapshot()
        self.hash = self.settled()["state_hash"]
        self.numbers = client.next_out
        client.close()

    def snapshot(self):
        """Waits for one that is new; the child that takes it archives, too."""
        folder = os.path.join(self.folder, "state", "snapshots")
        before = set(os.listdir(folder)) if os.path.isdir(folder) else set()
        deadline = time.monotonic() + support.START_SECONDS
        while time.monotonic() < deadline:
            penstockd = os.path.join(support.BUILD, "penstockd")
            done = subprocess.run([penstockd, "--config", "penstock.toml", "snapshot"], cwd=self.folder,
                                  check=False, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            if set(os.listdir(folder)) - before:
                return
        self.fail("no snapshot was taken")

    def names(self, folder):
        return sorted(name for name in os.listdir(os.path.join(self.folder, folder)) if name.startswith("j-"))

    def test_the_life_of_archived_segments(self):
        self.assertGreater(len(self.names("archive")), 1)
        self.assertNotIn("j-00000000000000000001.seg", self.names("state/journal"))
        self.assertIn("all as they were", self.penstock("archive", "verify", "--config", "penstock.toml"))
        self.assertIn("sound", self.penstock("journal", "verify", "--config", "penstock.toml"))
        self.assertEqual(self.records("--to", "3")[0]["seq"], 1)
        whole = self.penstock("journal", "replay", "--whole", "--config", "penstock.toml", "--to",
                              str(self.status()["seq"]))
        self.assertIn(self.status()["state_hash"], whole)
        # What lies in the archive is sent again.
        client = self.connect("CLIENT1")
        client.next_out = self.numbers
        client.log_on()
        client.send("2", f"7={self.first.number()}|16={self.first.number()}|")
        again = client.until(t35="8")
        self.assertEqual((again[43], again[17], again[11]), ("Y", self.first[17], "first"))
        client.close()
        self.penstockd.end(signal.SIGKILL)
        self.start_penstockd()
        self.assertIn("begins at the snapshot", self.penstockd.output())
        self.keep_and_prune()

    def keep_and_prune(self):
        first = self.names("archive")[0]
        self.penstock("archive", "hold", "add", "case-7", "--from", "2020-01-01", "--to", "2100-01-01",
                      "--reason", "counsel", "--config", "penstock.toml")
        # A second one of the name is neither done nor on record, nor is the end of one that there never was.
        self.penstock("archive", "hold", "add", "case-7", "--from", "2026-01-01", "--to", "2026-01-02",
                      "--reason", "counsel", "--config", "penstock.toml", code=1)
        self.assertIn("there is a hold case-7 already, of records from 2020-01-01", self.said)
        self.penstock("archive", "hold", "release", "case-9", "--reason", "a slip", "--config",
                      "penstock.toml", code=1)
        self.assertIn("there is no hold case-9; holds are case-7", self.said)
        self.assertIn("held by case-7", self.penstock("archive", "prune", "--config", "penstock.toml"))
        self.assertIn(first, self.names("archive"))
        self.penstock("archive", "hold", "release", "case-7", "--reason", "settled",
                      "--config", "penstock.toml")
        today = time.strftime("%Y-%m-%d", time.gmtime())
        self.penstock("archive", "hold", "add", "today", "--from", today, "--to", today, "--reason",
                      "counsel", "--config", "penstock.toml")
        self.assertIn("held by today", self.penstock("archive", "prune", "--config", "penstock.toml"))
        self.penstock("archive", "hold", "release", "today", "--reason", "settled",
                      "--config", "penstock.toml")
        self.assertIn("would go", self.penstock("archive", "prune", "--dry-run", "--config", "penstock.toml"))
        self.assertIn(first, self.names("archive"))
        gone = self.penstock("archive", "prune", "--config", "penstock.toml")
        self.assertIn(" goes:", gone)
        self.assertNotIn(first, self.names("archive"))
        acts = [one["input"] for one in self.records() if one["input"]["what"] == "OperatorActed"]
        self.assertEqual([act["action"] for act in acts][:3], ["hold-add", "hold-release", "hold-add"])
        deleted = next(act for act in acts if act["action"] == "archive-delete")
        self.assertEqual(deleted["subject"], first)
        self.assertIn("were deleted", self.penstock("journal", "verify", "--config", "penstock.toml"))
        # A start needs none of what went; recorded by a command beside a stopped penstockd, too.
        self.assertEqual(self.penstockd.end(), 0)
        self.penstock("archive", "hold", "add", "case-8", "--from", "2020-01-01", "--to", "2100-01-01",
                      "--config", "penstock.toml")
        self.start_penstockd()
        self.assertIn("begins at the snapshot", self.penstockd.output())
        subjects = [one["input"].get("subject") for one in self.records()]
        self.assertIn("case-8", subjects)

    def test_all_that_may_go_goes_beside_a_stopped_penstockd(self):
        self.assertEqual(self.penstockd.end(), 0)
        kept = self.names("archive")
        self.assertGreater(len(kept), 1)
        said = self.penstock("archive", "prune", "--config", "penstock.toml")
        self.assertIn(f"{len(kept)} segments deleted", said)
        self.assertEqual(self.names("archive"), [])

    def penstockd_said(self, *command, code):
        penstockd = os.path.join(support.BUILD, "penstockd")
        done = subprocess.run([penstockd, "--config", "penstock.toml", *command], cwd=self.folder,
                              check=False, capture_output=True, text=True, timeout=support.START_SECONDS)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stderr

    def test_an_archived_start_is_checked_and_a_damaged_archive_is_no_information(self):
        """What went to the archive is missing in the journal's folder, and no damage of it."""
        self.assertNotIn("j-00000000000000000001.seg", self.names("state/journal"))
        self.penstockd.end(signal.SIGKILL)
        self.start_penstockd()
        deadline = time.monotonic() + support.START_SECONDS
        while self.status()["journal_check"] == "reading":
            self.assertLess(time.monotonic(), deadline)
        self.assertEqual(self.status()["journal_check"], "sound")
        self.assertEqual(self.penstockd.end(), 0)
        self.penstock("journal", "inspect", "--directory", "state", code=1)
        self.assertIn("name their folder ([storage] archive, or --archive)", self.said)
        with open(os.path.join(self.folder, "archive", "LOCK"), "r+b") as busy:
            fcntl.flock(busy, fcntl.LOCK_EX)
            said = self.penstockd_said("snapshot", code=3)
        self.assertIn("error the archive takes no more segments: ", said)
        journal_files.flip(os.path.join(self.folder, "archive", "INDEX"), 30)
        for command in (("snapshot",), ()):
            said = self.penstockd_said(*command, code=1)
            lines = [line for line in said.splitlines() if "INDEX: is damaged" in line]
            self.assertTrue(lines, said)
            for line in lines:
                self.assertRegex(line, r"Z (warning|error) |^penstockd: cannot start: ")
        self.assertIn("the archive cannot say whether it has it", said)

    def test_an_archive_that_is_ahead_of_a_backup_is_left_alone(self):
        self.on_disk()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        client = self.connect("CLIENT1")
        client.next_out = self.numbers
        client.log_on()
        archived = len(self.names("archive"))
        for number in range(4000):
            client.order(f"lost{number}", 10, "24.00")
            if number % 50 == 49:
                client.report(f"lost{number}", "0")
            if number % 1000 == 999:
                self.snapshot()
        self.assertGreater(len(self.names("archive")), archived)
        client.close()
        self.penstockd.end(signal.SIGKILL)
        os.rename(os.path.join(self.folder, "state"), os.path.join(self.folder, "state.lost"))
        before = self.names("archive")
        self.penstock("restore", "kept", "--to", "state", "--archive", "archive", code=2)
        self.assertIn("it is ahead. Move it away and keep it", self.said)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "state")))
        self.assertEqual(self.names("archive"), before)
        os.rename(os.path.join(self.folder, "archive"), os.path.join(self.folder, "archive.lost"))
        self.penstock("restore", "kept", "--to", "state", "--archive", "archive")
        self.add_to_configuration("", **{"[venue]": "reset_on_logon = true"})
        self.start_penstockd()
        self.assertIn("sound", self.penstock("journal", "verify", "--config", "penstock.toml"))

    def digests(self, folder):
        found = {}
        for where, _, files in os.walk(os.path.join(self.folder, folder)):
            for file in files:
                with open(os.path.join(where, file), "rb") as stream:
                    found[os.path.join(where, file)] = hashlib.sha256(stream.read()).hexdigest()
        return found

    def refused(self, copy, until, *says, archive="none"):
        """Nothing is made and nothing is left over."""
        self.penstock("restore", copy, "--to", "none-state", "--archive", archive, "--until", until, code=2)
        for text in says:
            self.assertIn(text, self.said)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "none-state")))
        self.assertFalse(os.path.exists(os.path.join(self.folder, "none-state.restoring")))
        self.assertEqual(self.digests("none"), {})

    def test_a_point_in_archived_segments_is_restored(self):
        self.on_disk()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        shutil.copytree(os.path.join(self.folder, "kept"), os.path.join(self.folder, "shipped"))
        os.remove(os.path.join(self.folder, "shipped", "MANIFEST"))
        archived = self.names("archive")
        second = int(archived[1][2:22])
        before = [self.digests(folder) for folder in ("kept", "shipped", "archive")]
        # The last of a segment, the first of the next, and one in the middle; in the first segment, too.
        for copy, until in (("kept", 7), ("kept", second - 1), ("shipped", second), ("kept", second + 70)):
            to = [f"then-{until}", "--archive", f"archive-{until}"]
            back = json.loads(self.penstock("restore", copy, "--to", *to, "--until", str(until)))
            self.assertEqual(back["seq"], until)
            self.assertNotIn("earlier than", self.said)
            said = json.loads(self.penstock("journal", "verify", "--directory", *to, "--json"))
            self.assertEqual(said["records"], until)
            there = [name for name in os.listdir(os.path.join(self.folder, to[0], "journal"))
                     if name.startswith("j-")]
            self.assertEqual(len(there), 1)
            self.assertNotIn(there[0] + ".zst", self.names(to[2]))
        self.refused("kept", str(second), "it is ahead", "then name a folder that is empty",
                     archive="archive")
        self.refused("kept", "1999-01-01", "no record is as early as that")
        self.assertEqual([self.digests(folder) for folder in ("kept", "shipped", "archive")], before)
        self.go_on_from(second + 70)

    def go_on_from(self, until):
        """It is halted, and has what was before the point and nothing after it."""
        self.penstockd.end(signal.SIGKILL)
        for folder in ("state", "archive"):
            os.rename(os.path.join(self.folder, folder), os.path.join(self.folder, folder + ".lost"))
        os.rename(os.path.join(self.folder, f"then-{until}"), os.path.join(self.folder, "state"))
        os.rename(os.path.join(self.folder, f"archive-{until}"), os.path.join(self.folder, "archive"))
        self.add_to_configuration("", **{"[venue]": "reset_on_logon = true"})
        self.start_penstockd()
        self.assertTrue(self.status()["halted"])
        self.assertEqual(self.records("--from", str(until + 1))[0]["input"]["action"], "restored")
        self.on_disk()
        self.assertIn("sound", self.penstock("journal", "verify", "--config", "penstock.toml"))
        self.assertIn("all as they were", self.penstock("archive", "verify", "--config", "penstock.toml"))

    def test_a_point_in_pruned_segments_is_refused(self):
        first = self.names("archive")[0][:26]
        self.penstock("archive", "prune", "--config", "penstock.toml")
        self.on_disk()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        with open(os.path.join(self.folder, "kept", "archive", "INDEX"), encoding="utf-8") as index:
            segments = [line.split() for line in index if line.startswith("segment ")]
        deleted = [one for one in segments if one[-1] != "0"]
        end = int(deleted[-1][2])
        self.assertEqual(first, f"j-{int(deleted[0][1]):020}.seg")
        self.refused("kept", "5", "that point is in " + first, f"from record {end + 1} on")
        self.refused("kept", str(end + 1), "could not start from it",
                     f"up to j-{int(deleted[-1][1]):020}.seg were deleted")
        self.refused("kept", "1999-01-01", "no record is as early as that")
        begun = int(os.listdir(os.path.join(self.folder, "kept", "snapshots"))[0][2:22])
        self.refused("kept", str(end + 1), f"Name a point from record {begun} on")
        back = json.loads(self.penstock("restore", "kept", "--to", "then", "--archive", "archive-then",
                                        "--until", str(begun)))
        self.assertEqual((back["seq"], back["snapshot"]), (begun, True))


if __name__ == "__main__":
    unittest.main()
