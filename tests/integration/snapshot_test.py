"""Starts from snapshots: the same state as a replay of everything, the same messages on resend, and an older
snapshot or the whole journal when the newest is not good."""
import hashlib
import os
import re
import signal
import subprocess
import time
import unittest

import support

HEADER = 224  # bytes; the digest is the last 32 of them
LAYOUT = 152  # offsets in it
STATE_HASH = 160


def hash_in(line):
    return re.search(r"state hash ([0-9a-f]{16})", line).group(1)


class Snapshots(support.System):
    def setUp(self):
        super().setUp()
        self.orders = 0
        self.next_out = 1
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))
        self.start_penstockd()

    def command(self, name):
        program = os.path.join(support.BUILD, "penstockd")
        done = subprocess.run([program, "--config", "penstock.toml", name], cwd=self.folder, text=True,
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def snapshots(self):
        folder = os.path.join(self.folder, "state", "snapshots")
        names = os.listdir(folder) if os.path.isdir(folder) else []
        return sorted(os.path.join(folder, name) for name in names if name.endswith(".snap"))

    def trade(self, client, orders=20):
        """New orders that rest, some of them cancelled. The reports that came."""
        reports = []
        for _ in range(orders):
            self.orders += 1
            name = f"o{self.orders}"
            client.order(name, 10, "24.00")
            reports.append(client.report(name, "0"))
        return reports

    def trader(self, sender):
        client = self.connect(sender)
        client.next_out = self.next_out
        client.log_on()
        self.wait_until_orders_may_go(client)
        return client

    def take(self):
        """A snapshot of everything so far, which the watermark reaches within a moment."""
        before = self.snapshots()
        deadline = time.monotonic() + support.START_SECONDS
        while self.snapshots() == before and time.monotonic() < deadline:
            self.command("snapshot")
        self.assertNotEqual(self.snapshots(), before)

    def restart(self):
        """kill -9 and a start. What the start says of its way."""
        self.penstockd.end(signal.SIGKILL)
        whole = hash_in(self.command("replay").stdout)
        self.start_penstockd()
        self.assertEqual(hash_in(self.penstockd.wait_for("recovered ")), whole)
        return self.penstockd.output()

    def test_the_state_is_that_of_a_replay_of_everything(self):
        for life in range(4):
            client = self.trader("CLIENT1")
            self.trade(client)
            self.take()
            self.trade(client)
            self.next_out = client.next_out
            client.close()
            said = self.restart()
            self.assertIn("begins at the snapshot of record", said, f"life {life}")
            self.assertNotIn("snapshot not used", said)
        self.assertEqual(len(self.snapshots()), 3)

    def test_messages_from_before_a_snapshot_are_sent_again(self):
        client = self.trader("CLIENT1")
        reports = self.trade(client)
        self.take()
        reports += self.trade(client)
        numbers = (client.next_out, reports[-1].number())
        client.close()
        self.assertIn("begins at the snapshot of record", self.restart())

        client = self.connect("CLIENT1")
        client.next_out = numbers[0]
        client.log_on()
        client.send("2", f"7={reports[0].number()}|16={numbers[1]}|")
        again = {}
        while not again or max(again) < numbers[1]:
            message = client.until(t35="8")
            again[message.number()] = message
        for report in reports:
            repeated = again[report.number()]
            self.assertEqual(repeated[43], "Y")
            for tag in (17, 37, 11, 150, 39, 151, 14):
                self.assertEqual(repeated[tag], report[tag], tag)

    def two_snapshots(self):
        client = self.trader("CLIENT1")
        for _ in range(2):
            self.trade(client)
            self.take()
        client.close()
        return self.snapshots()

    def test_a_damaged_one_is_put_aside_and_the_one_before_is_used(self):
        old, new = self.two_snapshots()
        with open(new, "r+b") as file:
            file.seek(os.path.getsize(new) // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 4]))
        said = self.restart()
        self.assertIn("do not match their SHA-256", said)
        self.assertIn(f"begins at the snapshot of record {int(old[-25:-5])}", said)
        self.assertEqual(self.snapshots(), [old])
        self.assertTrue(os.path.exists(new + ".damaged"))

    def test_those_of_another_program_are_left_and_the_whole_journal_is_executed(self):
        files = self.two_snapshots()
        for name, field in zip(files, (LAYOUT, STATE_HASH)):
            with open(name, "rb") as file:
                data = bytearray(file.read())
            data[field] ^= 1
            data[HEADER - 32:HEADER] = bytes(32)
            digest = hashlib.sha256(bytes(data[HEADER:]) + bytes(data[:HEADER])).digest()
            data[HEADER - 32:HEADER] = digest
            with open(name, "wb") as file:
                file.write(data)
        said = self.restart()
        self.assertIn("lays out its state otherwise", said)
        self.assertIn("to which its bytes mean something else", said)
        self.assertNotIn("begins at the snapshot", said)
        self.assertEqual(self.snapshots(), files)


class TakenByItself(support.System):
    def test_one_is_taken_after_so_many_records_while_orders_are_served(self):
        self.start_venue()
        path = self.configure(support.session_section("CLIENT1"))
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.write("penstock.toml", text.replace("[journal]", "[journal]\nsnapshot_records = 20"))
        self.start_penstockd()
        client = self.client("CLIENT1")
        self.wait_until_orders_may_go(client)
        folder = os.path.join(self.folder, "state", "snapshots")
        deadline = time.monotonic() + support.START_SECONDS
        for count in range(50):
            client.order(f"o{count}", 10, "24.00")
            client.report(f"o{count}", "0")
        while time.monotonic() < deadline:
            client.test_request("still served")
            if os.path.isdir(folder) and any(name.endswith(".snap") for name in os.listdir(folder)):
                break
        self.penstockd.end(signal.SIGKILL)
        self.start_penstockd()
        self.penstockd.wait_for("begins at the snapshot of record")


if __name__ == "__main__":
    unittest.main()
