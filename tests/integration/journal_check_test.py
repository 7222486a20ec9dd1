"""Damage before the snapshot that a start begins at: trading goes on, and it is told by file and byte."""
import os
import signal
import subprocess
import time
import unittest

import journal_files
import operators
import support

ORDERS = 1500  # more than one segment of 1 MiB


class JournalCheck(operators.Operator):
    def setUp(self):
        super().setUp()
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))
        self.add_to_configuration("", journal="segment_mib = 1")
        self.start_penstockd()
        client = self.trader("CLIENT1")
        for number in range(ORDERS):
            client.order(f"o{number}", 10, "24.00")
            if number % 50 == 49:
                client.report(f"o{number}", "0")
        self.settled()
        self.numbers = client.next_out
        client.close()
        snapshots = os.path.join(self.folder, "state", "snapshots")
        deadline = time.monotonic() + support.START_SECONDS
        while not self.newest_snapshot(snapshots) > ORDERS:
            self.assertLess(time.monotonic(), deadline)
            penstockd = os.path.join(support.BUILD, "penstockd")
            subprocess.run([penstockd, "--config", "penstock.toml", "snapshot"],
                           cwd=self.folder, check=False, capture_output=True)

    @staticmethod
    def newest_snapshot(folder):
        """The record it is of; 0: there is none."""
        names = os.listdir(folder) if os.path.isdir(folder) else []
        return max((int(name[2:-5]) for name in names if name.endswith(".snap")), default=0)

    def first(self):
        return os.path.join(self.folder, "state", "journal", "j-00000000000000000001.seg")

    def flip(self):
        journal_files.flip(self.first(), 5000)

    def checked(self):
        self.start_penstockd()
        self.assertIn("begins at the snapshot", self.penstockd.output())
        deadline = time.monotonic() + support.START_SECONDS
        while self.status()["journal_check"] == "reading":
            self.assertLess(time.monotonic(), deadline)
        return self.status()["journal_check"]

    def test_damage_before_the_snapshot_is_told_and_trading_goes_on(self):
        self.assertEqual(self.status()["journal_check"], "sound")  # a start that read all of it
        self.penstockd.end(signal.SIGKILL)
        self.assertEqual(self.checked(), "sound")
        self.penstockd.end(signal.SIGKILL)
        self.flip()
        self.assertRegex(self.checked(), r"j-0*1\.seg.*byte \d+")
        self.assertIn("the journal is DAMAGED", self.penstockd.wait_for("DAMAGED"))
        client = self.connect("CLIENT1")
        client.next_out = self.numbers
        client.log_on()
        self.wait_until_orders_may_go(client)
        client.order("after", 10, "24.00")
        client.report("after", "0")
        client.close()
        # What is damaged is neither a backup, nor archived and gone.
        self.penstock("backup", "kept", "--config", "penstock.toml", code=2)
        self.assertRegex(self.said, r"kept/journal/j-0*1\.seg: byte \d+.*is damaged")
        self.add_to_configuration('\n[storage]\narchive = "archive"\nkeep_segments = 0\n')
        self.penstock("archive", "run", "--config", "penstock.toml", code=2)
        self.assertRegex(self.said, r"state/journal/j-0*1\.seg: byte \d+.*missing: not archived")
        self.flip()
        self.assertEqual(self.penstockd.end(), 0)
        self.penstock("backup", "sound", "--config", "penstock.toml")
        self.assertEqual(self.checked(), "sound")

    def test_a_newer_segment_before_the_snapshot_is_not_called_damaged(self):
        self.penstockd.end(signal.SIGKILL)
        journal_files.set_format(self.first(), journal_files.SEGMENT_BYTES, 2)
        self.assertIn("is of journal format 2, which a newer Penstock wrote", self.checked())
        said = self.penstockd.wait_for("the journal before the snapshot was not checked")
        self.assertIn("Nothing is damaged", said)
        self.assertNotIn("DAMAGED", self.penstockd.output())


if __name__ == "__main__":
    unittest.main()
