"""Bytes that are no FIX, or FIX that breaks a rule: the answer of the protocol or a disconnect, while
another session trades on."""
import random
import unittest

import fix_client
import support

HTTP = b"GET / HTTP/1.1\r\nHost: penstock\r\nUser-Agent: a browser\r\nAccept: */*\r\n\r\n"
LOGON = "98=0|108=30|"
ORDER = "11={id}|21=1|38=1|40=2|44=24.00|54=1|55=DUNE|59=0|60=NOW|"


def says(sender, msg_type, body, target="PENSTOCK", begin_string="FIX.4.4"):
    """The bytes of a first message."""
    stamp = fix_client.now()
    head = f"35={msg_type}|34=1|49={sender}|52={stamp}|56={target}|"
    return fix_client.frame(head + body.replace("NOW", stamp), begin_string)


class BadInput(support.System):
    """`bad` is the session under attack, `good` another one that must not notice."""

    def start_both(self, **listener):
        listener.setdefault("logon_deadline_s", 1)
        self.start_system(support.session_section("BAD"), support.session_section("GOOD"),
                          listener=support.listener_section(**listener))
        self.good = self.trader("GOOD")

    def assert_undisturbed(self):
        self.assert_alive()
        self.assert_trades(self.good)


class BeforeTheLogon(BadInput):
    def setUp(self):
        super().setUp()
        self.start_both()

    def assert_closed_without_a_word(self, attacks):
        """Each of these, sent on a connection of its own, is closed and gets no answer."""
        peers = [(name, self.connect("BAD")) for name in attacks]
        for name, peer in peers:
            peer.send_bytes(attacks[name])
        self.assert_undisturbed()
        for name, peer in peers:
            with self.subTest(name):
                self.assertEqual(peer.received_until_closed(), [])
        self.assert_undisturbed()
        self.assert_trades(self.client("BAD"))

    def test_what_is_not_fix_is_disconnected_at_the_deadline(self):
        logon = says("BAD", "A", LOGON)
        self.assert_closed_without_a_word({
            "random bytes": random.Random(1).randbytes(4096),
            "HTTP": HTTP,
            "TLS on a plain port": fix_client.client_hello(),
            "half a logon and silence": logon[:len(logon) // 2],
            "a wrong checksum": logon[:-4] + b"%03d\x01" % ((int(logon[-4:-1]) + 1) % 256),
            "a length that is no number": logon.replace(b"\x019=", b"\x019=x"),
        })

    def test_a_first_message_that_is_no_logon_of_a_known_session_is_disconnected(self):
        self.assert_closed_without_a_word({
            "a stranger": says("NOBODY", "A", LOGON),
            "for somebody else": says("BAD", "A", LOGON, target="SLUICE"),
            "another version": says("BAD", "A", LOGON, begin_string="FIX.4.2"),
            "an order": says("BAD", "D", ORDER.format(id="early")),
            "for a session that is in use": says("GOOD", "A", LOGON),
            "larger than the bound": says("BAD", "A", LOGON + "58=" + "x" * 8192 + "|"),
        })

    def test_a_data_length_that_leaves_the_message_is_disconnected(self):
        lengths = ("99999999", "-30", "2147483647", "4294967295", "")
        raw_data = {f"95={length}": says("BAD", "A", f"95={length}|96=x|" + LOGON) for length in lengths}
        encoded_text = {f"354={length}": says("BAD", "D", ORDER.format(id="d") + f"354={length}|355=x|")
                        for length in lengths}
        self.assert_closed_without_a_word({**raw_data, **encoded_text})


class AfterTheLogon(BadInput):
    def setUp(self):
        super().setUp()
        self.start_both()
        self.bad = self.client("BAD")

    def tearDown(self):
        self.assert_undisturbed()

    def assert_goes_on(self):
        """The session is where it was: the next number is taken and trades."""
        self.assert_trades(self.bad)

    def test_garbled_bytes_between_messages_are_passed_over(self):
        self.bad.send_bytes(b"\x00\xff garbage \x0135=D\x01" + HTTP)
        self.assert_goes_on()

    def test_a_wrong_checksum_is_ignored_and_uses_no_number(self):
        stamp = fix_client.now()
        body = f"35=1|34={self.bad.next_out}|49=BAD|52={stamp}|56=PENSTOCK|112=never|"
        self.bad.send_bytes(fix_client.frame(body, checksum=(sum(body.encode()) + 7) % 256))
        self.bad.send("1", "112=this one|")
        self.assertEqual(self.bad.receive()[112], "this one")
        self.assert_goes_on()

    def test_a_message_cut_short_costs_what_it_swallowed_and_is_asked_for_again(self):
        first, second = self.bad.message("1", "112=cut|"), self.bad.message("1", "112=swallowed|")
        self.bad.send_bytes(first[:-12] + second)
        self.bad.send("1", "112=behind|")
        request = self.bad.until(t35="2")
        self.assertEqual((request[7], request[16]), ("2", "0"))
        self.bad.send("4", "123=Y|36=4|", number=2, extra_header="43=Y|")
        self.assertEqual(self.bad.until(t35="0")[112], "behind")
        self.assert_goes_on()

    def test_half_a_message_and_silence_is_tested_and_disconnected(self):
        silent = self.connect_with_heartbeat(1)
        message = silent.message("1", "112=half|")
        silent.send_bytes(message[:len(message) // 2])
        answers = [message[35] for message in silent.received_until_closed()]
        self.assertIn("1", answers)

    def connect_with_heartbeat(self, seconds):
        self.bad.send("5")
        self.bad.received_until_closed()
        again = self.connect("BAD")
        again.next_out = self.bad.next_out
        again.log_on(f"98=0|108={seconds}|")
        return again

    def test_a_message_larger_than_the_bound_is_disconnected(self):
        self.bad.send("B", "148=" + "x" * 70_000 + "|")
        self.bad.received_until_closed()

    def test_a_duplicated_tag_is_rejected(self):
        number = self.bad.next_out
        self.bad.send("D", ORDER.format(id="twice") + "38=2|")
        reject = self.bad.receive()
        self.assertEqual((reject[35], reject[45], reject[371], reject[373]), ("3", str(number), "38", "13"))
        self.assert_goes_on()

    def test_an_unknown_tag_is_rejected(self):
        self.bad.send("D", ORDER.format(id="strange") + "4999=x|")
        reject = self.bad.receive()
        self.assertEqual((reject[35], reject[371], reject[373]), ("3", "4999", "0"))
        self.assert_goes_on()

    def test_a_wrong_comp_id_in_mid_session_is_rejected_and_logged_out(self):
        for header in ("49=SOMEBODY|{time}56=PENSTOCK|", "49=BAD|{time}56=SLUICE|"):
            with self.subTest(header=header):
                bad = self.connect_with_heartbeat(30)
                fields = header.format(time=f"52={fix_client.now()}|")
                bad.send_bytes(fix_client.frame(f"35=1|34={bad.next_out}|{fields}112=who|"))
                reject, logout = bad.received_until_closed()
                self.assertEqual((reject[35], reject[373], logout[35]), ("3", "9", "5"))
                bad.next_out += 1  # the rejected message had used its number
                self.bad = self.connect("BAD")
                self.bad.next_out = bad.next_out
                self.bad.log_on()

    def test_another_version_in_mid_session_is_logged_out(self):
        body = f"35=1|34={self.bad.next_out}|49=BAD|52={fix_client.now()}|56=PENSTOCK|112=who|"
        self.bad.send_bytes(fix_client.frame(body, begin_string="FIX.4.2"))
        self.assertEqual([message[35] for message in self.bad.received_until_closed()], ["5"])

    def test_a_data_length_beyond_the_message_is_ignored_and_uses_no_number(self):
        for length in ("99999999", "-30", "2147483647", "4294967295", ""):
            with self.subTest(length=length):
                self.bad.send("D", ORDER.format(id="d") + f"354={length}|355=x|", number=self.bad.next_out)
                self.bad.test_request("after " + length)
        self.assert_goes_on()

    def test_random_changes_of_a_good_order_never_harm(self):
        """One byte of the body is changed, and length and checksum put right again. Not the last byte:
        a body that does not end as a field waits for what follows, like one that is cut short."""
        self.bad.close()
        chance = random.Random(20260101)
        for attempt in range(300):
            self.bad = self.connect("BAD")
            self.bad.log_on("98=0|108=30|141=Y|")
            order = self.bad.message("D", ORDER.format(id=f"changed-{attempt}"))
            body = bytearray(order[order.index(b"35="):order.rindex(b"10=")])
            body[chance.randrange(len(body) - 1)] = chance.randrange(256)
            self.bad.send_bytes(fix_client.frame(body.decode("latin-1")))
            # Whether the change cost the number or not, this ends the session one way or the other.
            self.bad.send("5", number=2)
            with self.subTest(changed=bytes(body)):
                self.bad.received_until_closed()
            self.bad.close()


if __name__ == "__main__":
    unittest.main()
