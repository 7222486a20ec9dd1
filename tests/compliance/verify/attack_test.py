"""The attack table: what is done to an audit, and what both verifiers say about it.

penstock-verify and tools/verify_audit.py share no line of code and must agree on the exit code and on the
first bad record they name."""
import os
import shutil
import sys
import unittest

import audits
from audits import ALTERED, BUILD, CANNOT, SOUND, SOURCE, entries, files_of, make, read, run, write

# One byte out of this many of each file is flipped; every file has some of its bytes flipped.
STRIDE = 1999


class Attacks(audits.Audits):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log, cls.witness = make(cls.good, "long=70")

    def edit_bundle(self, change, index=1):
        """Applies a change to the entries of a full bundle, its tile left as it was."""
        folder = self.copy()
        path = f"tile/entries/{index:03}"
        found = entries(read(folder, path))
        change(found)
        write(b"".join(found), folder, path)
        return folder

    def test_untouched_is_sound(self):
        code, _, text = self.verdicts(self.good)
        self.assertEqual(code, SOUND, text)
        self.assertIn("603 leaves", text)
        self.assertIn("600 journal records, sequence 1 to 600", text)

    def test_reports_read_it_with_records_of_several_leaves(self):
        def export(folder):
            out = os.path.join(self.work.name, "integrity.csv")
            done = run(os.path.join(BUILD, "penstock"), "audit", "export", "integrity", "--directory", folder,
                       "--out", out, "--reason", "a test")
            return done.returncode, done.stderr, out
        code, said, out = export(self.good)
        self.assertEqual(code, SOUND, said)
        self.assertIn(b"records of the audit,sound,600 is the last record", read(out))
        os.remove(out)
        folder = self.copy()
        data = read(folder, "tile/entries/001")
        write(data[:900] + bytes([data[900] ^ 1]) + data[901:], folder, "tile/entries/001")
        code, said, out = export(folder)
        self.assertEqual((code, os.path.exists(out)), (2, False))
        self.assertIn("penstock-verify names what was altered", said)

    def test_any_flipped_byte_is_noticed(self):
        folder = self.copy()
        for path in files_of(self.good):
            data = read(self.good, path)
            for at in sorted({0, len(data) - 1, *range(len(data) // 3, len(data), STRIDE)}):
                write(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:], folder, path)
                with self.subTest(file=path, at=at):
                    self.assertEqual(self.ours(folder).returncode, ALTERED)
            write(data, folder, path)

    def test_a_flipped_byte_is_named_by_record_and_alike(self):
        for path in files_of(self.good):
            folder = self.copy()
            data = read(self.good, path)
            at = len(data) // 2
            write(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:], folder, path)
            with self.subTest(file=path):
                self.assert_altered(folder)

    def test_every_byte_of_a_checkpoint_counts(self):
        folder = self.copy()
        data = read(self.good, "checkpoint")
        for at in range(len(data)):
            write(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:], folder, "checkpoint")
            self.assertEqual(self.ours(folder).returncode, ALTERED, f"byte {at}")

    def test_an_edited_record_is_named(self):
        def change(found):
            found[10] = found[10][:-1] + bytes([found[10][-1] ^ 1])
        folder = self.edit_bundle(change)
        self.assert_altered(folder, record=266, says="does not hash to what tile/0/001 holds")

    def test_the_deleted_tail_is_missed(self):
        folder = self.copy()
        for path in files_of(folder):
            if "/002" in path:
                os.remove(os.path.join(folder, path))
        self.assert_altered(folder, record=512, says="is missing")

    def test_a_deleted_middle_is_missed(self):
        def change(found):
            del found[100:120]
        self.assert_altered(self.edit_bundle(change), record=356)

    def test_a_deleted_tile_is_missed(self):
        folder = self.copy()
        os.remove(os.path.join(folder, "tile/0/001"))
        self.assert_altered(folder, says="tile/0/001 is missing")

    def test_a_pipe_in_a_file_s_place_holds_nobody_up(self):
        folder = self.copy()
        os.remove(os.path.join(folder, "tile/0/001"))
        os.mkfifo(os.path.join(folder, "tile/0/001"))
        self.assert_altered(folder, says="tile/0/001 is missing")

    def test_two_swapped_records_are_named(self):
        def change(found):
            found[7], found[9] = found[9], found[7]
        self.assert_altered(self.edit_bundle(change), record=263)

    def test_an_inserted_record_is_named(self):
        def change(found):
            found.insert(50, found[49])
        self.assert_altered(self.edit_bundle(change), record=306)

    def test_a_file_cut_short_is_noticed(self):
        for path in files_of(self.good):
            folder = self.copy()
            write(read(folder, path)[:-1], folder, path)
            with self.subTest(file=path):
                self.assert_altered(folder)

    def test_a_file_that_was_added_is_noticed(self):
        folder = self.copy()
        shutil.copy(os.path.join(folder, "tile/0/001"), os.path.join(folder, "tile/0/003"))
        self.assert_altered(folder, says="tile/0/003 belongs to no checkpoint")

    def test_an_older_checkpoint_put_back_is_noticed(self):
        folder = self.copy()
        older = sorted(name for name in os.listdir(folder) if name.startswith("checkpoint."))[0]
        shutil.copy(os.path.join(folder, older), os.path.join(folder, "checkpoint"))
        self.assert_altered(folder, says="rolled back")

    def test_a_whole_folder_rolled_back_is_shown_by_a_newer_checkpoint_kept_elsewhere(self):
        folder = os.path.join(self.work.name, "rolled_back")
        make(folder, "long=70", records=400)
        self.assertEqual(self.verdicts(folder)[0], SOUND)
        self.assert_altered(folder, "--checkpoint", os.path.join(self.good, "checkpoint"), record=403,
                            says="the audit was cut or rolled back")

    def test_a_rewrite_signed_again_lacks_the_witness(self):
        folder = os.path.join(self.work.name, "rewritten")
        make(folder, "long=70", "rewrite=300", "unseen=300")
        for name in os.listdir(folder):
            if name.startswith("checkpoint.") and int(name.split(".")[1]) > 300:
                os.remove(os.path.join(folder, name))
        self.assertEqual(self.verdicts(folder, "--quorum", "0")[0], SOUND)
        self.assert_altered(folder, says="countersigned by 0 of 1 witnesses")

    def test_a_rewrite_signed_again_contradicts_a_checkpoint_kept_elsewhere(self):
        folder = os.path.join(self.work.name, "rewritten_too")
        make(folder, "long=70", "rewrite=300")
        self.assertEqual(self.verdicts(folder)[0], SOUND)
        self.assert_altered(folder, "--checkpoint", os.path.join(self.good, "checkpoint"),
                            says="was signed for other records")

    def test_a_gap_in_the_sequence_is_named_though_well_signed(self):
        folder = os.path.join(self.work.name, "gap")
        make(folder, "gap=123")
        self.assert_altered(folder, record=123, says="(seq 125): its sequence number is 125, 124 was due")

    def test_time_that_goes_back_is_named_though_well_signed(self):
        folder = os.path.join(self.work.name, "back")
        make(folder, "back=222")
        self.assert_altered(folder, record=222, says="its time is before that of the record before it")

    def test_a_fix_number_used_twice_or_left_out_is_named_though_well_signed(self):
        folder = os.path.join(self.work.name, "again")
        make(folder, "again=310")
        self.assert_altered(folder, record=310, says="session 1 received MsgSeqNum 310, 311 was due")
        folder = os.path.join(self.work.name, "left_out")
        make(folder, "leftout=310")
        self.assert_altered(folder, record=310, says="session 1 was given MsgSeqNum 312, 311 was due")

    def test_a_clock_that_steps_on_is_no_alteration(self):
        folder = os.path.join(self.work.name, "stepped")
        make(folder, "step=222")
        self.assertEqual(self.verdicts(folder)[0], SOUND)

    def test_two_processes_that_write_one_log_contradict_each_other(self):
        folder = os.path.join(self.work.name, "split")
        make(folder, "long=70", "split=300")
        # Each view is sound for itself; only side by side, or at one witness, do they show.
        self.assertEqual(self.verdicts(folder)[0], SOUND)
        self.assert_altered(folder, "--checkpoint", os.path.join(self.good, "checkpoint"),
                            says="was signed for other records")
        self.assert_altered(self.good, "--checkpoint", os.path.join(folder, "checkpoint"),
                            says="was signed for other records")

    def test_the_key_changes_by_a_record_that_both_keys_signed(self):
        folder = os.path.join(self.work.name, "changed")
        make(folder, "change=222")
        code, _, text = self.verdicts(folder)
        self.assertEqual(code, SOUND, text)
        self.assertIn("1 changes of the log's key", text)

    def test_a_change_that_the_old_key_did_not_sign_is_named(self):
        folder = os.path.join(self.work.name, "onesided")
        make(folder, "onesided=222")
        self.assert_altered(folder, record=222, says="not both keys signed that")

    def test_another_key_without_a_record_is_noticed(self):
        folder = os.path.join(self.work.name, "stolen")
        make(folder, "stolen=222")
        self.assert_altered(folder, says="is not signed by the key the log had")

    def test_a_record_is_shown_without_the_log(self):
        folder = os.path.join(self.work.name, "proven")
        make(folder, "proof=300")
        proof, leaf = (os.path.join(folder + ".proofs", "300" + end) for end in (".tlog-proof", ".leaf"))
        keys = ("--log", self.log, "--witness", self.witness)
        script = os.path.join(SOURCE, "tools", "verify_audit.py")
        for program, stride in (((os.path.join(BUILD, "penstock-verify"),), 1),
                                ((sys.executable, "-B", script), 61)):
            command = (*program, *keys, "--proof", proof, leaf)
            done = run(*command)
            self.assertEqual(done.returncode, SOUND, done.stdout + done.stderr)
            self.assertIn("is record 300 of 600, 1 witnesses countersigned", done.stdout)
            for file in (proof, leaf):
                data = read(file)
                for at in range(0, len(data), stride):
                    write(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:], file)
                    self.assertEqual(run(*command).returncode, ALTERED, f"{file} {at}")
                write(data, file)

    def exported(self):
        """An audit with records of exports from record 300 on, and the files those are of."""
        folder = os.path.join(self.work.name, "exporting")
        if not os.path.isdir(folder):
            make(folder, "export=300")
        files = {}
        for name, data in (("fills.csv", b"no rows\n"), ("activity.csv", b"a row\n"),
                           ("of may.csv", b"a row of may\n")):
            files[name] = os.path.join(self.work.name, name)
            write(data, files[name])
        return folder, files

    def under_another_name(self, file, name):
        folder = os.path.join(self.work.name, "renamed")
        os.makedirs(folder, exist_ok=True)
        return shutil.copy(file, os.path.join(folder, name))

    def test_exported_files_are_sound_as_they_were_exported(self):
        folder, files = self.exported()
        options = [word for file in files.values() for word in ("--report", file)]
        code, _, text = self.verdicts(folder, *options)
        self.assertEqual(code, SOUND, text)
        self.assertIn("SOUND 3 files as exported", text)
        self.assertIn(f"SOUND record 302 (seq 303): {files['of may.csv']} as exported, activity of may", text)

    def test_an_exported_file_that_was_edited_is_named_by_its_record(self):
        folder, files = self.exported()
        write(b"no cows\n", files["fills.csv"])
        self.assert_altered(folder, "--report", files["fills.csv"], record=300,
                            says="has not the SHA-256 it says")
        never = os.path.join(self.work.name, "never.csv")
        write(b"never\n", never)
        self.assert_altered(folder, "--report", never, says="was altered or never exported")

    def test_an_exported_file_under_another_name_is_named(self):
        """Of another report, of another day, of the end of its own name, and of none on record."""
        folder, files = self.exported()
        for own, other, record in (("fills.csv", "activity.csv", 300),
                                   ("fills.csv", "fills of monday.csv", 300),
                                   ("of may.csv", "may.csv", 302), ("activity.csv", "activity.csv.csv", 301)):
            with self.subTest(own=own, other=other):
                self.assert_altered(folder, "--report", self.under_another_name(files[own], other),
                                    record=record, says="is on record as ")

    def assert_cannot(self, *words, says):
        for command in ((os.path.join(BUILD, "penstock-verify"),),
                        (sys.executable, "-B", os.path.join(SOURCE, "tools", "verify_audit.py"))):
            done = run(*command, "--log", self.log, *words)
            self.assertEqual((done.returncode, done.stdout), (CANNOT, ""), done.stderr)
            self.assertIn(says, done.stderr.splitlines()[-1])

    def test_what_would_not_be_looked_at_is_refused(self):
        folder, files = self.exported()
        proven = os.path.join(self.work.name, "proven_too")
        make(proven, "proof=300")
        proof, leaf = (os.path.join(proven + ".proofs", "300" + end) for end in (".tlog-proof", ".leaf"))
        write(b"altered\n", files["fills.csv"])
        checkpoint = os.path.join(self.good, "checkpoint")
        for more in (("--report", files["fills.csv"]), ("--checkpoint", checkpoint), ("--proof", proof)):
            for words in ((*more, "--proof", proof), ("--proof", proof, *more)):
                self.assert_cannot(*words, leaf, says="--proof")
        self.assert_cannot("--opaque", "--report", files["activity.csv"], folder, says="--opaque")
        for option, value in (("--quorum", "0"), ("--origin", "one"), ("--log", self.log),
                              ("--witness", self.witness)):
            self.assert_cannot(option, value, option, value, folder, says=option)

    def test_what_cannot_be_read_cannot_be_checked(self):
        folder, _ = self.exported()
        missing = os.path.join(self.work.name, "missing.csv")
        for option in ("--report", "--checkpoint", "--proof"):
            for path in (missing, self.work.name):
                with self.subTest(option=option, path=path):
                    self.assert_cannot(option, path, folder, says=path)

    def test_another_log_key_or_an_unknown_one_is_refused(self):
        code, _, text = self.verdicts(self.good, "--origin", "another")
        self.assertEqual(code, ALTERED, text)
        for words in (("--log", self.witness), ("--log", self.log, "--witness", self.log)):
            for command in ((os.path.join(BUILD, "penstock-verify"),),
                            (sys.executable, "-B", os.path.join(SOURCE, "tools", "verify_audit.py"))):
                self.assertEqual(run(*command, *words, self.good).returncode, CANNOT, words)


class Tessera(unittest.TestCase):
    """Somebody else's log, made by somebody else's program."""
    KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"

    def test_is_sound_for_both(self):
        data = os.environ.get("PENSTOCK_REFERENCE_DATA", os.path.join(SOURCE, "..", "shared", "data"))
        folder = os.path.join(data, "audit", "tessera", "testdata", "log")
        if not os.path.isdir(folder):
            self.skipTest("no published vectors: tessera/testdata/log is not in ../shared/data/audit")
        options = ("--log", self.KEY, "--opaque", folder)
        for command in ((os.path.join(BUILD, "penstock-verify"),),
                        (sys.executable, "-B", os.path.join(SOURCE, "tools", "verify_audit.py"))):
            done = run(*command, *options)
            self.assertEqual(done.returncode, SOUND, done.stdout)
            self.assertIn("15 leaves, root rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=", done.stdout)


if __name__ == "__main__":
    unittest.main()
