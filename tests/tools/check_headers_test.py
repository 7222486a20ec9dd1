"""tools/check_headers compiles each header alone, once."""
import json
import os
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
        self.assertEqual(self.said(), (0, "note: 1 headers, 0 as built, 1 compiled now\n"))
        self.assertEqual(self.said(), (0, "note: 1 headers, 0 as built, 0 compiled now\n"))

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

    def build(self, first, made_at):
        """Says that risk/a.cpp, which includes `first` before all else, was compiled at this time."""
        self.write("risk/a.cpp", f'#include "{first}"\n#include "risk/a.hpp"\n')
        for name in ("risk/a.cpp", "risk/a.hpp", "risk/b.hpp"):
            os.utime(os.path.join(self.root, name), (1000, 1000))
        command = "c++ -isystem other -o a.o -c risk/a.cpp"
        entry = {"directory": self.root, "file": "risk/a.cpp", "command": command}
        self.write("build/compile_commands.json", json.dumps([entry]))
        self.write("a.o", "")
        os.utime(os.path.join(self.root, "a.o"), (made_at, made_at))

    def test_what_a_built_file_includes_first_is_not_compiled_again(self):
        self.write("risk/a.hpp", GOOD)
        self.write("risk/b.hpp", "#pragma once\n")
        self.build("risk/a.hpp", made_at=1001)
        self.assertEqual(self.said(), (0, "note: 2 headers, 1 as built, 1 compiled now\n"))

    def test_one_that_is_not_first_or_changed_since_is_compiled(self):
        self.write("risk/a.hpp", "#pragma once\ninline Name name() { return {}; }\n")
        self.write("risk/b.hpp", "#pragma once\nusing Name = int;\n")
        for first, made_at in (("risk/b.hpp", 1001), ("risk/a.hpp", 1000)):
            self.build(first, made_at)
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
