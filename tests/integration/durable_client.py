"""A FIX client that follows the session rules across disconnects, for the tests of crashes: it keeps
its numbers, asks for what it missed, fills gaps it is asked about, and counts every report."""
import time

import fix_client


class DurableClient:
    """Orders go out as fast as asked; `reports` holds each ExecutionReport(8) once, by ExecID(17)."""

    def __init__(self, sender):
        self.sender = sender
        self.next_in = 1
        self.next_out = 1
        self.reports = {}
        self.repeated = []  # ExecIDs that came twice under two numbers: must stay empty
        self.connection = None
        self._asked = False

    def connect(self, port):
        if self.connection is not None:
            self.connection.close()
        self.connection = fix_client.FixClient(port, self.sender)
        self.connection.next_out = self.next_out
        self._asked = False
        self._send("A", "98=0|108=30|")

    def order(self, name):
        self._send("D", f"11={name}|21=1|38=10|40=2|44=24|54=1|55=DUNE|59=0|60=NOW|")

    def cancel(self, name, orig):
        self._send("F", f"11={name}|38=10|41={orig}|54=1|55=DUNE|60=NOW|")

    def _send(self, msg_type, body):
        try:
            self.connection.send(msg_type, body)
        except OSError:
            pass  # the other side was killed; the number is used and will be asked for
        self.next_out = self.connection.next_out

    def read(self, seconds):
        """Handles what arrives in this time. False when the connection is gone."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                self._handle(self.connection.receive(max(0.001, deadline - time.monotonic())))
            except TimeoutError:
                return True
            except OSError:
                return False
        return True

    def read_until(self, condition, seconds=20):
        deadline = time.monotonic() + seconds
        while not condition() and time.monotonic() < deadline:
            if not self.read(0.05):
                break
        return condition()

    def answer_to(self, cl_ord_id):
        """The first report under this ClOrdID(11)."""
        return next((report for report in self.reports.values() if report[11] == cl_ord_id), None)

    def _handle(self, message):
        number, kind = message.number(), message[35]
        if kind == "2":
            self._fill_gap(int(message[7]))
        if kind == "4":
            if message[123] == "Y" and number == self.next_in:
                self.next_in = int(message[36])
            return
        if number > self.next_in and not self._asked:
            self._asked = True
            self._send("2", f"7={self.next_in}|16=0|")
        if number != self.next_in:
            return
        self.next_in += 1
        self._asked = False
        if kind != "8":
            return
        if message[17] in self.reports:
            self.repeated.append(message[17])
        self.reports[message[17]] = message

    def _fill_gap(self, begin):
        """Orders that were lost with the crash are stale: they are not repeated."""
        gap = self.connection.message("4", f"123=Y|36={self.next_out}|", number=begin,
                                      extra_header=f"43=Y|122={fix_client.now()}|")
        self.connection.send_bytes(gap)
