"""tools/test_summary counts what really ran."""
import unittest

import support

ENTRY = '<testcase name="{name}" status="{status}">{inside}<system-out>{out}</system-out></testcase>'
FAILURE = '<failure message="{}"/>'


class Summary(support.Tree):
    def ctest(self, *entries):
        self.write("ctest.junit", f"<testsuite>{''.join(entries)}</testsuite>")

    def entry(self, name, status="run", inside="", out=""):
        return ENTRY.format(name=name, status=status, inside=inside, out=out)

    def googletest(self, name, *cases):
        made = "".join(f'<testcase classname="S" name="c{index}" status="run">{inside}</testcase>'
                       for index, inside in enumerate(cases))
        self.write(name + ".xml", f"<testsuites><testsuite>{made}</testsuite></testsuites>")

    def last_line(self, code):
        run = self.run_tool("test_summary", self.root)
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        return run.stdout, run.stdout.rstrip("\n").split("\n")[-1]

    def test_programs_count_by_their_cases(self):
        tool = self.entry("tool", out="Ran 3 tests in 0.1s\n\nOK")
        self.ctest(self.entry("fix_test"), tool, self.entry("other"))
        self.googletest("fix_test", "", "")
        self.assertEqual(self.last_line(0)[1], "6 passed, 0 failed")

    def test_a_failing_case_is_named_and_counted_once(self):
        self.ctest(self.entry("fix_test", "fail", FAILURE.format("Failed")))
        self.googletest("fix_test", "", "<failure message='no'/>")
        said, last = self.last_line(1)
        self.assertEqual(last, "1 passed, 1 failed")
        self.assertIn("FAILED: S.c1", said)

    def test_skips_are_named_with_their_reason(self):
        self.ctest(self.entry("fix_test"))
        self.googletest("fix_test", "", '<skipped message="a.cpp:3&#x0A;reference data absent: books.csv"/>')
        said, last = self.last_line(0)
        self.assertEqual(last, "1 passed, 0 failed, 1 skipped")
        self.assertIn("skipped: S.c1: reference data absent: books.csv", said)

    def test_a_program_that_died_is_a_failure_even_after_good_cases(self):
        self.ctest(self.entry("left_cases", "fail", FAILURE.format("SEGFAULT")),
                   self.entry("left_nothing", "fail", FAILURE.format("Timeout")),
                   self.entry("left_half", "fail", FAILURE.format("SEGFAULT")))
        self.googletest("left_cases", "")
        self.write("left_half.xml", "<testsuites><tests")
        self.assertEqual(self.last_line(1)[1], "1 passed, 3 failed")

    def test_failing_unittest_cases_are_counted(self):
        out = "Ran 4 tests in 0.1s\n\nFAILED (failures=1, errors=1)"
        self.ctest(self.entry("tool", "fail", FAILURE.format("Failed"), out))
        self.assertEqual(self.last_line(1)[1], "2 passed, 2 failed")

    def test_lint_and_interop_count_one_each(self):
        self.ctest(self.entry("one"))
        checks = (("lint sizes", "pass", ""), ("lint bans", "fail", "x"), ("interop", "skip", "no node"))
        self.write("checks.tsv", "".join("\t".join(check) + "\n" for check in checks))
        said, last = self.last_line(1)
        self.assertEqual(last, "2 passed, 1 failed, 1 skipped")
        self.assertIn("skipped: interop: no node", said)

    def test_no_result_and_no_tests_are_failures(self):
        self.assertEqual(self.last_line(1)[1], "0 passed, 1 failed")
        self.ctest()
        self.assertEqual(self.last_line(1)[1], "0 passed, 1 failed")


if __name__ == "__main__":
    unittest.main()
