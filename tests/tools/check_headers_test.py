"""tools/check_headers compiles each header alone, once."""
import json
import unittest

import support

GOOD = "#pragma once\n#include <string>\ninline std::string name() { return {}; }\n"


class Headers(support.Tree):
    def setUp(self):
        super().setUp()
        command = f"c++ -isystem {self.root}/other a.cpp"
        entry = {"directory": self.root, "file": "a.cpp", "command": command}
        self.write("build/compile_commands.json", json.dumps([entry]))

    def said(self):
        run = self.check("check_headers")
        return run.returncode, run.stdout

    def test_a_complete_header_passes_and_is_not_compiled_twice(self):
        self.write("risk/a.hpp", GOOD)
        self.assertEqual(self.said(), (0, "note: 1 headers, 1 compiled now\n"))
        self.assertEqual(self.said(), (0, "note: 1 headers, 0 compiled now\n"))

    def test_a_header_that_needs_another_first_is_caught_every_time(self):
        self.write("risk/a.hpp", "#pragma once\nstd::string name();\n")
        for _ in range(2):
            self.assert_caught("check_headers", "risk/a.hpp:1: does not compile alone")

    def test_a_change_in_what_it_includes_compiles_it_again(self):
        self.write("risk/a.hpp", '#pragma once\n#include "risk/b.hpp"\ninline Name name() { return {}; }\n')
        self.write("risk/b.hpp", "#pragma once\nusing Name = int;\n")
        self.assertEqual(self.said()[0], 0)
        self.write("risk/b.hpp", "#pragma once\n")
        self.assert_caught("check_headers", "risk/a.hpp:1: does not compile alone")

    def test_a_missing_pragma_is_caught(self):
        self.write("risk/a.hpp", "int f();\n")
        self.assert_caught("check_headers", "risk/a.hpp:1: has no #pragma once")

    def test_headers_with_quickfix_are_compiled_as_cpp14(self):
        self.write("other/quickfix/Session.h", "void f() throw(int);\n")
        self.write("fix/island/a.hpp", "#pragma once\n#include <quickfix/Session.h>\n")
        self.assertEqual(self.said()[0], 0)

    def test_without_a_build_folder_it_says_what_to_do(self):
        run = self.run_tool("check_headers", "--root", self.root, "--build", self.root + "/none")
        self.assertEqual(run.returncode, 1)
        self.assertIn("run ./dev build first", run.stderr)


if __name__ == "__main__":
    unittest.main()
