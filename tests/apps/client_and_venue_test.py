"""penstock-client against penstock-venue, as a user runs them: whole programs over real sockets."""
import json
import os
import signal
import subprocess
import tempfile
import unittest

BUILD = os.environ["PENSTOCK_BINARY_DIR"]
SECONDS = 30  # for a program to end; nothing here takes one

VENUE = """
name = "SIM"
version = "{version}"
port = {port}
prefix = "V"
{top}
[[session]]
sender_comp_id = "SIM"
target_comp_id = "DESK"
[[instrument]]
symbol = "XYZ"
tick = "0.01"
start_price = 10
"""

ORDERS = """
buy 100 XYZ @ 11.00 as a1
expect New a1 BUY 100 XYZ @ 11 DAY cum 0 leaves 100 avg 0
amend a1 qty 200 price 10.50
expect Replaced a1 BUY 200 XYZ @ 10.5 leaves 200
sell 50 XYZ @ 10.50 ioc as s1
expect Filled s1 last 50 @ 10.5
expect PartFilled a1 cum 50 leaves 150
cancel a1
wait done a1
"""
EXACT = [
    "< New            a1  BUY 100 XYZ @ 11 DAY  cum 0 leaves 100 avg 0  order V-O1 exec V-E1",
    "< Replaced       a1  BUY 200 XYZ @ 10.5 DAY  cum 0 leaves 200 avg 0  id a1.1  order V-O1 exec V-E2",
    "< New            s1  SELL 50 XYZ @ 10.5 IOC  cum 0 leaves 50 avg 0  order V-O2 exec V-E3",
    "< Filled         s1  SELL 50 XYZ @ 10.5 IOC  last 50 @ 10.5  cum 50 leaves 0 avg 10.5  "
    "order V-O2 exec V-E4",
    "< PartFilled     a1  BUY 200 XYZ @ 10.5 DAY  last 50 @ 10.5  cum 50 leaves 150 avg 10.5  id a1.1  "
    "order V-O1 exec V-E5",
    "< Cancelled      a1  BUY 200 XYZ @ 10.5 DAY  cum 50 leaves 0 avg 10.5  id a1.2  order V-O1 exec V-E6",
]


