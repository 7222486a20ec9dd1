#!/usr/bin/env python3
"""Plays the FIX order state matrices against penstockd: matrices.py fix42|fix44|fix50sp2 [SCENARIO ...]"""
import sys
import unittest

import matrix
import player
import world

VERSIONS = {"fix42": "4.2", "fix44": "4.4", "fix50sp2": "5.0SP2"}


class Matrices(unittest.TestCase):
    """One case for each branch, all against one penstockd."""
    version = ""
    world = None
    checked = 0
    played = []
    skipped = []

    @classmethod
    def setUpClass(cls):
        cls.world = world.World(cls.version)

    @classmethod
    def tearDownClass(cls):
        cls.world.close()
        parts = [branch for branch in cls.played if branch.missing]
        whole = {branch.scenario for branch in cls.played} - {branch.scenario for branch in parts}
        print(f"matrices {cls.version}: {len(whole)} scenarios whole and {len(parts)} in part, in "
              f"{len(cls.played)} branches; {cls.checked} steps checked, {len(cls.skipped)} branches skipped",
              file=sys.stderr)
        for branch in parts:
            print(f"  in part: {branch.scenario}: {branch.missing}", file=sys.stderr)
        for branch in cls.skipped:
            print(f"  skipped: {branch.name}: {branch.skipped}", file=sys.stderr)

    def play(self, branch, number):
        if branch.skipped:
            Matrices.skipped.append(branch)
            self.skipTest(branch.skipped)
        self.world.settle()
        one = player.Player(self.world, branch, number)
        try:
            one.play()
        except AssertionError as error:
            raise AssertionError(f"{branch.name}: {error}") from None
        Matrices.checked += one.checked
        Matrices.played.append(branch)


class Absent(unittest.TestCase):
    def test_matrices(self):
        self.skipTest(matrix.why_absent())


def case_of(branch, number):
    return lambda self: self.play(branch, number)


def main():
    Matrices.version = VERSIONS[sys.argv[1]]
    if matrix.why_absent():
        print(f"skipped: {matrix.why_absent()}")
        suite = unittest.defaultTestLoader.loadTestsFromTestCase(Absent)
    else:
        for number, branch in enumerate(matrix.load(Matrices.version), 1):
            if sys.argv[2:] and branch.scenario not in sys.argv[2:]:
                continue
            label = branch.name.replace(".", "_").replace("-", "__")
            setattr(Matrices, f"test_{number:03}_{label}", case_of(branch, number))
        suite = unittest.defaultTestLoader.loadTestsFromTestCase(Matrices)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    sys.exit(0 if result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()
