"""Starts the real programs in a folder of their own and on free ports, for the tests of this folder.

The programs are those of the build folder named by PENSTOCK_BUILD (ctest sets it), else of build/."""
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

import fix_client

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ.get("PENSTOCK_BUILD", os.path.join(ROOT, "build")))
IS_SANITIZED = bool(os.environ.get("PENSTOCK_SANITIZE"))  # then memory and times say nothing
START_SECONDS = 30
STOP_SECONDS = 20

# A market that stands still: five levels of a hundred on either side of 25.00, made once.
VENUE = """
name = "XV44"
version = "4.4"
port = {port}
seed = 44
default_quantities = true
state_file = "venue.numbers"

[[session]]
sender_comp_id = "XV44"
target_comp_id = "PENSTOCK"

[[instrument]]
symbol = "DUNE"
tick = "0.01"
start_price = "25"
background = {{ levels = 5, interval_ms = 86400000, typical_lots = 100, trade_one_in = 0 }}
"""

PENSTOCK = """
[instance]
id = "P1"
state_directory = "state"

[journal]
durability = "process"
{listener}
{sessions}
{venue}
[[instrument]]
symbol = "DUNE"
venue = "XV44"

[[account]]
name = "DESK-A"
max_quantity = "100000"
max_notional = "10000000"
collar_percent = "10"
max_reference_age_ms = 86400000
"""

VENUE_SECTION = """
[[venue]]
name = "XV44"
sheet = "sim44"
host = "127.0.0.1"
port = {port}
sender_comp_id = "PENSTOCK"
target_comp_id = "XV44"
reconnect_interval_s = 1
max_reconnect_interval_s = 1
"""


def listener_section(**keys):
    """[[fix.listener]] on a free port, with these keys; values are TOML text."""
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f"\n[[fix.listener]]\nport = 0\n{lines}"


def session_section(target, **keys):
    """[[fix.session]] of a client, or with role='"drop_copy"' of a drop copy; values are TOML text."""
    values = {"begin_string": '"FIX.4.4"', "sender_comp_id": '"PENSTOCK"', "target_comp_id": f'"{target}"',
              **keys}
    if "role" not in keys:
        values = {"accounts": '["DESK-A"]', "default_account": '"DESK-A"', **values}
    return "\n[[fix.session]]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())


