"""Peers that cost: much data, many connections, no end of a handshake, no reading. Each costs bounded memory
and disturbs no other session."""
import resource
import select
import unittest

import certificates
import fix_client
import support

MEGABYTE = 1 << 20
IDLE_CONNECTIONS = 5000
SPARE_DESCRIPTORS = 200
# What a session may take for an order while another peer does its worst; nobody notices less.
PATIENCE_SECONDS = 5


class BadPeers(support.System):
    def start_with(self, *sessions, **listener):
        listener.setdefault("logon_deadline_s", 1)
        self.start_system(*sessions, support.session_section("GOOD"),
                          listener=support.listener_section(**listener))
        self.good = self.trader("GOOD")

    def assert_growth(self, before_kb, most_kb):
        if not support.IS_SANITIZED:
            self.assertLess(self.penstockd.resident_kb() - before_kb, most_kb)

    def assert_undisturbed(self):
        self.assert_alive()
        self.assertLess(self.assert_trades(self.good), PATIENCE_SECONDS)


class Memory(BadPeers):
    GROWTH_KB = 8 * 1024

    def setUp(self):
        super().setUp()
        self.start_with(support.session_section("BAD"), logon_deadline_s=5)
        self.before_kb = self.penstockd.resident_kb()

    def assert_flood_is_cheap(self, first, peer=None, megabytes=64):
        """These bytes and then megabytes more cost no memory."""
        peer = peer or self.connect("BAD")
        try:
            peer.send_bytes(first)
            for _ in range(megabytes):
                peer.send_bytes(b"x" * MEGABYTE)
        except OSError:
            pass  # Cut off: what could not be sent costs nothing.
        self.assert_undisturbed()
        self.assert_growth(self.before_kb, self.GROWTH_KB)

    def test_a_length_of_two_gigabytes_without_a_logon_and_megabytes_of_data_cost_nothing(self):
        self.assert_flood_is_cheap(b"8=FIX.4.4\x019=2000000000\x0135=A\x01")

    def test_a_length_that_overflows_costs_nothing(self):
        self.assert_flood_is_cheap(b"8=FIX.4.4\x019=18446744073709551615\x0135=A\x01")

    def test_a_length_without_end_costs_nothing(self):
        self.assert_flood_is_cheap(b"8=FIX.4.4\x019=" + b"0" * MEGABYTE)

    def test_a_begin_string_without_end_costs_nothing(self):
        self.assert_flood_is_cheap(b"8=")

    def test_a_checksum_without_end_costs_nothing(self):
        self.assert_flood_is_cheap(b"8=FIX.4.4\x019=5\x0135=A\x0110=")

    def test_a_length_of_two_gigabytes_after_the_logon_costs_nothing(self):
        self.assert_flood_is_cheap(b"8=FIX.4.4\x019=2000000000\x0135=D\x01", self.client("BAD"))

    def test_megabytes_that_are_no_fix_cost_nothing(self):
        self.assert_flood_is_cheap(b"")


class IdleConnections(BadPeers):
    def setUp(self):
        super().setUp()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = min(IDLE_CONNECTIONS + SPARE_DESCRIPTORS, hard)
        if wanted > soft:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        self.count = min(IDLE_CONNECTIONS, max(wanted, soft) - SPARE_DESCRIPTORS)
        if self.count < IDLE_CONNECTIONS:
            print(f"RLIMIT_NOFILE is {hard}: only {self.count} idle connections")

    def open_idle(self):
        """Opens them while the good session trades."""
        idle = []
        self.addCleanup(lambda: [one.close() for one in idle])
        for number in range(self.count):
            idle.append(fix_client.connect(self.port))
            if number % 250 == 0:
                self.assert_undisturbed()
        return idle

    def assert_closed(self, idle):
        """All of them, within the patience of the clients."""
        waiting = select.poll()
        for one in idle:
            waiting.register(one, select.POLLIN)
        left = {one.fileno(): one for one in idle}
        while left:
            closed = waiting.poll(fix_client.WAIT_SECONDS * 1000)
            self.assertTrue(closed, f"{len(left)} of {len(idle)} stay open")
            for number, _ in closed:
                self.assertEqual(left.pop(number).recv(1), b"")
                waiting.unregister(number)

    def test_five_thousand_beyond_the_bound_are_closed_at_once(self):
        self.start_with(support.session_section("LATE"), logon_deadline_s=2)
        before_kb = self.penstockd.resident_kb()
        idle = self.open_idle()
        self.assert_growth(before_kb, 32 * 1024)
        self.assert_closed(idle)
        self.assert_undisturbed()
        self.assert_trades(self.client("LATE"))

    def test_five_thousand_within_the_bound_are_held_until_the_deadline(self):
        self.start_with(support.session_section("LATE"), logon_deadline_s=10, max_pending_connections=6000,
                        max_accepts_per_second=100_000)
        before_kb = self.penstockd.resident_kb()
        idle = self.open_idle()
        # Somebody who has something to say still gets in between them.
        self.assert_trades(self.client("LATE"))
        self.assert_growth(before_kb, 16 * len(idle))
        self.assert_undisturbed()
        self.assert_closed(idle)
        self.assert_undisturbed()


class Handshakes(BadPeers):
    def setUp(self):
        super().setUp()
        authority = certificates.Authority(self.folder)
        tls = certificates.listener_tls(authority, authority.issue("penstock"))
        listeners = support.listener_section() + support.listener_section(tls=tls, logon_deadline_s=1)
        self.start_system(support.session_section("GOOD"), listener=listeners)
        self.good = self.trader("GOOD")

    def test_a_handshake_that_never_ends_is_closed_at_the_deadline(self):
        hello = fix_client.client_hello()
        peers = {"silence": b"", "half a hello": hello[:len(hello) // 2], "only a hello": hello}
        for name, said in peers.items():
            with self.subTest(name):
                peer = fix_client.connect(self.ports[1])
                self.addCleanup(peer.close)
                peer.sendall(said)
                self.assert_undisturbed()
                self.read_until_closed(peer)
        self.assert_undisturbed()

    def test_fix_on_a_tls_port_is_closed(self):
        plain = self.connect("GOOD", port=self.ports[1])
        plain.send("A", "98=0|108=30|")
        self.read_until_closed(plain.socket)
        self.assert_undisturbed()

    def read_until_closed(self, peer):
        try:
            while peer.recv(65536):
                pass
        except ConnectionError:
            pass


if __name__ == "__main__":
    unittest.main()
