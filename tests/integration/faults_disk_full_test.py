"""Disks without room under the real penstockd: a small file system, a quota, a limit on the size of files."""
import os
import resource
import subprocess
import unittest

import faulty_machine
import support
from faulty_machine import say

EXIT_STORAGE = 70
BURST = 100
BURSTS = 60  # some ten times what a segment of a MiB takes
ROOM_MIB = 16


class DiskFull(faulty_machine.FaultyMachine):
    def burst(self, count=BURST):
        """So many orders. The answer to the last of them, None when penstockd is gone."""
        names = [self.order() for _ in range(count)]
        return self.client_of_test.answer_to(names[-1]) if self.answered(names[-1]) else None

    def until_refused(self):
        """Orders until one is refused for want of room. Its answer."""
        for _ in range(BURSTS):
            answer = self.burst()
            self.assertIsNotNone(answer, self.penstockd.output())
            if answer[150] == "8":
                self.assertIn("JournalNearlyFull", answer[58])
                return answer
        return self.fail("the disk is never full")

    def working(self):
        """An order that was taken and is still open."""
        reports = self.client_of_test.reports.values()
        gone = {report.get(41) for report in reports}
        return next(report[11] for report in reports if report[150] == "0" and report[11] not in gone)

    def assert_cancels_pass(self, count):
        for _ in range(count):
            name = self.working()
            self.client_of_test.cancel(f"c-{name}", name)
            self.assertTrue(self.client_of_test.read_until(
                lambda name=name: any(report[11] == f"c-{name}" and report[150] == "4"
                                      for report in self.client_of_test.reports.values())),
                self.penstockd.output())

    def until_taken(self):
        """Orders one at a time until one is taken."""
        for _ in range(400):
            answer = self.burst(1)
            if answer is not None and answer[150] == "0":
                return
            self.client_of_test.read(0.05)
        self.fail("no order is taken though there is room:\n" + self.penstockd.output())

    def refusals(self):
        return sum(report[150] == "8" and "JournalNearlyFull" in report.get(58, "")
                   for report in self.client_of_test.reports.values())

    def mount(self):
        """A file system of a few MiB for penstockd's state, and a file that can fill it."""
        state = os.path.join(self.folder, "state")
        os.mkdir(state)
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={ROOM_MIB}m", "penstock-test", state], check=True)
        self.addCleanup(subprocess.run, ["umount", "--lazy", state], check=False)
        self.ballast = os.path.join(state, "ballast")

    def fill(self):
        with open(self.ballast, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass

    @unittest.skipUnless(os.geteuid() == 0,
                         "only root mounts a small file system; quota and size are for anybody")
    def test_a_full_file_system_refuses_orders_and_takes_cancels(self):
        self.mount()
        self.begin(segment_mib=1)
        self.wait_for_spares()
        self.fill()
        words = self.until_refused()[58]
        self.assertTrue(self.status()["journal_nearly_full"])
        said = self.penstockd.wait_for("no further journal segment can be made")
        self.assertIn("ENOSPC", said)
        self.assertIn(" warning ", said)
        self.assert_cancels_pass(50)
        os.remove(self.ballast)
        self.until_taken()
        self.assertFalse(self.status()["journal_nearly_full"])
        self.wait_for_spares()
        self.fill()
        self.until_refused()
        while self.burst() is not None:  # refusals are records too: what is prepared is used up by them
            pass
        code, said = self.crashed()
        self.assertEqual(code, EXIT_STORAGE, said)
        self.assertIn("ENOSPC", said)
        os.remove(self.ballast)
        self.start_penstockd()
        self.come_back()
        say(f"R4: a file system of {ROOM_MIB} MiB filled twice: '{words}', {self.refusals()} orders refused, "
            f"50 of 50 cancels passed, orders taken again with room; used up to the end: exit {code}; "
            f"with room "
            f"again {self.assert_nothing_lost()} orders told of, 0 lost")

    def wait_for_spares(self):
        journal = os.path.join(self.folder, "state", "journal")
        for _ in range(10_000):
            names = [name for name in os.listdir(journal) if name.startswith("next-")]
            if len(names) >= 2 and not self.status()["journal_nearly_full"]:
                return
        self.fail("no segments are made ahead")

    def test_a_quota_refuses_orders_and_takes_cancels(self):
        self.begin(segment_mib=1)
        self.wait_for_spares()
        tracer = self.inject("fallocate", "error=EDQUOT")
        self.until_refused()
        self.assertIn("EDQUOT", self.penstockd.wait_for("no further journal segment"))
        self.assert_cancels_pass(20)
        tracer.end(2)
        self.until_taken()
        say(f"R4: over quota: {self.refusals()} orders refused, 20 of 20 cancels passed, orders taken "
            f"again when "
            f"it was lifted; {self.assert_nothing_lost()} orders told of, 0 lost")

    def test_a_limit_on_file_size_refuses_orders_and_takes_cancels(self):
        self.begin(segment_mib=1)
        self.wait_for_spares()
        _, hard = resource.prlimit(self.penstockd.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.penstockd.process.pid, resource.RLIMIT_FSIZE, ((1 << 20) - 64, hard))
        self.until_refused()
        said = self.penstockd.wait_for("no further journal segment")
        self.assertIn("EFBIG", said)
        self.assertIn(" warning ", said)
        self.assert_cancels_pass(20)
        resource.prlimit(self.penstockd.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        self.until_taken()
        say(f"R4: a limit on the size of files: {self.refusals()} orders refused, 20 of 20 cancels passed, "
            f"orders taken again when it was lifted; {self.assert_nothing_lost()} orders told of, 0 lost")


if __name__ == "__main__":
    unittest.main()