class Program:
    """A running program. What it prints on stdout and stderr is kept, and can be waited for."""

    def __init__(self, name, arguments, folder, environment=None):
        self.name = name
        self.lines = []
        self._said = threading.Condition()
        self.process = subprocess.Popen([os.path.join(BUILD, name), *arguments], cwd=folder, text=True,
                                        env={**os.environ, **(environment or {})},
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, errors="replace")
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self._said:
                self.lines.append(line.rstrip("\n"))
                self._said.notify_all()
        with self._said:
            self.lines.append("(its output ended)")
            self._said.notify_all()

    def _line(self, text):
        return next((line for line in self.lines if text in line), None)

    def wait_for(self, text, seconds=START_SECONDS):
        """The first line that holds this text, said before or from now on."""
        def answered():
            return self._line(text) is not None or self.lines[-1:] == ["(its output ended)"]
        with self._said:
            self._said.wait_for(answered, seconds)
            line = self._line(text)
            if line is None:
                raise AssertionError(f"{self.name} never said '{text}':\n" + self.output())
            return line

    def output(self):
        return "\n".join(self.lines[-40:])

    def is_running(self):
        return self.process.poll() is None

    def resident_kb(self):
        """Memory of the process, from the kernel."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))

    def end(self, number=signal.SIGTERM):
        """Sends the signal and waits. The exit code; minus the signal that ended it."""
        if self.is_running():
            self.process.send_signal(number)
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired as slow:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"{self.name} did not end in {STOP_SECONDS} s:\n{self.output()}") from slow
        self._reader.join(STOP_SECONDS)
        self.process.stdout.close()
        return code

    def clean_up(self):
        if not self.process.stdout.closed:
            self.end(signal.SIGKILL)


class System(unittest.TestCase):
    """A test with an empty folder, in which it starts a venue and penstockd."""

    def setUp(self):
        self.lives = 0
        self.folder = tempfile.mkdtemp(prefix="penstock-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def start(self, name, *arguments):
        program = Program(name, arguments, self.folder)
        self.addCleanup(program.clean_up)
        return program

    def wait_until_orders_may_go(self, client):
        """A price is known, and what works at the venue is confirmed since its logon."""
        wait_for_market(client)
        self.penstockd.wait_for("  reconciled  ")

    def start_venue(self, text=VENUE, port=0):
        """penstock-venue, listening. Its port is self.venue_port."""
        self.write("venue.toml", text.format(port=port))
        self.venue = self.start("penstock-venue", "--config", "venue.toml")
        self.venue_port = int(self.venue.wait_for("ready ").rpartition(":")[2])
        return self.venue

    def configure(self, *sessions, listener=None, venue=True):
        """Writes penstock.toml. `sessions` and `listener` are text of the functions above."""
        venue_text = VENUE_SECTION.format(port=self.venue_port) if venue else ""
        text = PENSTOCK.format(listener=listener or listener_section(), sessions="".join(sessions),
                               venue=venue_text)
        if "[core]" not in text:  # a gigabyte for each start would be most of a test's time
            text += "\n[core]\nmax_orders = 65536\nmax_fills = 131072\n"
        if not venue:  # an instrument needs one
            text = text.replace('[[instrument]]\nsymbol = "DUNE"\nvenue = "XV44"\n', "")
        return self.write("penstock.toml", text)

    def start_penstockd(self, *arguments):
        """penstockd with penstock.toml, listening. Its ports are self.ports, the first one self.port."""
        self.penstockd = self.start("penstockd", "--config", "penstock.toml", *arguments)
        ready = self.penstockd.wait_for("ready ")
        words = ready.partition(" on port")[2].partition(",")[0].split()
        self.ports = [int(word) for word in words]
        self.port = self.ports[0]
        return self.penstockd

    def start_system(self, *sessions, listener=None):
        """A venue, and penstockd with these sessions."""
        self.start_venue()
        self.configure(*sessions, listener=listener)
        return self.start_penstockd()

    def connect(self, sender, **keys):
        """A connection in the name of a client, which has not said anything yet."""
        client = fix_client.FixClient(keys.pop("port", self.port), sender, **keys)
        self.addCleanup(client.close)
        return client

    def client(self, sender, **keys):
        """A client that is logged on."""
        client = self.connect(sender, **keys)
        client.log_on()
        return client

    def trader(self, sender, **keys):
        """A client that is logged on, in a market whose price is known: orders are taken from here on."""
        client = self.client(sender, **keys)
        wait_for_market(client)
        return client

    def assert_trades(self, client):
        """A whole life of an order: it rests, is amended, is cancelled. How many seconds that took."""
        self.lives += 1
        name = f"life-{self.lives}"
        started = time.monotonic()
        client.order(name, 10, "24.00")
        client.report(name, "0")
        client.amend(name + "-amend", name, 20, "24.01")
        client.report(name + "-amend", "5")
        client.cancel(name + "-cancel", name + "-amend", 20)
        self.assertEqual(client.report(name + "-cancel", "4")[39], "4")
        return time.monotonic() - started

    def assert_alive(self):
        """penstockd still runs; otherwise what it last said."""
        self.assertTrue(self.penstockd.is_running(), f"penstockd died:\n{self.penstockd.output()}")


def rows_of(file, sql):
    """What a SQLite file answers."""
    database = sqlite3.connect(file)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def wait_for_market(client):
    """Asks until the price of DUNE is known, with orders no account may place: far outside the collar."""
    deadline = time.monotonic() + START_SECONDS
    number = 0
    while time.monotonic() < deadline:
        number += 1
        client.order(f"probe-{number}", 1, "1")
        if "PriceOutsideCollar" in client.report(f"probe-{number}", "8").get(58, ""):
            return
        client.is_silent(0.05)
    raise AssertionError("the venue's market never came")
