"""Edits without a trace: whoever has the disk, and not the log's key, changes records and works out every
tile anew. The root alone tells that something was altered; the checkpoints the log kept tell where."""
import os
import re
import shutil
import unittest

from audits import ALTERED, SOUND, make, read, write
from edits import KEPT, MOST, RECORDS, Edits, edited, lay, records_of


class Kept(Edits):
    def assert_range(self, folder, first_bad, *options):
        """One line, and one only, names a place; the first bad record is in it."""
        lines = self.altered(folder, *options)
        found = [re.match(r"record (\d+) to (\d+)(?: \(seq (\d+) to (\d+)\))?:", line) for line in lines]
        found = [one for one in found if one]
        self.assertEqual(len(found), 1, lines)
        self.assertEqual(len([line for line in lines if "signed for other records" in line]), 1, lines)
        first, last = int(found[0].group(1)), int(found[0].group(2))
        self.assertLessEqual(first, first_bad, lines)
        self.assertGreaterEqual(last, first_bad, lines)
        self.assertLessEqual(last - first + 1, MOST)
        self.assertEqual(found[0].group(3) is None, "--opaque" in options, lines)
        return found[0], lines

    def test_untouched_is_sound(self):
        self.assertEqual(sorted(os.listdir(os.path.join(self.good, "checkpoints"))), sorted(map(str, KEPT)))
        code, _, text = self.verdicts(self.good)
        self.assertEqual(code, SOUND, text)
        self.assertIn("5 checkpoints agree", text)

    def test_an_edit_without_a_trace_is_named(self):
        leaves = records_of(self.good)
        edges = [place + by for place in KEPT for by in (-1, 0)]
        for place in (0, 500, *edges, 4600, RECORDS - 1):
            folder = self.copy()
            lay(folder, [*leaves[:place], edited(leaves[place]), *leaves[place + 1:]])
            with self.subTest(place=place):
                found, _ = self.assert_range(folder, place)
                self.assertEqual([int(one) for one in found.groups()[2:]],
                                 [int(found.group(1)) + 1, int(found.group(2)) + 1])

    def test_a_range_says_up_to_where_all_is_as_signed(self):
        leaves = records_of(self.good)
        for place, says in (
                (100, "record 0 to 1039 (seq 1 to 1040): the first bad record is one of these; "
                      "checkpoints/1040 was signed for other records (and 4 later checkpoints): the first "
                      "1040 do not have its root"),
                (3000, "record 2080 to 3119 (seq 2081 to 3120): the first bad record is one of these; "
                       "checkpoints/3120 was signed for other records (and 2 later checkpoints): the first "
                       "3120 do not have its root; those up to 2079 are as signed by checkpoints/2080"),
                (4700, "record 4160 to 4999 (seq 4161 to 5000): the first bad record is one of these; "
                       "checkpoint was signed for other records: the first 5000 do not have its root; those "
                       "up to 4159 are as signed by checkpoints/4160")):
            folder = self.copy()
            lay(folder, [*leaves[:place], edited(leaves[place]), *leaves[place + 1:]])
            self.assertEqual(self.altered(folder), [says])

    def test_deleted_inserted_and_swapped_records_are_named(self):
        """Where they stood. What is looked into says by their numbers, too; --opaque does not."""
        leaves = records_of(self.good)
        for place in (1, 1039, 1040, 2500, 4159, 4998):
            rest = leaves[place + 1:]
            for name, changed in (
                    ("delete", [*leaves[:place], *rest, leaves[-1]]),
                    ("insert", [*leaves[:place], leaves[place - 1], leaves[place], *rest[:-1]]),
                    ("swap", [*leaves[:place], rest[0], leaves[place], *rest[1:]])):
                folder = self.copy()
                lay(folder, changed)
                with self.subTest(name=name, place=place):
                    self.assert_range(folder, place, "--opaque")
                    code, named, text = self.verdicts(folder)
                    self.assertEqual(code, ALTERED, text)
                    self.assertIn(named, (place, place + 1), text)

    def test_records_deleted_so_that_fewer_are_left_are_missed_and_named(self):
        leaves = records_of(self.good)
        folder = self.copy()
        lay(folder, [*leaves[:1500], *leaves[1520:]])
        _, lines = self.assert_range(folder, 1500, "--opaque")
        self.assertIn("is missing", lines[0])

    def test_a_rolled_back_audit_needs_a_witness_or_a_checkpoint_kept_elsewhere(self):
        """A checkpoint that was the newest once in the place of the newest, and its tiles."""
        older = os.path.join(self.work.name, "older")
        make(older, records=2080)
        folder = self.copy()
        lay(folder, records_of(self.good)[:2080])
        write(read(older, "checkpoint"), folder, "checkpoint")
        lines = self.altered(folder, "--quorum", "0")
        self.assertEqual(lines, ["record 2080: it is missing, checkpoints/3120 was signed for 3120 records "
                                 "(and 1 later checkpoints); the audit was cut or rolled back"])
        for size in (3120, 4160):
            os.remove(os.path.join(folder, f"checkpoints/{size}"))
        self.assertEqual(self.verdicts(folder, "--quorum", "0")[0], SOUND)
        witness = self.witness.split("+")[0].encode()
        unseen = [line for line in read(older, "checkpoint").splitlines(True) if witness not in line]
        write(b"".join(unseen), folder, "checkpoint")
        self.assertEqual(self.verdicts(folder, "--quorum", "0")[0], SOUND)
        self.assert_altered(folder, says="checkpoint is countersigned by 0 of 1 witnesses")
        newest = os.path.join(self.good, "checkpoint")
        self.assert_altered(folder, "--quorum", "0", "--checkpoint", newest, record=2080,
                            says="the audit was cut or rolled back")

    def test_a_kept_checkpoint_that_is_missing_is_no_alteration(self):
        folder = self.copy()
        os.remove(os.path.join(folder, "checkpoints/2080"))
        self.assertEqual(self.verdicts(folder)[0], SOUND)
        shutil.rmtree(os.path.join(folder, "checkpoints"))
        self.assertEqual(self.verdicts(folder)[0], SOUND)

    def assert_named(self, folder, says):
        """By its file, and nothing is said of records."""
        lines = self.altered(folder)
        self.assertEqual([line for line in lines if not line.startswith("checkpoints/")], [])
        self.assertIn(says, lines[0])

    def test_every_byte_of_a_kept_checkpoint_counts(self):
        data = read(self.good, "checkpoints/2080")
        folder = self.copy()
        for at in range(len(data)):
            write(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:], folder, "checkpoints/2080")
            done = self.ours(folder)
            self.assertEqual(done.returncode, ALTERED, f"byte {at}")
            self.assertIn("ALTERED checkpoints/2080 ", done.stdout, f"byte {at}")
        for at in range(0, len(data), 29):
            write(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:], folder, "checkpoints/2080")
            with self.subTest(at=at):
                self.assert_named(folder, "checkpoints/2080 ")

    def test_a_kept_checkpoint_that_is_forged_garbage_or_another_s_is_named(self):
        data = read(self.good, "checkpoints/2080")
        stolen = self.make_too("stolen", "stolen=500")
        forged = data.replace(b"\n2080\n", b"\n1040\n")
        for bytes_there, says in ((b"", "is no signed checkpoint"), (data[:-1], "is no signed checkpoint"),
                                  (b"\0" * len(data), "is no signed checkpoint"),
                                  (data.replace(b"penstock", b"another", 1), "is of another log"),
                                  (forged, "is of 1040 records"),
                                  (read(self.good, "checkpoints/3120"), "is of 3120 records"),
                                  (read(stolen, "checkpoints/2080"), "is not signed by the key the log had")):
            folder = self.copy()
            write(bytes_there, folder, "checkpoints/2080")
            with self.subTest(says=says):
                self.assert_named(folder, "checkpoints/2080 " + says)
        folder = self.copy()
        write(b"what is this", folder, "checkpoints/note")
        self.assert_named(folder, "checkpoints/note is no signed checkpoint")

    def test_a_forged_kept_checkpoint_does_not_move_the_place(self):
        leaves = records_of(self.good)
        folder = self.copy()
        lay(folder, [*leaves[:3000], edited(leaves[3000]), *leaves[3001:]])
        forged = read(folder, "checkpoints/1040").replace(b"\n1040\n", b"\n1500\n")
        write(forged, folder, "checkpoints/1500")
        found, lines = self.assert_range(folder, 3000)
        self.assertEqual(found.group(1), "2080")
        self.assertIn("checkpoints/1500 has a signature", lines[0])

    def test_a_rewrite_signed_again_contradicts_what_was_kept_of_before(self):
        """The log signed two histories: no place can be told, which of the two it is neither."""
        folder = self.make_too("rewritten", "rewrite=2500")
        shutil.rmtree(os.path.join(folder, "checkpoints"))
        shutil.copytree(os.path.join(self.good, "checkpoints"), os.path.join(folder, "checkpoints"))
        self.assertEqual(self.altered(folder), [
            "checkpoints/3120 was signed for other records (and 1 later checkpoints): the first 3120 do not "
            "have its root"])

    def test_the_key_changes_and_each_signs_its_own(self):
        folder = self.make_too("changed", "change=2500")
        code, _, text = self.verdicts(folder)
        self.assertEqual(code, SOUND, text)
        self.assertIn("1 changes of the log's key", text)
        leaves = records_of(folder)
        for place in (100, 4000):
            lay(folder, [*leaves[:place], edited(leaves[place]), *leaves[place + 1:]])
            self.assert_range(folder, place)
        # Without the record of the change nobody can know the key behind it.
        lay(folder, [*leaves[:2500], records_of(self.good)[2500], *leaves[2501:]])
        self.assertIn("checkpoints/3120 is not signed by the key the log had", self.altered(folder))

    def test_a_thousand_checkpoints_that_are_wrong_are_not_a_thousand_lines(self):
        folder = self.make_too("many", "stolen=1")
        data = read(folder, "checkpoint")
        for size in range(2080, 2200):
            write(data, folder, f"checkpoint.{size}")
        lines = self.altered(folder)
        self.assertEqual((len(lines), lines[-1]), (21, "105 more are not well signed"))


if __name__ == "__main__":
    unittest.main()
