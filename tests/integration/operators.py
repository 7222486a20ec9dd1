"""The `penstock` program, as an operator calls it, for the tests of this folder."""
import json
import os
import subprocess

import support


class Operator(support.System):
    """A test with a system and the operator's program beside it."""

    def penstock(self, *arguments, code=0):
        """What it printed on stdout; the test fails when the exit code is another one."""
        program = os.path.join(support.BUILD, "penstock")
        done = subprocess.run([program, *arguments], cwd=self.folder, text=True, capture_output=True,
                              check=False, timeout=120)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.said = done.stderr
        return done.stdout

    def status(self):
        return json.loads(self.penstock("status", "--config", "penstock.toml"))

    def settled(self):
        """The status, once nothing waits for the disk any more."""
        status = self.status()
        while status["durable"] != status["seq"]:
            status = self.status()
        return status

    def add_to_configuration(self, text, **changes):
        """Appends a table, and changes lines of the tables that are there."""
        path = os.path.join(self.folder, "penstock.toml")
        with open(path, encoding="utf-8") as file:
            old = file.read()
        for key, value in changes.items():
            old = old.replace(f"[{key}]\n", f"[{key}]\n{value}\n")
        self.write("penstock.toml", old + text)

    def on_disk(self):
        """Waits until readers beside penstockd see what it has said so far: the watermark lags a little."""
        last = self.settled()["seq"]
        while True:
            said = self.penstock("journal", "verify", "--config", "penstock.toml", "--json")
            if json.loads(said)["watermark"] >= last:
                return

    def records(self, *arguments):
        if self.penstockd.is_running():
            self.on_disk()
        text = self.penstock("journal", "inspect", "--config", "penstock.toml", "--json", *arguments)
        return [json.loads(line) for line in text.splitlines()]
