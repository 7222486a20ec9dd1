"""TLS on a listener: sessions end to end, old versions refused, and mutual TLS with names that must match."""
import socket
import ssl
import unittest
import warnings

import certificates
import support


class Tls(support.System):
    """Listener 0 is plain for the market's probe, listener 1 speaks TLS."""

    mutual = False

    def setUp(self):
        super().setUp()
        self.authority = certificates.Authority(self.folder)
        tls = certificates.listener_tls(self.authority, self.authority.issue("penstock"), self.mutual)
        listeners = support.listener_section() + support.listener_section(tls=tls, logon_deadline_s=2)
        self.start_system(support.session_section("PLAIN"), *self.tls_sessions(), listener=listeners)
        self.trader("PLAIN")
        self.tls_port = self.ports[1]

    def tls_sessions(self):
        return [support.session_section("DESK1")]

    def over_tls(self, sender, context):
        return self.connect(sender, port=self.tls_port, tls=context)

    def assert_refused(self, context):
        """The handshake fails, or, as TLS 1.3 has it, the first read after it does."""
        with self.assertRaises(OSError) as refused:
            client = self.over_tls("DESK1", context)
            client.send("A", "98=0|108=30|")
            client.receive()
        self.assertNotIsInstance(refused.exception, TimeoutError)
        self.assert_alive()


class ServerOnly(Tls):
    def test_a_session_over_tls_trades_end_to_end(self):
        client = self.over_tls("DESK1", self.authority.client_context())
        self.assertIn(client.socket.version(), ("TLSv1.2", "TLSv1.3"))
        client.log_on()
        self.assert_trades(client)
        client.send("5")
        self.assertEqual(client.until(t35="5")[35], "5")
        self.assertEqual(client.received_until_closed(), [])

    def test_tls_1_2_trades(self):
        context = self.authority.client_context()
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        client = self.over_tls("DESK1", context)
        self.assertEqual(client.socket.version(), "TLSv1.2")
        client.log_on()
        self.assert_trades(client)

    def test_tls_1_1_is_refused(self):
        context = self.authority.client_context()
        context.set_ciphers("ALL:@SECLEVEL=0")  # Our own side must be willing, or it proves nothing.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises(ssl.SSLError) as refused:
            self.over_tls("DESK1", context)
        self.assertIn("PROTOCOL_VERSION", str(refused.exception))
        self.assert_alive()

    def test_many_orders_in_one_write_are_all_answered(self):
        """More than one TLS record, and frames that lie across them."""
        client = self.over_tls("DESK1", self.authority.client_context())
        client.log_on()
        orders = 500
        client.send_bytes(b"".join(
            client.message("D", f"11=many-{number}|21=1|38=1|40=2|44=1|54=1|55=DUNE|59=0|60=NOW|")
            for number in range(orders)))
        answered = [client.until(t35="8")[11] for _ in range(orders)]
        self.assertEqual(answered, [f"many-{number}" for number in range(orders)])

    def test_bytes_that_are_no_tls_in_mid_session_are_a_disconnect(self):
        client = self.over_tls("DESK1", self.authority.client_context())
        client.log_on()
        beneath = client.socket.detach()
        with socket.socket(fileno=beneath) as raw:
            raw.settimeout(10)
            raw.sendall(b"\x17\x03\x03\x00\x10" + b"not a TLS record")
            while raw.recv(65536):
                pass
        again = self.over_tls("DESK1", self.authority.client_context())
        again.next_out = client.next_out
        again.log_on()
        self.assert_trades(again)


class Mutual(Tls):
    mutual = True

    def tls_sessions(self):
        return [support.session_section("DESK1", certificate_name='"desk-one"')]

    def test_no_certificate_is_refused(self):
        self.assert_refused(self.authority.client_context())

    def test_a_certificate_of_another_authority_is_refused(self):
        stranger = certificates.Authority(self.folder, "stranger")
        self.assert_refused(self.authority.client_context(stranger.issue("desk-one")))

    def test_a_certificate_of_another_name_is_refused_at_the_logon(self):
        client = self.over_tls("DESK1", self.authority.client_context(self.authority.issue("desk-two")))
        client.send("A", "98=0|108=30|")
        self.assertEqual(client.received_until_closed(), [])
        self.penstockd.wait_for("needs a certificate with CN=desk-one, the peer's has desk-two")

    def test_the_session_over_a_plain_listener_is_refused_at_the_logon(self):
        client = self.connect("DESK1")
        client.send("A", "98=0|108=30|")
        self.assertEqual(client.received_until_closed(), [])
        self.penstockd.wait_for("needs a certificate with CN=desk-one, the peer's has none")

    def test_the_right_certificate_logs_on_and_trades(self):
        client = self.over_tls("DESK1", self.authority.client_context(self.authority.issue("desk-one")))
        client.log_on()
        self.assert_trades(client)


if __name__ == "__main__":
    unittest.main()
