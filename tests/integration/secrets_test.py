"""Credentials never reach the disk, and a stranger without them never resets a session."""
import os
import subprocess
import unittest

import support


def hashed(password):
    """What password_hash wants."""
    made = subprocess.run([os.path.join(support.BUILD, "penstockd"), "hash-password"], input=password,
                          capture_output=True, text=True, check=True)
    return made.stdout.strip()


class Secrets(support.System):
    def test_passwords_of_a_user_request_are_not_kept(self):
        self.start_system(support.session_section("DESK1"))
        client = self.client("DESK1")
        client.send("BE", "923=U1|924=3|553=joe|554=OLDSECRET|925=NEWSECRET|")
        self.assertEqual(client.receive()[35], "j")
        self.assertEqual(self.penstockd.end(), 0)
        for folder, _, names in os.walk(os.path.join(self.folder, "state")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(b"SECRET", file.read(), name)

    def test_a_wrong_password_does_not_reset_the_numbers(self):
        self.start_system(support.session_section("DESK1", username='"DESK"',
                                                  password_hash=f'"{hashed("right")}"'))
        desk = self.connect("DESK1")
        desk.log_on("98=0|108=30|553=DESK|554=right|")
        last_seen = desk.test_request("seen").number()
        desk.send("5")
        desk.received_until_closed()

        stranger = self.connect("DESK1")
        stranger.send("A", "98=0|108=30|141=Y|553=DESK|554=wrong|")
        stranger.received_until_closed()

        again = self.connect("DESK1")
        again.next_out = desk.next_out
        answer = again.log_on("98=0|108=30|553=DESK|554=right|")
        self.assertGreater(answer.number(), last_seen)
        # Nothing is asked for again: our numbers are known.
        self.assertEqual(again.test_request("still").number(), answer.number() + 1)


if __name__ == "__main__":
    unittest.main()
