"""tools/coverage names the branches that nobody took, and refuses counts that are not of this tree."""
import os
import subprocess
import unittest

import support

NAME = "oms/domain/order_state.cpp"
# Line 5: one way is never taken. Line 6: both are. Line 7: an assertion. Line 8: a switch without a default.
# Line 15: with ten arguments only.
SOURCE = """\
#define PENSTOCK_ASSERT(what, why) ((what) ? (void)0 : __builtin_abort())
enum class Side { Buy, Sell };
int taken = 0;
int step(int number, Side side) {
    if (number > 5) ++taken;
    if (number > 1) ++taken;
    PENSTOCK_ASSERT(number >= 0, "it is counted from zero");
    switch (side) {
        case Side::Buy: return 1;
        case Side::Sell: break;
    }
    return 2;
}
int main(int count, char**) {
    if (count > 9) ++taken;
    for (int at = 0; at < 4; ++at) step(at, at % 2 != 0 ? Side::Buy : Side::Sell);
    return EXIT;
}
"""


class Coverage(support.Tree):
    def compile(self, source, result=0):
        """A program of one file, which is in the gate, as ninja would build it."""
        self.write(NAME, source)
        self.build = os.path.join(self.root, "build")
        os.makedirs(self.build, exist_ok=True)
        flags = ["--coverage", "-O0", "-fno-exceptions", f"-DEXIT={result}"]
        subprocess.run(["g++", *flags, "-c", "../" + NAME, "-o", "a.o"], cwd=self.build, check=True)
        subprocess.run(["g++", "--coverage", "a.o", "-o", "program"], cwd=self.build, check=True)

    def coverage(self, *programs):
        return self.run_tool("coverage", "--root", self.root, self.build, *programs)

    def age(self, path, seconds):
        """As if it had been written that much earlier."""
        before = os.stat(path).st_mtime - seconds
        os.utime(path, (before, before))

    def assert_refused(self, why, *programs):
        run = self.coverage(*programs)
        self.assertEqual(run.returncode, 1, run.stdout)
        self.assertIn(why, run.stderr)
        self.assertNotIn("branches taken", run.stdout)

    def test_an_untaken_branch_is_named_and_assertions_and_ends_of_switches_are_not(self):
        self.compile(SOURCE)
        run = self.coverage("program")
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertIn(f"{NAME}:5: 1 of 2 branches not taken", run.stdout)
        for line in (6, 7, 8):
            self.assertNotIn(f"{NAME}:{line}:", run.stdout)

    def test_a_tree_whose_branches_are_all_taken_passes(self):
        self.compile(SOURCE.replace("number > 5", "number > 2").replace("if (count > 9) ", ""))
        run = self.coverage("program")
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertRegex(run.stdout, r"coverage: (\d+) of \1 branches taken, 0 lines never ran")

    def test_counts_of_before_are_forgotten_when_the_programs_are_run(self):
        self.compile(SOURCE)
        program = os.path.join(self.build, "program")
        for arguments in [], ["more"] * 9:
            subprocess.run([program, *arguments], cwd=self.build, check=True)
        before = self.coverage()
        self.assertNotIn(f"{NAME}:15:", before.stdout)
        self.assertIn(f"{NAME}:15:", self.coverage("program").stdout)

    def test_what_never_ran_is_refused(self):
        self.compile(SOURCE)
        self.assert_refused("nothing has run")
        self.write("oms/engine/pegs.cpp", "int pegs = 1;\n")
        self.assert_refused("oms/engine/pegs.cpp never ran", "program")

    def test_a_program_that_fails_is_refused(self):
        self.compile(SOURCE, result=3)
        self.assert_refused("program failed", "program")

    def test_counts_older_than_what_was_compiled_are_refused(self):
        self.compile(SOURCE)
        self.coverage("program")
        self.age(os.path.join(self.build, "a.gcda"), 3600)
        self.assert_refused("a.gcno is newer than its last run")

    def test_a_source_newer_than_what_was_compiled_is_refused(self):
        self.compile(SOURCE)
        for made in ("a.gcno", "a.o"):
            self.age(os.path.join(self.build, made), 3600)
        self.assert_refused(f"{NAME} was edited since it was compiled", "program")


if __name__ == "__main__":
    unittest.main()
