"""Audits to attack, and what both verifiers say of them."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD, SOURCE = os.environ["PENSTOCK_BINARY_DIR"], os.environ["PENSTOCK_SOURCE_DIR"]
RECORDS = 600
SOUND, ALTERED, CANNOT = 0, 1, 2


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, errors="surrogateescape", timeout=120,
                          check=False)


def make(folder, *plan, records=RECORDS):
    made = run(os.path.join(BUILD, "audit_maker"), folder, str(records), *plan)
    if made.returncode != 0:
        raise AssertionError(made.stderr)
    return made.stdout.split()


def files_of(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder)
                  for where, _, names in os.walk(folder) for name in names)


def read(*parts):
    with open(os.path.join(*parts), "rb") as file:
        return file.read()


def write(data, *parts):
    with open(os.path.join(*parts), "wb") as file:
        file.write(data)


def entries(bundle):
    found, at = [], 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at:at + 2], "big")
        found.append(bundle[at:end])
        at = end
    return found


class Audits(unittest.TestCase):
    """One good audit, which is copied and attacked; log and witness are its keys."""
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory()
        cls.good = os.path.join(cls.work.name, "good")
        cls.log = cls.witness = None

    @classmethod
    def tearDownClass(cls):
        cls.work.cleanup()

    def copy(self):
        folder = os.path.join(self.work.name, "attacked")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.good, folder)
        return folder

    def ours(self, folder):
        keys = ("--log", self.log, "--witness", self.witness)
        return run(os.path.join(BUILD, "penstock-verify"), *keys, folder)

    def both(self, folder, *options):
        """What penstock-verify and tools/verify_audit.py answered."""
        options = ("--log", self.log, "--witness", self.witness, *options, folder)
        return (run(os.path.join(BUILD, "penstock-verify"), *options),
                run(sys.executable, "-B", os.path.join(SOURCE, "tools", "verify_audit.py"), *options))

    def verdicts(self, folder, *options):
        """(exit code, first record named) of both, which must be the same, and what the first printed."""
        return self.agreed(*self.both(folder, *options))

    def agreed(self, ours, theirs):
        named = [re.search(r"^ALTERED record (\d+)(?: \(seq \d+\))?:", done.stdout, re.MULTILINE)
                 for done in (ours, theirs)]
        said = [(done.returncode, int(found.group(1)) if found else None)
                for done, found in zip((ours, theirs), named)]
        self.assertEqual(said[0], said[1], ours.stdout + ours.stderr + theirs.stdout + theirs.stderr)
        return said[0][0], said[0][1], ours.stdout

    def assert_altered(self, folder, *options, record=None, says=""):
        code, named, text = self.verdicts(folder, *options)
        self.assertEqual(code, ALTERED, text)
        if record is not None:
            self.assertEqual(named, record, text)
        self.assertIn(says, text)
