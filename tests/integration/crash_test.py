"""kill -9 at any moment: the same state, the same sessions, every report once."""
import random
import signal
import subprocess
import os
import re
import unittest

import durable_client
import support

KILLS = 6


def hash_in(line):
    return re.search(r"state hash ([0-9a-f]{16})", line).group(1)


class Crash(support.System):
    probes = 0

    def replayed(self):
        """What executing the journal again leads to, without starting anything."""
        penstockd = os.path.join(support.BUILD, "penstockd")
        done = subprocess.run([penstockd, "--config", "penstock.toml", "replay"],
                              cwd=self.folder, capture_output=True, text=True, check=True)
        return hash_in(done.stdout)

    def start_with(self, durability):
        self.start_venue()
        path = self.configure(support.session_section("CLIENT1"))
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.write("penstock.toml", text.replace('durability = "process"', f'durability = "{durability}"'))
        self.start_penstockd()
        # The market is there when an order far outside the collar is refused for that reason.
        support.wait_for_market(self.client_of_the_market())

    def client_of_the_market(self):
        client = self.client("CLIENT1")
        self.addCleanup(client.close)
        self.probe = client
        return client

    def test_a_clean_stop_and_a_replay_agree(self):
        self.start_with("process")
        self.assert_trades(self.probe)
        self.probe.close()
        self.assertEqual(self.penstockd.end(), 0)
        live = hash_in(next(line for line in self.penstockd.lines if line.startswith("stopped")))
        self.assertEqual(self.replayed(), live)
        self.assertEqual(self.replayed(), live)

    def test_every_report_arrives_once_whenever_it_is_killed(self):
        self.kill_again_and_again("process")

    def test_every_report_arrives_once_with_power_durability(self):
        self.kill_again_and_again("power")

    def kill_again_and_again(self, durability):
        self.start_with(durability)
        client = durable_client.DurableClient("CLIENT1")
        client.next_in, client.next_out = self.next_numbers()
        random_moment = random.Random(7)
        sent = []
        for life in range(KILLS):
            client.connect(self.port)
            self.wait_until_orders_are_taken(client)
            for _ in range(random_moment.randrange(20, 60)):
                name = f"o{len(sent)}"
                client.order(name)
                sent.append(name)
                if random_moment.random() < 0.3:
                    client.cancel(name + "c", name)
                if not client.read(random_moment.random() / 200):
                    break
            self.penstockd.end(signal.SIGKILL)
            while client.read(0.05):
                pass
            at_the_crash = self.replayed()
            self.assertEqual(self.replayed(), at_the_crash, f"life {life}: two replays differ")
            self.start_penstockd()
        client.connect(self.port)
        self.assertTrue(client.read_until(lambda: self.is_complete(client)), self.story(client))
        self.assertEqual(client.repeated, [])
        self.assert_numbered_without_a_hole(client)
        # No session stayed behind: the venue is back, and takes another order.
        self.wait_until_orders_are_taken(client)
        client.connection.close()

    def wait_until_orders_are_taken(self, client):
        """The venue reconnects by itself; until then an order is refused, never parked."""
        for _ in range(200):
            self.probes += 1
            name = f"p{self.probes}"
            client.order(name)
            # One that fell into a gap the client had to fill is not answered: it was never an order.
            if client.read_until(lambda: client.answer_to(name) is not None, 1):
                if client.answer_to(name)[150] == "0":
                    return
                client.read(0.05)
        self.fail("the venue did not come back:\n" + self.story(client))

    def next_numbers(self):
        """The probe's session goes on as the durable client: its numbers are taken over."""
        answer = self.probe.test_request("numbers")
        self.probe.close()
        return answer.number() + 1, self.probe.next_out

    def is_complete(self, client):
        """Every execution up to the last was seen, and no order is left without an end or a life."""
        numbers = sorted(int(number) for number in client.reports)
        return bool(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers) and not client._asked

    def assert_numbered_without_a_hole(self, client):
        numbers = sorted(int(number) for number in client.reports)
        missing = set(range(numbers[0], numbers[-1] + 1)) - set(numbers)
        self.assertEqual(missing, set(), "reports that never arrived")

    def story(self, client):
        return f"{len(client.reports)} reports\n{self.penstockd.output()}"


if __name__ == "__main__":
    unittest.main()
