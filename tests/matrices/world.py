"""penstockd of the matrices: its configuration, its venues, and its clients in one FIX version."""
import socket

import parties
import support

# What the sessions of the matrices want, as keys of [[fix.session]].
SESSIONS = {
    "plain": {},
    "quiet": {"pending_reports": '"none"'},
    "telling": {"pending_reports": '"all"'},
    "single": {"one_request_at_a_time": "true"},
    "leaving": {"pending_reports": '"none"', "cancel_on_disconnect": "true"},
}
# The venues: what is in their sheets, and the instrument that trades there.
SYMBOLS = {"chained": "DUNE", "serial": "SAND", "native": "REEF"}
SHEETS = {
    "chained": 'fix_version = "4.4"\nconcurrent_amends = true',
    "serial": 'fix_version = "4.4"\nconcurrent_amends = false',
    # In FIX 5.0SP2, because a venue of 4.4 has no word for a stop that it has triggered.
    "native": 'fix_version = "5.0SP2"\nconcurrent_amends = true\nnative = ["stop", "good_till_date"]',
}
COMMON_SHEET = "\nstatus_requests = false\nanswer_timeout_ms = 60000\n"
VERSIONS_OF_VENUES = {"chained": "4.4", "serial": "4.4", "native": "5.0SP2"}

CONFIGURATION = """
[instance]
id = "P1"
state_directory = "state"

[journal]
durability = "process"
{listener}
{sessions}
{venues}
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
VENUE = """
[[venue]]
name = "{target}"
sheet = "{name}"
host = "127.0.0.1"
port = {port}
sender_comp_id = "PENSTOCK"
target_comp_id = "{target}"

[[instrument]]
symbol = "{symbol}"
venue = "{target}"
"""


class World:
    """One penstockd for all branches of a version."""

    def __init__(self, version):
        self.version = version
        self.system = support.System()
        self.system.setUp()
        listeners = {name: self._listen() for name in SYMBOLS}
        for name, sheet in SHEETS.items():
            self.system.write(f"{name}.toml", sheet + COMMON_SHEET)
        sessions = "".join(self._session(name, **keys) for name, keys in SESSIONS.items())
        venues = "".join(VENUE.format(name=name, target="V" + name.upper(), symbol=SYMBOLS[name],
                                      port=listener.getsockname()[1]) for name, listener in listeners.items())
        self.system.write("penstock.toml", CONFIGURATION.format(
            listener=support.listener_section(), venues=venues,
            sessions=sessions + self._session("copy", role='"drop_copy"')))
        self.system.start_penstockd()
        self.venues = {name: self._serve(listeners[name], name) for name in SYMBOLS}
        self.clients = {name: self.log_on(name) for name in SESSIONS}
        self._wait_for_prices()

    def _session(self, name, **keys):
        return support.session_section(name.upper(), begin_string=f'"{parties.BEGIN_STRING[self.version]}"',
                                       **keys)

    def close(self):
        self.system.doCleanups()

    def _listen(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.system.addCleanup(listener.close)
        return listener

    def _serve(self, listener, name):
        venue = parties.Venue(listener, "V" + name.upper(), SYMBOLS[name], VERSIONS_OF_VENUES[name])
        self.system.addCleanup(venue.close)
        return venue

    def log_on(self, name):
        client = parties.Client(self.system.port, name.upper(), self.version)
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
