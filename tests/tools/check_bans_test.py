"""tools/check_bans catches each banned thing where it is banned, and only there."""
import unittest

import support


class Bans(support.Tree):
    def assert_banned(self, rule, name, line):
        self.write(name, f"\n{line}\n")
        self.assert_caught("check_bans", f"{name}:2: {rule}:")
        self.write(name, "\n")

    def test_inexact_numbers_down_to_layer_three(self):
        for room in ("oms/domain", "risk", "persistence", "fix", "gateways"):
            self.assert_banned("float", f"{room}/a.hpp", "double price = 0;")
        self.assert_banned("float", "router/a.cpp", "std::vector<float> scores;")

    def test_clocks_randomness_locks_and_streams_in_the_core(self):
        core = "oms/engine/a.cpp"
        self.assert_banned("clock", core, "auto t = std::chrono::steady_clock::now();")
        self.assert_banned("clock", core, "clock_gettime(CLOCK_REALTIME, &ts);")
        self.assert_banned("clock", core, "auto t = std::time(nullptr);")
        self.assert_banned("random", core, "#include <random>")
        self.assert_banned("random", core, "int a = rand();")
        self.assert_banned("lock", core, "#include <mutex>")
        self.assert_banned("lock", core, "std::atomic<int> count;")
        self.assert_banned("iostream", core, "#include <iostream>")

    def test_exceptions_in_the_core(self):
        self.assert_banned("throw", "risk/a.cpp", "throw 1;")
        self.assert_banned("throw", "oms/ports/a.hpp", "try { f(); } catch (...) {}")

    def test_sleeping_and_silent_skips_in_tests(self):
        self.assert_banned("sleep", "tests/fix/a_test.cpp", "std::this_thread::sleep_for(1s);")
        self.assert_banned("sleep", "tests/interop/a.py", "time" + ".sleep(1)")
        self.assert_banned("skip", "tests/fix/a_test.cpp", "GTEST_SKIP();")
        self.assert_banned("skip", "tests/fix/a_test.cpp", "TEST(A, DISABLED_B) {}")

    def test_unfinished_work_without_an_issue(self):
        for mark in ("TO" + "DO", "FIX" + "ME", "X" + "XX"):
            self.assert_banned("unfinished", "apps/a.cpp", f"// {mark}: later")
            self.assert_banned("unfinished", "docs/a.md", f"{mark} write this")
            self.assert_banned("unfinished", "tools/a.py", f"# {mark} later")

    def test_paths_of_one_machine_and_registries(self):
        self.assert_banned("path", "docs/a.md", "see /ho" + "me/somebody/penstock")
        self.assert_banned("path", "tools/a.py", "ROOT = '/wo" + "rk/main'")
        self.assert_banned("registry", "tests/interop/package-lock.json", "https://registry.npm" + "js.org/x")

    def test_what_only_looks_like_it_passes(self):
        self.write("oms/engine/a.cpp", '// double, throw, steady_clock\nconst char* a = "double throw";\n'
                                       "Timestamp time(int a);\nint doubled = retry(brand(1));\n")
        self.write("apps/a.cpp", "double seconds = 0;\nauto t = std::chrono::steady_clock::now();\n"
                                 "// TO" "DO(#12): later\n" 'const char* currency = "X' 'XX";\n')
        self.write("tests/fix/a_test.cpp", 'GTEST_SKIP() << "no reference data";\n')
        self.write("docs/a.md", "https://example.org/home/page and docs/work/x and `TO" + "DO`\n")
        self.assert_clean("check_bans")

    def test_an_exception_needs_a_reason_and_a_use(self):
        self.write("fix/island/a.cpp", "double price = 0;\n")
        self.write("tools/bans_allowed.txt", "float fix/island/a.cpp  # QuickFIX's own type\n")
        self.assert_clean("check_bans")
        self.write("fix/island/a.cpp", "\n")
        self.assert_caught("check_bans", "allows nothing any more")
        self.write("tools/bans_allowed.txt", "float fix/island/a.cpp\n")
        self.assertIn("expected: rule path # reason", self.check("check_bans").stderr)


if __name__ == "__main__":
    unittest.main()
