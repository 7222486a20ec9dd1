"""Runs a script of tools/ on a small tree made for one test."""
import os
import subprocess
import sys
import tempfile
import unittest

TOOLS = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "tools")


class Tree(unittest.TestCase):
    """A test with an empty folder of its own as the repository."""

    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.root = os.path.realpath(made.name)

    def write(self, name, text, executable=False):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        if executable:
            os.chmod(path, 0o755)
        return path

    def run_tool(self, tool, *arguments):
        command = [sys.executable, os.path.join(TOOLS, tool), *arguments]
        return subprocess.run(command, capture_output=True, text=True)

    def check(self, tool):
        return self.run_tool(tool, "--root", self.root)

    def assert_clean(self, tool):
        run = self.check(tool)
        self.assertEqual((run.returncode, run.stdout + run.stderr), (0, ""))

    def assert_caught(self, tool, *expected):
        """The tool fails and says each of these."""
        run = self.check(tool)
        self.assertEqual(run.returncode, 1, run.stdout + run.stderr)
        for text in expected:
            self.assertIn(text, run.stdout)
