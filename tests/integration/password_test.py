"""Passwords are checked beside the order path: nobody waits for a guess but who made it."""
import unittest

import support
from secrets_test import hashed

GUESSES = 40
PATIENCE = 120  # seconds: forty checks are seconds of a core, which may be somebody else's
REFUSED = "Rejected Logon Attempt: username or password is wrong"
BUSY = "Rejected Logon Attempt: too many logons at once; try again in a few seconds"
RIGHT = "98=0|108=30|553=DESK|554=right|"
WRONG = "98=0|108=30|553=DESK|554=wrong|"


class Password(support.System):
    def setUp(self):
        super().setUp()
        self.start_system(support.session_section("SAFE", username='"DESK"',
                                                  password_hash=f'"{hashed("right")}"'),
                          support.session_section("OPEN"))

    def guess(self, body=WRONG):
        guesser = self.connect("SAFE")
        guesser.send("A", body)
        return guesser

    def test_a_right_password_is_let_in_and_a_wrong_one_refused_in_words(self):
        answer = self.guess().received_until_closed(PATIENCE)[0]
        self.assertEqual((answer[35], answer[58]), ("5", REFUSED))
        # One answer for both: which names exist is not told.
        other = self.guess("98=0|108=30|553=NOBODY|554=right|").received_until_closed(PATIENCE)[0]
        self.assertEqual((other[35], other[58]), ("5", REFUSED))
        nothing = self.guess("98=0|108=30|").received_until_closed(PATIENCE)[0]
        self.assertEqual(nothing[35], "5")
        safe = self.connect("SAFE")
        safe.log_on(RIGHT, seconds=PATIENCE)
        safe.test_request("in")

    def test_orders_go_on_while_guesses_are_checked(self):
        trader = self.trader("OPEN")
        guessers = [self.guess() for _ in range(GUESSES)]
        trader.order("meanwhile", 10, "24.00")
        served = trader.report("meanwhile", "0")
        answers = [guesser.received_until_closed(PATIENCE)[0] for guesser in guessers]
        self.assertEqual({answer[58] for answer in answers}, {REFUSED})
        self.assertLess(served[52], answers[-1][52])

    def test_a_right_password_behind_wrong_ones_gets_its_turn(self):
        for _ in range(GUESSES):
            self.guess()
        safe = self.connect("SAFE")
        safe.log_on(RIGHT, seconds=PATIENCE)
        safe.test_request("in")

    def test_the_deadline_of_a_logon_does_not_run_while_its_password_waits(self):
        self.assertEqual(self.penstockd.end(), 0)
        self.configure(support.session_section("SAFE", username='"DESK"',
                                               password_hash=f'"{hashed("right")}"'),
                       listener=support.listener_section(logon_deadline_s=1))
        self.start_penstockd()
        guessers = [self.guess() for _ in range(GUESSES)]  # each is a tenth of a second of work and more
        answers = [guesser.received_until_closed(PATIENCE)[:1] for guesser in guessers]
        self.assertEqual([said[0][58] if said else "cut" for said in answers], [REFUSED] * GUESSES)
        for _ in range(GUESSES):
            self.guess()
        self.connect("SAFE").log_on(RIGHT, seconds=PATIENCE)

    def test_who_finds_too_many_waiting_is_told_so(self):
        guessers = [self.guess() for _ in range(3 * GUESSES)]
        self.penstockd.wait_for("others wait for their password to be checked")
        texts = [guesser.received_until_closed(PATIENCE)[:1] for guesser in guessers]
        self.assertEqual({said[0].get(58) for said in texts if said}, {REFUSED, BUSY})
        self.connect("SAFE").log_on(RIGHT, seconds=PATIENCE)

    def test_who_leaves_while_it_is_checked_leaves_nothing_behind(self):
        for body in (RIGHT, WRONG) * 10:
            self.guess(body).close()
        safe = self.connect("SAFE")
        safe.log_on(RIGHT, seconds=PATIENCE)
        safe.test_request("in")
        self.guess().close()
        self.guess(RIGHT)  # the session is taken
        self.guess()
        self.assertEqual(self.penstockd.end(), 0)

    def test_what_follows_the_logon_at_once_is_handled_after_it(self):
        self.trader("OPEN")
        safe = self.connect("SAFE")
        order = "11=quick|21=1|38=10|40=2|44=24.00|54=1|55=DUNE|59=0|60=NOW|"
        safe.send_bytes(safe.message("A", RIGHT) + safe.message("D", order) + safe.message("1", "112=then|"))
        first = safe.receive()
        self.assertEqual(first[35], "A")
        self.assertEqual(safe.report("quick", "0")[39], "0")
        safe.send("1", "112=last|")
        self.assertEqual(safe.until(t35="0", t112="last")[35], "0")

    def test_it_stops_while_passwords_wait(self):
        for _ in range(GUESSES):
            self.guess()
        self.assertEqual(self.penstockd.end(), 0)


if __name__ == "__main__":
    unittest.main()
