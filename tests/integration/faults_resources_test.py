"""Descriptors and memory that run out under the real penstockd."""
import os
import resource
import signal
import struct
import subprocess
import time
import unittest

import faulty_machine
import fix_client
import support
from faulty_machine import say

CONNECTIONS = 300
SPARE_DESCRIPTORS = 20
ALLOCATIONS = [1, 2, 5, 20, 100, 500]  # the how manyth fails, counted while the program trades
START_LIMITS_MIB = range(40, 760, 40)  # of address space: too little at first, enough in the end
MIB = 1 << 20


class Resources(faulty_machine.FaultyMachine):
    def exhaust_descriptors(self):
        """Strangers connect and say nothing until penstockd cannot accept any more. The limit."""
        pid = self.penstockd.process.pid
        limit = len(os.listdir(f"/proc/{pid}/fd")) + SPARE_DESCRIPTORS
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit, limit))
        self.strangers = [fix_client.connect(self.port) for _ in range(CONNECTIONS)]
        for stranger in self.strangers:
            self.addCleanup(stranger.close)
        self.wait_until(lambda: len(os.listdir(f"/proc/{pid}/fd")) >= limit)
        return limit

    def test_sessions_trade_while_descriptors_are_exhausted(self):
        self.begin()
        limit = self.exhaust_descriptors()
        names = [self.order() for _ in range(2_000)]
        for name in names:
            self.assertTrue(self.answered(name, 60), name + "\n" + self.penstockd.output())
        answers = [self.client_of_test.answer_to(name) for name in names]
        self.assertEqual({(answer[150], answer[58]) for answer in answers}, {("0", None)})
        for stranger in self.strangers:
            stranger.close()
        self.come_back()
        say(f"R18: {CONNECTIONS} connections at a limit of {limit} descriptors: all of 2000 orders of a "
            f"session "
            f"that was there were taken, a client logs on again when the others are gone; "
            f"{self.assert_nothing_lost()} orders told of, 0 lost")

    def test_a_new_segment_without_descriptors_stops_nothing(self):
        """A segment's name is synced through a descriptor of its directory, and the next segment needs "
        "one."""
        self.begin(segment_mib=1)
        limit = self.exhaust_descriptors()
        refused = None
        for _ in range(40):
            name = [self.order() for _ in range(100)][-1]
            self.assertTrue(self.answered(name), self.penstockd.output())
            if self.client_of_test.answer_to(name)[150] == "8":
                refused = self.client_of_test.answer_to(name)[58]
                break
        self.assertIn("JournalNearlyFull", refused or "nothing was refused")
        self.assertFalse(self.client_of_test.read(1) is False, self.penstockd.output())
        for stranger in self.strangers:
            stranger.close()
        self.come_back()
        self.assert_alive()
        say(f"R18: the journal entered a segment at a limit of {limit} descriptors: orders were refused "
            f"by name "
            f"until there were some again; {self.assert_nothing_lost()} orders told of, 0 lost")

    def wait_until(self, reached):
        deadline = time.monotonic() + support.START_SECONDS
        while not reached():
            self.assertLess(time.monotonic(), deadline)

    @unittest.skipIf(support.IS_SANITIZED, "sanitizers bring a malloc of their own")
    def test_memory_that_ends_stops_the_process_and_loses_nothing(self):
        shim = os.path.join(self.folder, "failing_malloc.so")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "failing_malloc.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, source], check=True)
        self.left = os.path.join(self.folder, "allocations")
        self.memory_ends_after(0)
        self.environment = {"LD_PRELOAD": shim, "PENSTOCK_FAILING_MALLOC": self.left}
        self.begin()
        codes, starts = [], []
        for allocations in ALLOCATIONS:
            self.memory_ends_after(allocations)
            code = self.trade_until_it_ends()
            self.assertNotEqual(code, 0, self.penstockd.output())
            codes.append(code)
            self.memory_ends_after(0)
            began = time.monotonic()
            self.start_penstockd()
            starts.append(time.monotonic() - began)
            self.come_back()
        say(f"R18: memory ends at the {ALLOCATIONS} th allocation: stopped with {codes}, started again in "
            f"{[round(one, 2) for one in starts]} s; {self.assert_nothing_lost()} orders told of, 0 lost")

    def memory_ends_after(self, allocations):
        """The program has the file mapped, so it is written in place."""
        fd = os.open(self.left, os.O_RDWR | os.O_CREAT)
        os.pwrite(fd, struct.pack("=q", allocations), 0)
        os.close(fd)

    def trade_until_it_ends(self):
        """Orders, and connections, which take memory."""
        for _ in range(2_000):
            if not self.answered(self.order(), 5):
                break
            try:
                fix_client.connect(self.port).close()
            except OSError:
                break
        code, _ = self.crashed()
        return code

    @unittest.skipIf(support.IS_SANITIZED, "sanitizers reserve terabytes of address space")
    def test_a_start_with_too_little_memory_changes_nothing(self):
        self.begin()
        names = [self.order() for _ in range(100)]
        self.assertTrue(self.answered(names[-1]))
        self.penstockd.end(signal.SIGKILL)
        before = self.replayed()
        codes = {}
        for mib in START_LIMITS_MIB:
            program = os.path.join(support.BUILD, "penstockd")
            done = subprocess.run(
                [program, "--config", "penstock.toml", "replay"], cwd=self.folder, capture_output=True,
                check=False, preexec_fn=lambda mib=mib: resource.setrlimit(
                    resource.RLIMIT_AS, (mib * MIB, mib * MIB)))
            codes.setdefault(done.returncode, []).append(mib)
        self.assertEqual(self.replayed(), before)
        self.assertIn(0, codes, codes)
        self.assertGreater(len(codes), 1, codes)
        self.start_penstockd()
        self.come_back()
        say(f"R18: {len(START_LIMITS_MIB)} starts with limits of address space, by exit code: "
            f"{ {code: f'{len(mib)}, {mib[0]} to {mib[-1]} MiB' for code, mib in codes.items()} }; "
            f"{self.assert_nothing_lost()} orders told of, 0 lost")


if __name__ == "__main__":
    unittest.main()
