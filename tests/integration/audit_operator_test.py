"""What operators meet at the audit: a key that is there already, reports of a journal whose first records are
archived or gone, and what is said of a witness that does not answer."""
import csv
import os
import subprocess
import time
import unittest

import auditors
import support

HERE = ("--config", "penstock.toml")
WHY = ("--reason", "they ask")
CHUNK = 1000  # orders between two snapshots


class AuditOperator(auditors.Auditor):
    def names(self, *folder):
        return sorted(name for name in os.listdir(self.path(*folder)) if name.startswith("j-"))

    def test_a_key_is_never_overwritten(self):
        with open(self.path("audit.key"), "rb") as file:
            key = file.read()
        os.symlink("nowhere", self.path("link.key"))
        for name in ("audit.key", "link.key"):
            done = auditors.run(os.path.join(support.BUILD, "penstockd"), "audit-keygen", "--name",
                                auditors.NAME, "--key", name, folder=self.folder)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(f"{name} is there already, and a key is never overwritten", done.stderr)
        with open(self.path("audit.key"), "rb") as file:
            self.assertEqual(file.read(), key)
        self.assertFalse(os.path.exists(self.path("nowhere")))
        done = auditors.run(os.path.join(support.BUILD, "penstockd"), "audit-keygen", "--name", "desk\u00e9",
                            "--key", "another.key", folder=self.folder)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("a name is printable ASCII, with neither spaces nor '+'", done.stderr)
        self.assertFalse(os.path.exists(self.path("another.key")))

    def archive_the_first(self):
        """Trades until the first segment has left the journal's folder."""
        self.configure_audit()
        self.add_to_configuration('\n[storage]\narchive = "archive"\nkeep_segments = 0\n'
                                  '[storage.retention]\njournal = "0d"\n', journal="segment_mib = 1")
        self.start_penstockd()
        client = self.trader("CLIENT1")
        deadline = time.monotonic() + 2 * support.START_SECONDS
        orders = 0
        while not os.path.isdir(self.path("archive")) or not self.names("archive"):
            self.assertLess(time.monotonic(), deadline)
            for _ in range(CHUNK):
                orders += 1
                client.order(f"o{orders}", 10, "24.00")
                if orders % 50 == 0:
                    client.report(f"o{orders}", "0")
            subprocess.run([os.path.join(support.BUILD, "penstockd"), *HERE, "snapshot"], cwd=self.folder,
                           check=True, capture_output=True)
        client.order("filled", 10, "26.00")
        client.report("filled", "F")
        client.close()
        self.wait_for_audit()

    def wait_for_audit(self):
        self.on_disk()
        last, size = self.settled()["seq"], 0
        deadline = time.monotonic() + support.START_SECONDS
        while size < last:
            self.assertLess(time.monotonic(), deadline, self.penstockd.output())
            with open(self.audit("checkpoint"), encoding="utf-8") as file:
                size = int(file.read().split("\n")[1])

    def export(self, name, *where, code=0):
        self.penstock("audit", "export", "fills", *where, "--out", name, *WHY, code=code)

    def book(self, *where, code=0):
        return self.penstock("audit", "book", *where, "--at", "2100-01-01", code=code)

    def rows(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return list(csv.reader(file))

    def test_reports_of_a_journal_that_begins_later_say_what_has_all_records(self):
        self.archive_the_first()
        self.export("whole.csv", *HERE)
        book = self.book(*HERE)
        state, audit = ("--directory", "state"), ("--directory", "state/audit")
        for ask in (lambda: self.export("no.csv", *state, code=2), lambda: self.book(*state, code=2)):
            ask()
            self.assertRegex(self.said, r"The journal in state/journal begins with record \d+: .*--archive")
            self.assertIn("say --directory state/audit instead", self.said)
        self.export("archive.csv", *state, "--archive", "archive")
        self.assertIn("goes: ", self.penstock("archive", "prune", *HERE))
        self.wait_for_audit()
        for ask in (lambda: self.export("no.csv", *HERE, code=2), lambda: self.book(*HERE, code=2),
                    lambda: self.export("no.csv", *state, "--archive", "archive", code=2)):
            ask()
            self.assertRegex(self.said, r"Records before \d+ were deleted as retention allows. The audit has")
            self.assertRegex(self.said, r"say --directory (/\S+/)?state/audit instead")
        self.assertFalse(os.path.exists(self.path("no.csv")))
        for beside in ("a penstockd that runs", "nobody"):
            with self.subTest(beside=beside):
                name = f"{beside[0]}.csv"
                self.export(name, *audit, "--proofs")
                self.assertEqual(self.rows(name), self.rows("whole.csv"))
                self.assertTrue(os.listdir(self.path(name + ".proofs")))
                self.assertEqual(self.book(*audit), book)
            if self.penstockd.is_running():
                self.stop()
        # A report on the journal itself says what is missing, and what was asked wrongly is said as that.
        self.penstock("audit", "export", "integrity", *HERE, "--out", "integrity.csv", *WHY)
        self.export("integrity.csv", *HERE, code=2)
        self.assertIn("integrity.csv exists", self.said)
        os.rename(self.audit(), self.path("elsewhere"))
        self.export("no.csv", *HERE, code=2)
        self.assertRegex(self.said, "There is no audit in (/\\S+/)?state/audit")
        self.export("copied.csv", "--directory", "elsewhere")

    def test_what_a_silent_witness_leaves_open_is_a_sentence(self):
        _, (lines, _) = self.make_witness(self.vkey)
        self.configure_audit(lines)
        self.start_penstockd()
        self.wait_until_countersigned(1)
        self.witness.end()
        self.penstock("halt", *HERE, *WHY)
        self.assertRegex(
            self.penstockd.wait_for("cannot be reached"),
            r"witness witness.test/w cannot be reached: .*\. The newest tree it is known to have "
            r"countersigned has \d+ records, this one has \d+\. Trading goes on, and it is asked again "
            r"\(docs/runbooks/audit.md\)$")


if __name__ == "__main__":
    unittest.main()
