"""penstock-witness as it runs: keys, logs, HTTP, restart, and the recorded litewitness conversation."""
import base64
import hashlib
import http.client
import os
import re
import signal
import stat
import subprocess
import tempfile
import unittest

BUILD, SOURCE = os.environ["PENSTOCK_BINARY_DIR"], os.environ["PENSTOCK_SOURCE_DIR"]
DATA = os.environ.get("PENSTOCK_REFERENCE_DATA", os.path.join(SOURCE, "..", "shared", "data"))
RECORDED = os.path.join(DATA, "audit", "torchwood", "litewitness.txt")
PROGRAM = os.path.join(BUILD, "penstock-witness")
SECONDS = 30  # for a program to end; nothing here takes one


def key_text(prefix, name, key_type, public, data):
    key_id = hashlib.sha256(name.encode() + b"\n" + bytes([key_type]) + public).digest()[:4]
    return f"{prefix}{name}+{key_id.hex()}+{base64.b64encode(bytes([key_type]) + data).decode()}"


class Program(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.TemporaryDirectory()
        self.addCleanup(self.work.cleanup)
        self.key, self.state = (os.path.join(self.work.name, name) for name in ("key", "state"))
        self.running = None

    def tearDown(self):
        if self.running:
            self.stop()

    def run_program(self, *words):
        return subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=SECONDS, check=False)

    def keygen(self):
        return self.run_program("keygen", "--name", "witness.example/w1", "--key", self.key)

    def serve(self, *more):
        command = [PROGRAM, "serve", "--key", self.key, "--state", self.state, "--port", "0", *more]
        self.running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.running.stdout.readline()
        found = re.match(r"ready (\S+) on 127\.0\.0\.1:(\d+), (\d+) logs", line)
        self.assertTrue(found, line)
        return int(found.group(2))

    def stop(self):
        self.running.send_signal(signal.SIGTERM)
        _, said = self.running.communicate(timeout=SECONDS)
        code, self.running = self.running.returncode, None
        self.assertEqual((code, said), (0, ""))

    def request(self, port, body, method="POST", path="/add-checkpoint"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        connection.request(method, path, body)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.getheader("Content-Type")

    def test_a_key_is_made_once_and_for_its_owner_only(self):
        made = self.keygen()
        self.assertRegex(made.stdout, r"^witness\.example/w1\+[0-9a-f]{8}\+B")
        self.assertEqual(stat.S_IMODE(os.stat(self.key).st_mode), 0o400)
        again = self.keygen()
        self.assertEqual(again.returncode, 1)
        self.assertIn("is there already", again.stderr)
        os.chmod(self.key, 0o440)
        served = self.run_program("serve", "--key", self.key, "--state", self.state)
        self.assertEqual(served.returncode, 1)
        self.assertIn("open to others", served.stderr)

    def test_a_name_that_no_verifier_takes_gets_no_key(self):
        for name in ("witness\u00e9", "two words", "a+b", ""):
            made = self.run_program("keygen", "--name", name, "--key", self.key)
            self.assertEqual(made.returncode, 2, name)
            self.assertIn("a name is printable ASCII, with neither spaces nor '+'", made.stderr)
            self.assertFalse(os.path.exists(self.key))

    def test_help_and_usage(self):
        self.assertEqual(self.run_program("--help").returncode, 0)
        self.assertEqual(self.run_program("serve").returncode, 2)
        self.assertEqual(self.run_program().returncode, 2)

    def test_other_requests_are_refused(self):
        self.keygen()
        port = self.serve()
        self.assertEqual(self.request(port, "old 0\n")[0], 400)
        self.assertEqual(self.request(port, None, method="GET")[0], 405)
        self.assertEqual(self.request(port, "", path="/")[0], 404)
        self.assertEqual(self.request(port, "x" * 70_000)[0], 413)

    def test_one_state_folder_has_one_witness(self):
        self.keygen()
        self.serve()
        second = self.run_program("serve", "--key", self.key, "--state", self.state, "--port", "0")
        self.assertEqual(second.returncode, 1)
        self.assertIn("another process", second.stderr)

    def recorded(self):
        """The log's public key as vkey, and (request, status, contained, whole body) of each exchange."""
        with open(RECORDED, encoding="utf-8") as file:
            text = file.read()
        public = bytes.fromhex(re.search(r"add-sigsum-log -key=([0-9a-f]{64})", text).group(1))
        pem = re.search(r"witness_key\.pem --\n-----BEGIN[^\n]*\n(.*?)-----END", text, re.S).group(1)
        pem = base64.b64decode(pem)
        secret = pem[pem.index(b"\0\0\0\x40") + 4:][:64]
        with open(self.key, "w", encoding="utf-8") as file:
            file.write(key_text("PRIVATE+KEY+", "example.com/witness", 4, secret[32:], secret[:32]) + "\n")
        os.chmod(self.key, 0o400)
        origin = "sigsum.org/v1/tree/" + hashlib.sha256(public).hexdigest()
        pattern = r'```\n(.*?)```\nHTTP (\d+)\n\[Asserts\]\nbody (contains|==) "(.*?)"\n'
        exchanges = re.findall(pattern, text, re.S)
        return key_text("", origin, 1, public, public), exchanges

    def test_the_recorded_conversation_and_a_restart_in_its_middle(self):
        if not os.path.exists(RECORDED):
            self.skipTest("no published vectors: torchwood/litewitness.txt is not in ../shared/data/audit")
        log, exchanges = self.recorded()
        added = self.run_program("add-log", "--key", self.key, "--state", self.state, "--log", log)
        self.assertEqual(added.returncode, 0, added.stderr)
        self.assertEqual(len(exchanges), 9)
        port = self.serve("--unknown-log-403")
        for index, (body, status, how, text) in enumerate(exchanges):
            if index == 6:
                self.stop()
                port = self.serve("--unknown-log-403")
            got, answer, kind = self.request(port, body.encode())
            self.assertEqual(got, int(status), answer)
            if how == "contains":
                self.assertIn(text, answer)
            else:
                self.assertEqual((answer, kind), (text.replace("\\n", "\n"), "text/x.tlog.size"))


if __name__ == "__main__":
    unittest.main()