class Venue:
    """A running penstock-venue. Leaving the block stops it with a signal and checks that it stops well."""

    def __init__(self, folder, version="4.4", port=0, top=""):
        path = os.path.join(folder, "venue.toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(VENUE.format(version=version, port=port, top=top))
        self.process = subprocess.Popen([os.path.join(BUILD, "penstock-venue"), "--config", path],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.ready = self.process.stdout.readline().strip()
        self.port = int(self.ready.rpartition(":")[2])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.code = self.process.wait(SECONDS)
        finally:
            self.process.kill()
            self.process.stdout.close()


class ClientAndVenue(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def client(self, port, script, *options, sender="DESK", begin_string="FIX.4.4"):
        """Runs a script from stdin; returns exit code, lines of stdout, stderr."""
        command = [os.path.join(BUILD, "penstock-client"), "--port", str(port), "--sender", sender,
                   "--target", "SIM", "--begin-string", begin_string, "--script", "-", *options]
        done = subprocess.run(command, input=script, capture_output=True, text=True, timeout=SECONDS,
                              check=False)
        return done.returncode, done.stdout.splitlines(), done.stderr

    def test_an_order_is_placed_amended_traded_and_cancelled_in_exact_lines(self):
        for version, begin_string in (("4.2", "FIX.4.2"), ("4.4", "FIX.4.4"), ("5.0SP2", "FIXT.1.1")):
            with self.subTest(version), Venue(self.folder, version) as venue:
                self.assertEqual(venue.ready, f"ready SIM FIX {version} on 127.0.0.1:{venue.port}")
                code, lines, error = self.client(venue.port, ORDERS, begin_string=begin_string)
                self.assertEqual((code, error), (0, ""))
                self.assertEqual([line for line in lines if line.startswith("<")], EXACT)
            self.assertEqual(venue.code, 0)

    def test_reports_are_json_objects_when_asked_for(self):
        with Venue(self.folder) as venue:
            code, lines, _ = self.client(venue.port, ORDERS, "--json")
        reports = [json.loads(line) for line in lines]
        self.assertEqual(code, 0)
        self.assertEqual([one["event"] for one in reports], ["LoggedOn", "New", "Replaced", "New", "Filled",
                                                            "PartFilled", "Cancelled", "LoggedOut"])
        self.assertEqual(reports[4]["last_price"], "10.5")

    def test_an_expectation_not_met_is_exit_code_1_with_what_was_seen(self):
        with Venue(self.folder) as venue:
            code, _, error = self.client(venue.port, "buy 1 XYZ @ 9 as a1\ntimeout 0.2\nexpect Filled a1\n")
        self.assertEqual(code, 1)
        self.assertIn("stdin:3: not seen in 0.2 s: expect Filled a1", error)
        self.assertIn("< New            a1  BUY 1 XYZ @ 9", error)

    def test_a_command_nobody_understands_is_exit_code_2(self):
        with Venue(self.folder) as venue:
            self.assertEqual(self.client(venue.port, "bye 100 XYZ\n")[0], 2)

    def test_nobody_there_is_exit_code_6_with_advice(self):
        with Venue(self.folder) as venue:
            port = venue.port
        code, _, error = self.client(port, "")
        self.assertEqual(code, 6)
        self.assertIn("Connection refused", error)
        self.assertIn(f"Does something listen on 127.0.0.1:{port}?", error)

    def test_an_unknown_session_is_exit_code_6(self):
        with Venue(self.folder) as venue:
            code, _, error = self.client(venue.port, "", sender="NOBODY")
        self.assertEqual(code, 6)
        self.assertIn("Is the session NOBODY -> SIM (FIX.4.4) configured there", error)

    def test_a_malformed_message_is_answered_by_the_session(self):
        with Venue(self.folder) as venue:
            code, _, _ = self.client(venue.port, "raw 35=D|11=x|38=5\nexpect SessionReject type D code 1\n")
        self.assertEqual(code, 0)

    def test_both_programs_go_on_with_their_numbers_after_a_restart(self):
        top = 'state_file = "numbers"'
        store = ("--store", os.path.join(self.folder, "store"))
        with Venue(self.folder, top=top) as venue:
            self.assertEqual(self.client(venue.port, ORDERS, *store)[0], 0)
        with Venue(self.folder, top=top) as venue:
            self.assertEqual(self.client(venue.port, ORDERS, *store)[0], 0)
        with open(os.path.join(self.folder, "numbers"), encoding="utf-8") as file:
            numbers = file.read().split()
        # Twice: a logon, five requests or six reports, a logout.
        self.assertEqual([int(one) for one in numbers[:2]], [2 * 6 + 1, 2 * 8 + 1])

    def test_a_client_that_forgot_its_numbers_is_told_what_to_do(self):
        top = 'state_file = "numbers"'
        with Venue(self.folder, top=top) as venue:
            first = ("--store", os.path.join(self.folder, "one"))
            self.assertEqual(self.client(venue.port, ORDERS, *first)[0], 0)
            code, _, error = self.client(venue.port, "", "--store", os.path.join(self.folder, "two"))
        self.assertEqual(code, 6)
        self.assertIn("MsgSeqNum too low", error)
        self.assertIn("--store", error)

    def test_a_cut_connection_is_made_again_and_the_report_asked_for(self):
        store = ("--store", os.path.join(self.folder, "store"))
        script = "buy 10 XYZ @ 9 as a1 with 9000=disconnect_at_byte\nexpect New a1 leaves 10\n"
        with Venue(self.folder) as venue:
            code, lines, error = self.client(venue.port, script, *store)
        self.assertEqual(code, 0, error)
        self.assertEqual([line for line in lines if line.startswith("* ")],
                         ["* LoggedOn", "* LoggedOut", "* LoggedOn", "* LoggedOut"])

    def test_a_jump_of_the_venues_numbers_is_followed(self):
        script = ("buy 10 XYZ @ 9 as a1 with 9000=sequence_reset:100\nexpect New a1\n"
                  "cancel a1\nexpect Cancelled a1\n")
        with Venue(self.folder) as venue:
            self.assertEqual(self.client(venue.port, script)[0], 0)

    def test_a_wrong_venue_file_names_line_and_key_and_starts_nothing(self):
        path = os.path.join(self.folder, "venue.toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(VENUE.format(version="4.3", port=0, top=""))
        done = subprocess.run([os.path.join(BUILD, "penstock-venue"), "--config", path], capture_output=True,
                              text=True, timeout=SECONDS, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"{path}:3: version: ", done.stderr)


if __name__ == "__main__":
    unittest.main()
