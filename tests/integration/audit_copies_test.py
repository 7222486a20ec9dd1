"""Copies of an audit, by `penstock audit copy`, `backup` and `restore`: whole and with what witnesses signed,
or with words about what they are not."""
import json
import os
import shutil
import signal
import sys
import time
import unittest

import auditors
import support

HERE = ("--config", "penstock.toml")
WHY = ("--reason", "they ask")


class AuditCopies(auditors.Auditor):
    def start_with(self, *lines):
        self.configure_audit(*lines)
        self.start_penstockd()
        self.wait_for_audit()

    def wait_for_audit(self):
        """Until the newest checkpoint has all that was said so far."""
        self.on_disk()
        last, size = self.settled()["seq"], 0
        deadline = time.monotonic() + support.START_SECONDS
        while size < last:
            self.assertLess(time.monotonic(), deadline, self.penstockd.output())
            try:
                with open(self.audit("checkpoint"), encoding="utf-8") as file:
                    size = int(file.read().split("\n")[1])
            except OSError:
                continue

    def halt_and_resume(self):
        for act in ("halt", "resume"):
            self.penstock(act, *HERE, *WHY)

    def alter(self, *names):
        """One byte of the newest bundle."""
        folder = self.path(*names, "tile", "entries", "000.p")
        file = os.path.join(folder, max(os.listdir(folder), key=int))
        with open(file, "rb") as stream:
            good = stream.read()
        with open(file, "wb") as stream:
            stream.write(good[:60] + bytes([good[60] ^ 1]) + good[61:])

    def exports(self, action="export"):
        return [one["input"]["subject"] for one in self.records() if one["input"].get("action") == action]

    def test_a_backup_says_that_it_has_no_audit(self):
        self.start_with()
        said = json.loads(self.penstock("backup", "good", *HERE))
        self.assertEqual(said["audit"], "copied")
        self.stop()
        self.alter("state", "audit")
        said = json.loads(self.penstock("backup", "kept", *HERE, code=1))
        self.assertIn("not those its checkpoint was signed for", said["audit"])
        self.assertIn("the audit is not in this backup", self.said)
        self.assertFalse(os.path.exists(self.path("kept", "audit")))
        self.penstock("restore", "kept", "--to", "elsewhere")  # the rest is whole

    def test_a_backup_without_an_audit_says_so(self):
        self.configure(support.session_section("CLIENT1"))
        self.start_penstockd()
        self.on_disk()
        self.assertEqual(json.loads(self.penstock("backup", "kept", *HERE))["audit"], "none")

    def test_copies_have_the_newest_countersignature(self):
        witness, (lines, _) = self.make_witness(self.vkey)
        self.start_with(lines)
        self.wait_until_countersigned(1)  # a witness says so before its answer has arrived
        self.witness.end(signal.SIGKILL)
        self.halt_and_resume()
        self.wait_for_audit()
        self.penstock("backup", "kept", *HERE)
        self.penstock("audit", "copy", *HERE, "--out", "copy", *WHY)
        self.stop()
        for folder in (self.path("kept", "audit"), self.path("copy")):
            with open(os.path.join(folder, "checkpoint.cosigned"), encoding="utf-8") as file:
                self.assertIn(witness.split("+")[0], file.read())
            code, text = self.verify("--witness", witness, "--quorum", "0", folder=folder)
            self.assertEqual((code, "2 checkpoints agree" in text), (0, True), text)

    def test_copies_have_the_kept_checkpoints_up_to_their_own(self):
        self.start_with()
        for orders in (600, 1):  # a checkpoint is kept when the next is published
            self.trade(orders)
            self.wait_for_audit()
        self.penstock("backup", "kept", *HERE)
        self.penstock("audit", "copy", *HERE, "--out", "copy", *WHY)
        self.stop()
        live = os.listdir(self.audit("checkpoints"))
        shutil.rmtree(self.path("state"))
        self.penstock("restore", "kept", "--to", "state")
        for folder in (self.path("kept", "audit"), self.path("copy"), self.path("state", "audit-of-backup")):
            kept = os.listdir(os.path.join(folder, "checkpoints"))
            self.assertTrue(kept and set(kept) <= set(live), (kept, live))
            code, text = self.verify(folder=folder)
            self.assertEqual((code, f"{1 + len(kept)} checkpoints agree" in text), (0, True), text)
        self.start_penstockd()
        self.wait_for_audit()
        self.stop()
        with open(self.audit("checkpoint"), encoding="utf-8") as file:
            origin = file.readline().rstrip("\n")
        self.assert_sound("--origin", origin)

    def restore_once_more(self, backup):
        self.penstock("backup", backup, *HERE)
        self.stop()
        shutil.rmtree(self.path("state"))
        self.penstock("restore", backup, "--to", "state")

    def test_the_logs_before_each_restore_are_kept(self):
        self.start_with()
        origins = []
        for backup in ("first", "second", "third"):
            with open(self.audit("checkpoint"), encoding="utf-8") as file:
                origins.append(file.readline().rstrip("\n"))
            self.restore_once_more(backup)
            self.start_penstockd()
            self.wait_for_audit()
        self.stop()
        self.assertEqual(len(set(origins)), 3)
        for origin, name in zip(origins, ("audit-of-backup", "audit-of-backup.2", "audit-of-backup.3")):
            code, text = self.verify("--origin", origin, folder=self.path("state", name))
            self.assertEqual(code, 0, text)

    def test_a_copy_that_cannot_be_made_is_not_on_record(self):
        self.start_with()
        good = self.path("good")
        shutil.copytree(self.audit(), good)
        self.stop()
        self.alter("state", "audit")
        self.penstock("audit", "copy", *HERE, "--out", "copy", *WHY, code=2)
        self.assertIn("not those its checkpoint was signed for", self.said)
        self.write("file", "in the way")
        self.penstock("audit", "copy", *HERE, "--audit", good, "--out", "file/copy", *WHY, code=2)
        for inside in ("state/audit/copy", "state/audit", "state/audit/../audit/tile/copy"):
            for audit in ((), ("--audit", "state/audit/")):
                self.penstock("audit", "copy", *HERE, *audit, "--out", inside, *WHY, code=2)
                self.assertIn("is in the audit itself", self.said)
        self.assertEqual(self.exports(), [])
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("copy")], [])
        self.assertFalse(os.path.exists(self.audit("copy")))
        shutil.rmtree(self.audit())  # it is made of the journal again
        self.start_penstockd()
        self.wait_for_audit()
        self.penstock("audit", "copy", *HERE, "--out", "copy", *WHY)  # by the same name
        self.assertEqual(self.exports(), ["audit copy"])
        code, text = self.verify(folder=self.path("copy"))
        self.assertEqual(code, 0, text)

    def test_a_copy_that_fails_half_way_is_taken_back(self):
        self.start_with()
        program = os.path.join(support.BUILD, "penstock")
        full = (sys.executable, "-c", "import os, resource, signal, sys\n"
                "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
                "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
                "os.execv(sys.argv[1], sys.argv[1:])")
        done = auditors.run(*full, program, "audit", "copy", *HERE, "--out", "copy", *WHY,
                            folder=self.folder)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertIn("cannot be written", done.stderr)
        self.assertEqual(os.listdir(self.path("copy")), [])
        self.assertEqual((self.exports(), self.exports("export failed")), (["audit copy"], ["audit copy"]))
        self.penstock("audit", "copy", *HERE, "--out", "copy", *WHY)

    def test_what_a_copy_says_of_itself_is_so(self):
        """Its penstockd does not run, so no checkpoint comes up to the record of the export."""
        self.start_with()
        self.stop()
        self.penstock("audit", "copy", *HERE, "--out", "copy", *WHY, code=1)
        self.assertIn("copied is what is under the newest checkpoint", self.said)
        self.alter("state", "audit")
        self.penstock("audit", "copy", *HERE, "--out", "other", *WHY, code=2)
        self.assertNotIn("copied is", self.said)

    def test_a_file_name_is_on_record_whole_or_refused(self):
        self.start_with()
        name = "f" * 75
        self.penstock("audit", "export", "fills", *HERE, "--out", name + "fff", *WHY, code=2)
        self.assertIn("too long to be put on record", self.said)
        self.assertFalse(os.path.exists(self.path(name + "fff")))
        words = []
        for fits in (name, 'd\u00e9j\u00e0 "vu" = 1\\n.csv'):
            self.penstock("audit", "export", "fills", *HERE, "--out", fits, *WHY)
            words += ["--report", self.path(fits), "--report", self.path(fits + ".manifest.json")]
        self.wait_for_audit()
        self.stop()
        self.assert_sound(*words)


if __name__ == "__main__":
    unittest.main()
