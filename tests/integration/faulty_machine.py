"""What the tests of faults share: a real penstockd whose system calls fail, whose disk is full or slow, and
the evidence of both sides afterwards. System calls are made to fail by strace, in the process as it was
built."""
import os
import re
import subprocess

import durable_client
import fix_client
import operators
import support

CHILD = re.compile(r"\x0135=D\x01.*?\x0111=P1[0-9A-Z]+-(\d+)-\d+\x01")


class FaultyMachine(operators.Operator):
    """A test with a venue that logs what it receives, and a client that keeps the session rules."""

    environment = None  # of penstockd, on top of the test's own
    environments = None  # of each program, when others have one as well

    def start(self, name, *arguments):
        environments = self.environments or {"penstockd": self.environment}
        program = support.Program(name, arguments, self.folder, environments.get(name))
        self.addCleanup(program.clean_up)
        return program

    def begin(self, **journal):
        """A venue, penstockd with these keys of [journal], and self.trader1 in a market that is known."""
        self.client_of_test = durable_client.DurableClient("CLIENT1")
        self.addCleanup(lambda: self.client_of_test.connection and self.client_of_test.connection.close())
        self.probes = 0
        self.sent = []
        self.start_venue(support.VENUE.replace("state_file", 'log_directory = "venue-log"\nstate_file'))
        self.configure(support.session_section("CLIENT1"))
        self.set_journal(**journal)
        self.start_penstockd()
        self.come_back()

    def set_journal(self, **journal):
        path = os.path.join(self.folder, "penstock.toml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        keys = "".join(f"{key} = {value}\n" for key, value in {"durability": '"power"', **journal}.items())
        self.write("penstock.toml", re.sub(r"\[journal\]\n(?:\w+ = .*\n)*", "[journal]\n" + keys, text))

    def come_back(self):
        """Connects the client and waits until the venue takes orders again; what was missed is asked for."""
        client = self.client_of_test
        client.connect(self.port)
        for _ in range(400):
            self.probes += 1
            name = f"p{self.probes}"
            client.order(name)
            if client.read_until(lambda name=name: client.answer_to(name) is not None, 2):
                if client.answer_to(name)[150] == "0":
                    return
                client.read(0.05)
        self.fail("orders are not taken:\n" + self.penstockd.output())

    def order(self):
        """Sends one; its name."""
        name = f"o{len(self.sent) + 1}"
        self.sent.append(name)
        # What reading set is too short for a burst: an order that is cut off would be a fault of ours.
        self.client_of_test.connection.socket.settimeout(fix_client.WAIT_SECONDS)
        self.client_of_test.order(name)
        return name

    def answered(self, name, seconds=20):
        return self.client_of_test.read_until(
            lambda: self.client_of_test.answer_to(name) is not None, seconds)

    def inject(self, call, fault):
        """From now on `call` of the running penstockd fails so; `when` counts the calls of each thread."""
        tracer = self.start("/usr/bin/strace", "-f", "-p", str(self.penstockd.process.pid), "-e",
                            f"trace={call}", "-e", f"inject={call}:{fault}")
        tracer.wait_for("attached")
        return tracer

    def crashed(self):
        """Waits for the end penstockd made of itself: its code, and what it said last."""
        code = self.penstockd.process.wait(support.STOP_SECONDS)
        self.penstockd.end()
        while self.client_of_test.read(0.05):
            pass
        return code, self.penstockd.output()

    def received_by_venue(self):
        """The children (one for each order that was sent) the venue has a NewOrderSingle(D) of."""
        return {int(found.group(1)) for line in self.venue_log() if (found := CHILD.search(line))}

    def venue_log(self):
        """The messages of the venue's session, both ways, a line each."""
        lines = []
        folder = os.path.join(self.folder, "venue-log")
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), encoding="latin-1") as file:
                lines += file.read().splitlines()
        return lines

    def orders_on_record(self):
        """ClOrdID(11) of each request in the journal, with its seq and its child at the venue, or None."""
        found = {}
        for record in self.records():
            if "cl_ord_id" in record["input"]:
                child = next(
                    (one["child"] for one in record["outputs"] if one["what"] == "VenueNewOrder"), None)
                found[record["input"]["cl_ord_id"]] = (record["seq"], child)
        return found

    def assert_nothing_lost(self):
        """Every order and cancel the client was told of, and every order the venue got, is on record; no
        report
        came twice, and none is missing. How many orders the client was told of."""
        client = self.client_of_test
        self.assertEqual(client.repeated, [], "an ExecID that came under two numbers")
        numbers = sorted(int(number) for number in client.reports)
        self.assertEqual(set(range(numbers[0], numbers[-1] + 1)) - set(numbers), set(), "missing reports")
        on_record = self.orders_on_record()
        told = {report[11] for report in client.reports.values()}
        self.assertEqual({name for name in told if name not in on_record}, set(), "told of, and lost")
        children = {child for _, child in on_record.values()}
        self.assertEqual(self.received_by_venue() - children, set(), "at the venue, and not on record")
        return len({report[11] for report in client.reports.values() if report.get(41) is None})

    def replayed(self):
        """The whole journal executed again, every output compared: the state hash it leads to."""
        program = os.path.join(support.BUILD, "penstockd")
        done = subprocess.run([program, "--config", "penstock.toml", "replay"], cwd=self.folder,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return re.search(r"state hash ([0-9a-f]{16})", done.stdout).group(1)


def say(line):
    """One line of what was done, for the fault table."""
    print("\n    " + line, flush=True)
