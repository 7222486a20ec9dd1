"""Checkpoints in a place that is not theirs, signed by nobody, or of a form that is none. What they say is
nothing of the records, and both verifiers name them alike."""
import base64
import os
import shutil
import unittest
import unittest.mock

from audits import ALTERED, SOUND, make, read, run, write
from edits import Edits, lay, records_of

IN_PLACE = " is one that the log kept, in the place of one that it published: the audit may have been cut"


class Forged(Edits):
    def kept_by(self, name, size="6000", root=b"\0" * 32):
        """A kept checkpoint with the log's form, and a signature of nobody's under this name of a key."""
        name = name.encode() if isinstance(name, str) else name
        text = "\n".join((self.log.split("+")[0], size, base64.b64encode(root).decode(), "kept", ""))
        return text.encode() + b"\n" + self.line_of(name)

    def line_of(self, name):
        key_id = bytes.fromhex(self.log.split("+")[1])
        return "\u2014 ".encode() + name + b" " + base64.b64encode(key_id + b"x" * 64) + b"\n"

    def with_file(self, name, data):
        folder = self.copy()
        write(data, folder, name)
        return folder

    # A kept checkpoint is another text than a newest one.

    def cut(self):
        folder = self.copy()
        lay(folder, records_of(self.good)[:2080])
        os.rename(os.path.join(folder, "checkpoints/2080"), os.path.join(folder, "checkpoint"))
        return folder

    def test_an_audit_cut_at_a_kept_checkpoint_is_named(self):
        folder = self.cut()
        self.assertEqual(self.altered(folder, "--quorum", "0"), ["checkpoint" + IN_PLACE])
        shutil.rmtree(os.path.join(folder, "checkpoints"))
        self.assertEqual(self.altered(folder, "--quorum", "0"), ["checkpoint" + IN_PLACE])

    def test_the_fourth_line_of_a_kept_checkpoint_is_signed(self):
        cut = read(self.cut(), "checkpoint").replace(b"\nkept\n", b"\n")
        folder = self.cut()
        write(cut, folder, "checkpoint")
        shutil.rmtree(os.path.join(folder, "checkpoints"))
        lines = self.altered(folder, "--quorum", "0")
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("checkpoint has a signature ", lines[0])

    def test_each_kind_of_checkpoint_is_of_use_in_its_own_place_only(self):
        kept = read(self.good, "checkpoints/2080")
        self.assertEqual(self.altered(self.with_file("checkpoint.2080", kept)),
                         ["checkpoint.2080" + IN_PLACE])
        plain = os.path.join(self.work.name, "plain")
        if not os.path.isdir(plain):
            make(plain, records=2080)
        plain = read(plain, "checkpoint")
        self.assertEqual(self.verdicts(self.with_file("checkpoint.2080", plain))[0], SOUND)
        self.assertEqual(self.altered(self.with_file("checkpoints/2080", plain)),
                         ["checkpoints/2080 is none that the log kept: its text does not end with a line "
                          "`kept`"])
        for data in (plain, kept):
            elsewhere = os.path.join(self.work.name, "elsewhere")
            write(data, elsewhere)
            code, _, text = self.verdicts(self.good, "--checkpoint", elsewhere)
            self.assertEqual((code, "6 checkpoints agree" in text), (SOUND, True), text)

    def test_a_proof_up_to_a_kept_checkpoint_is_none(self):
        folder = os.path.join(self.work.name, "proven")
        make(folder, "proof=300", records=2080)
        proof, leaf = (os.path.join(folder + ".proofs", "300" + end) for end in (".tlog-proof", ".leaf"))
        self.assertEqual(self.verdicts(leaf, "--proof", proof)[0], SOUND)
        head = read(proof).partition(b"\n\n")[0]
        write(head + b"\n\n" + read(self.good, "checkpoints/2080"), proof)
        code, _, text = self.verdicts(leaf, "--proof", proof, "--quorum", "0")
        self.assertEqual((code, text), (ALTERED, f"ALTERED {proof} is no tlog-proof\n"))

    # Signed by nobody.

    def test_a_forged_checkpoint_beyond_the_newest_says_nothing_of_records(self):
        for name, says in (("nobody", "is not signed by the key the log had"),
                           (self.log.split("+")[0], "has a signature ")):
            lines = self.altered(self.with_file("checkpoints/6000", self.kept_by(name)))
            self.assertEqual(len(lines), 1, lines)
            self.assertIn("checkpoints/6000 " + says, lines[0])

    # Of no form.

    def test_a_size_that_is_no_number_of_records_is_none(self):
        for size in ("-5", "+5", "05", "5_0", "\u0665", "", str(1 << 64), "9" * 5000):
            for name in ("nobody", self.log.split("+")[0]):
                file = f"checkpoints/{size[:20] or 'none'}"
                with self.subTest(size=size[:20], name=name):
                    self.assertEqual(self.altered(self.with_file(file, self.kept_by(name, size))),
                                     [file + " is no signed checkpoint"])

    def test_the_name_of_a_signer_is_read_alike(self):
        none = (b"", b"a+b", b"\xff", b"a\xc0\xafb", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80",
                "a\u00a0b".encode(), "\u3000".encode(), "a\u2028b".encode(), "\u0085".encode(),
                b"a\x01b", b"a\tb", b"a\x7fb", "\u00e9".encode(), "\u200b\U0001f600".encode())
        names = (b"a", b"!~", b"witness.example/w-1_a:7380", bytes(set(range(0x21, 0x7f)) - set(b"+")))
        for name, verdict in [(one, ALTERED) for one in none] + [(one, SOUND) for one in names]:
            for file in ("checkpoints/2080", "checkpoint"):
                folder = self.with_file(file, read(self.good, file) + self.line_of(name))
                with self.subTest(name=name, file=file):
                    code, _, text = self.verdicts(folder)
                    self.assertEqual(code, verdict, text)
                    self.assertEqual(f"{file} is no signed checkpoint" in text, verdict == ALTERED, text)

    def test_a_note_with_control_characters_or_without_signatures_is_none(self):
        data = read(self.good, "checkpoints/2080")
        for bad in (data.partition(b"\n\n")[0] + b"\n\n", data.replace(b"\n", b"\r\n"),
                    b"\x00" + data, b"\xff" + data):
            self.assertEqual(self.altered(self.with_file("checkpoints/2080", bad)),
                             ["checkpoints/2080 is no signed checkpoint"])

    # What cannot be read, and what is too much.

    def test_links_that_lead_nowhere_are_named_alike(self):
        for name, says in (("checkpoints", "checkpoints is no folder that can be read"),
                           ("checkpoints/9999", "checkpoints/9999 is missing"),
                           ("tile/0/999", "tile/0/999 belongs to no checkpoint: it was added, or the end was "
                                          "cut")):
            for target in (os.path.basename(name), "nowhere"):
                folder = self.copy()
                path = os.path.join(folder, name)
                shutil.rmtree(path, ignore_errors=True)
                os.symlink(target, path)
                with self.subTest(name=name, target=target):
                    self.assertEqual(self.altered(folder), [says])
        folder = self.copy()
        shutil.rmtree(os.path.join(folder, "checkpoints"))
        write(b"", folder, "checkpoints")
        self.assertEqual(self.altered(folder), ["checkpoints is no folder that can be read"])

    def test_a_name_that_is_no_text_is_named_by_its_bytes(self):
        name = os.fsdecode(b"checkpoints/\xff")
        with unittest.mock.patch.dict(os.environ, PYTHONIOENCODING="utf-8:strict"):  # as in a locale of UTF-8
            self.assertEqual(self.altered(self.with_file(name, b"none")),
                             [f"{name} is no signed checkpoint"])

    def test_a_checkpoint_of_the_same_name_elsewhere_is_not_the_newest(self):
        older = os.path.join(self.work.name, "older")
        make(older, records=2080)
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.chdir(older)
        code, _, text = self.verdicts(self.good, "--checkpoint", "checkpoint")
        self.assertEqual((code, "6 checkpoints agree" in text), (SOUND, True), text)

    def test_many_of_another_log_are_not_many_lines(self):
        folder = self.copy()
        for size in range(10000, 10300):
            write(self.kept_by("nobody", str(size)), folder, f"checkpoints/{size}")
        self.assertEqual(self.altered(folder, "--origin", "another"),
                         ["checkpoint is of another log: " + self.log.split("+")[0]])
        for size in range(10000, 10300):
            write(self.kept_by("nobody", str(size)).replace(b"penstock", b"another", 1), folder,
                  f"checkpoints/{size}")
        lines = self.altered(folder)
        self.assertEqual((len(lines), lines[-1]),
                         (21, "280 more are no checkpoints of this log in their place"))

    def test_a_checkpoint_of_more_than_64_kib_is_none(self):
        data = read(self.good, "checkpoints/2080")
        line = self.line_of(b"nobody")
        fits = data + line * ((65536 - len(data)) // len(line))
        self.assertEqual(self.verdicts(self.with_file("checkpoints/2080", fits))[0], SOUND)
        for file in ("checkpoints/2080", "checkpoint"):
            much = read(self.good, file) + line * (65536 // len(line))
            self.assertEqual(self.altered(self.with_file(file, much)), [file + " is no signed checkpoint"])

    # Keys that are not known because a record is not there.

    def test_without_the_record_of_a_key_the_records_before_it_are_known(self):
        folder = self.make_too("keyless", "change=2500")
        leaves = records_of(folder)
        others = records_of(self.good)
        lay(folder, [*leaves[:2500], others[2500], *leaves[2501:]])
        lines = self.altered(folder)
        self.assertEqual(lines[-1], "records up to 2079 are as signed by checkpoints/2080; of those "
                                    "behind them one was altered, or checkpoints/3120 was")
        self.assertEqual(len(lines), 4, lines)

    def test_keys_are_not_judged_where_the_records_did_not_come_so_far(self):
        folder = self.make_too("stopped", "change=2500")
        os.remove(os.path.join(folder, "tile/entries/003"))
        self.assertEqual(self.altered(folder), ["record 768: its file tile/entries/003 is missing"])


if __name__ == "__main__":
    unittest.main()
