"""What an intruder with the disk, and without the log's key, can make of an audit with kept checkpoints."""
import hashlib
import os
import shutil

import audits
from audits import ALTERED, entries, files_of, make, read, write

RECORDS, WIDTH = 5000, 256
# With a checkpoint each 40 records: the sizes of those that have 1,024 more than the one before.
KEPT = (1040, 2080, 3120, 4160)
MOST = 1300  # records that are named for one that was altered


def digest(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root(hashes):
    while len(hashes) > 1:
        hashes = [digest(b"\1", *hashes[at:at + 2]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def records_of(folder):
    """Every leaf with its length before it; of the last bundle its newest version."""
    paths = files_of(os.path.join(folder, "tile", "entries"))
    full = [path for path in paths if ".p" not in path]
    newest = max((path for path in paths if ".p" in path), key=lambda path: int(path.split("/")[-1]))
    return [leaf for path in [*full, newest] for leaf in entries(read(folder, "tile", "entries", path))]


def lay(folder, leaves):
    """Writes the records and all tiles over them, as if they had never been others."""
    shutil.rmtree(os.path.join(folder, "tile"))
    lay_level(folder, "entries", leaves)
    level, hashes = 0, [digest(b"\0", leaf[2:]) for leaf in leaves]
    while hashes:
        lay_level(folder, str(level), hashes)
        full = len(hashes) - len(hashes) % WIDTH
        level, hashes = level + 1, [root(hashes[at:at + WIDTH]) for at in range(0, full, WIDTH)]


def lay_level(folder, kind, parts):
    for at in range(0, len(parts), WIDTH):
        tile = parts[at:at + WIDTH]
        path = os.path.join(folder, "tile", kind, f"{at // WIDTH:03}")
        path += "" if len(tile) == WIDTH else f".p/{len(tile)}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write(b"".join(tile), path)


def edited(leaf):
    """The account is another. It is a journal record as before."""
    assert leaf.count(b"DESK-7") > 0
    return leaf.replace(b"DESK-7", b"DESK-9")


class Edits(audits.Audits):
    """Of a good audit with kept checkpoints."""
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log, cls.witness = make(cls.good, records=RECORDS)
        cls.without_others(cls.good)

    @staticmethod
    def without_others(folder):
        """As penstockd leaves an audit: checkpoint.<size> is what a test's maker adds."""
        for name in os.listdir(folder):
            if name.startswith("checkpoint."):
                os.remove(os.path.join(folder, name))

    def make_too(self, name, *plan):
        folder = os.path.join(self.work.name, name)
        make(folder, *plan, records=RECORDS)
        self.without_others(folder)
        return folder

    def altered(self, folder, *options):
        """The lines in which both verifiers call it altered; those of places must be the same."""
        done = self.both(folder, *options)
        self.assertEqual(self.agreed(*done)[0], ALTERED)
        lines = [[line[8:] for line in one.stdout.splitlines() if line.startswith("ALTERED ")]
                 for one in done]
        places = [[line for line in one if "signed for" in line] for one in lines]
        self.assertEqual(places[0], places[1])
        self.assertEqual([line.split()[0] for line in lines[0]], [line.split()[0] for line in lines[1]])
        return lines[0]
