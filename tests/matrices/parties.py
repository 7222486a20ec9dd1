"""The two sides of the matrices: a client that keeps what came, and a venue that says what it is told to."""
import os
import socket
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "integration"))
# pylint: disable=wrong-import-position
import fix_client
import support

BEGIN_STRING = {"4.2": "FIX.4.2", "4.4": "FIX.4.4", "5.0SP2": "FIXT.1.1"}
LOGON = {"4.2": "98=0|108=30|", "4.4": "98=0|108=30|", "5.0SP2": "98=0|108=30|1137=9|"}
# What the sessions of the matrices want, as keys of [[fix.session]].
SESSIONS = {
    "plain": {},
    "quiet": {"pending_reports": '"none"'},
    "telling": {"pending_reports": '"all"'},
    "single": {"one_request_at_a_time": "true"},
    "leaving": {"pending_reports": '"none"', "cancel_on_disconnect": "true"},
}
SYMBOLS = {"chained": "DUNE", "serial": "SAND"}

CONFIGURATION = """
[instance]
id = "P1"
state_directory = "state"

[journal]
durability = "process"
{listener}
{sessions}
[[venue]]
name = "VCHAINED"
sheet = "chained"
host = "127.0.0.1"
port = {chained}
sender_comp_id = "PENSTOCK"
target_comp_id = "VCHAINED"

[[venue]]
name = "VSERIAL"
sheet = "serial"
host = "127.0.0.1"
port = {serial}
sender_comp_id = "PENSTOCK"
target_comp_id = "VSERIAL"

[[instrument]]
symbol = "DUNE"
venue = "VCHAINED"

[[instrument]]
symbol = "SAND"
venue = "VSERIAL"

[[account]]
name = "DESK-A"
max_quantity = "100000"
max_notional = "100000000"
collar_percent = "10"
max_reference_age_ms = 86400000

[core]
max_orders = 65536
max_fills = 131072
"""
SHEET = """
fix_version = "4.4"
concurrent_amends = {concurrent}
status_requests = false
answer_timeout_ms = 60000
"""


class Client(fix_client.FixClient):
    """Keeps messages in the order of arrival until they are asked for."""

    def __init__(self, port, sender, version):
        super().__init__(port, sender, begin_string=BEGIN_STRING[version])
        self.version = version
        self.came = []
        self.barriers = 0
        self.last_number = 0
        self.log_on(LOGON[version])

    def fetch(self):
        """Waits for the next message without acting on it."""
        message = self.receive()
        self.last_number = max(self.last_number, message.number())
        if message[35] == "1":
            self.send("0", f"112={message[112]}|")
        elif not self.is_of_session(message):
            self.came.append(message)

    @staticmethod
    def is_of_session(message):
        """Heartbeats nobody asked for, and gaps where session messages were."""
        return (message[35] == "0" and not message.get(112)) or message[35] == "4"

    def log_on_again(self, port):
        """A new connection under the old numbers, and what was missed meanwhile."""
        missed = self.last_number + 1
        self.socket = fix_client.connect(port)
        self.log_on(LOGON[self.version])
        self.send("2", f"7={missed}|16=0|")

    def next(self):
        while not self.came:
            self.fetch()
        return self.came.pop(0)

    def settle(self):
        """Everything said so far was answered: what came and nobody asked for."""
        self.barriers += 1
        name = f"barrier-{self.barriers}"
        self.send("1", f"112={name}|")
        while not (self.came and self.came[-1].get(112) == name):
            self.fetch()
        others, self.came = self.came[:-1], []
        return others


class Venue(Client):
    """The venue's end of penstockd's connection."""

    def __init__(self, listener, name, symbol):  # pylint: disable=super-init-not-called
        self.sender, self.target, self.begin_string = name, "PENSTOCK", "FIX.4.4"
        self.next_out, self._received, self.came = 1, b"", []
        self.barriers, self.last_number = 0, 0
        listener.settimeout(fix_client.WAIT_SECONDS)
        self.socket = listener.accept()[0]
        self.until(t35="A")
        self.send("A", "98=0|108=30|")
        asked = self.until(t35="V")
        self.send("W", f"55={symbol}|262={asked[262]}|268=2|269=0|270=49.99|271=100|269=1|270=50.01|271=100|")


    @staticmethod
    def is_of_session(message):
        return message[35] == "0" and not message.get(112)


class World:
    """penstockd, its two venues, and its clients in one FIX version."""

    def __init__(self, version):
        self.version = version
        self.system = support.System()
        self.system.setUp()
        listeners = {name: self._listen() for name in SYMBOLS}
        ports = {name: listener.getsockname()[1] for name, listener in listeners.items()}
        for name in SYMBOLS:
            self.system.write(f"{name}.toml", SHEET.format(concurrent=str(name == "chained").lower()))
        sessions = "".join(support.session_section(name.upper(), begin_string=f'"{BEGIN_STRING[version]}"',
                                                   **keys) for name, keys in SESSIONS.items())
        self.system.write("penstock.toml", CONFIGURATION.format(
            listener=support.listener_section(), sessions=sessions, **ports))
        self.system.start_penstockd()
        self.venues = {name: self._serve(listeners[name], name) for name in SYMBOLS}
        self.clients = {name: self._log_on(name) for name in SESSIONS}
        self._wait_for_prices()

    def close(self):
        self.system.doCleanups()

    def _listen(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.system.addCleanup(listener.close)
        return listener

    def _serve(self, listener, name):
        venue = Venue(listener, "V" + name.upper(), SYMBOLS[name])
        self.system.addCleanup(venue.close)
        return venue

    def _log_on(self, name):
        client = Client(self.system.port, name.upper(), self.version)
        self.system.addCleanup(client.close)
        return client

    def _wait_for_prices(self):
        """Whatever a venue said before the Heartbeat that answers it was handled: its prices too."""
        for venue in self.venues.values():
            venue.settle()

    def settle(self):
        """What came unasked, from both sides, once everything said was handled."""
        unasked = []
        for party in [*self.venues.values(), *self.clients.values()]:
            unasked += party.settle()
        return unasked
