"""A cold restart into a world that went on: 40 live orders, of which the venue fills 3, cancels 2, forgets 1
while penstockd is down; one fill is older than what it repeats, and somebody has placed an order by hand."""
import os
import re
import shutil
import signal
import socket
import threading
import time
import unittest

import fix_client
import operators
import support

BUDGET_SECONDS = 20  # from the start of the process to "reconciled", with one wait of five seconds in it
PLAIN, FILLED, CANCELLED, UNSEEN, FORGOTTEN, BY_HAND = 10, 1018, 1019, 1020, 1021, 1022
QUANTITIES = [PLAIN] * 32 + [FILLED] * 3 + [CANCELLED] * 2 + [UNSEEN, FORGOTTEN, BY_HAND]
TAPE = re.compile(r"^\d\d:\d\d:\d\d\.\d+ (.*)")


class Relay:
    """Between penstockd and its venue. It passes bytes on and writes down what it passed; later it plays the
    venue's part again from that, so that two starts meet the same world."""

    def __init__(self, venue_port):
        self.venue_port = venue_port
        self.sent = []    # by penstockd, message by message, since the last connection began
        self.said = []    # by the venue: (how many penstockd had sent before, bytes)
        self.script = None
        self._changed = threading.Condition()
        self._sockets = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self._sockets.append(near)
            self.sent, self.said = [], []
            if self.script is None:
                far = fix_client.connect(self.venue_port)
                far.settimeout(None)
                self._sockets.append(far)
                threading.Thread(target=self._pass, args=(far, near, self._note_said), daemon=True).start()
            else:
                far = None
                threading.Thread(target=self._play, args=(near, self.script), daemon=True).start()
            threading.Thread(target=self._pass, args=(near, far, self._note_sent), daemon=True).start()

    def _note_said(self, message):
        self.said.append((len(self.sent), message))

    def _note_sent(self, message):
        with self._changed:
            self.sent.append(message)
            self._changed.notify_all()

    @staticmethod
    def _pass(source, target, note):
        waiting = b""
        try:
            while data := source.recv(1 << 16):
                waiting += data
                while (end := re.search(rb"\x0110=\d\d\d\x01", waiting)) is not None:
                    message, waiting = waiting[:end.end()], waiting[end.end():]
                    note(message)
                    if target is not None:
                        target.sendall(message)
        except OSError:
            pass
        if target is not None:
            target.close()

    def _play(self, near, script):
        try:
            for sent_before, message in script:
                with self._changed:
                    self._changed.wait_for(lambda count=sent_before: len(self.sent) >= count)
                near.sendall(message)
        except OSError:
            pass

    def close(self):
        self._listener.close()
        for one in self._sockets:
            one.close()


class DirtyWorld(operators.Operator):
    def setUp(self):
        super().setUp()
        self.start_venue()
        self.relay = Relay(self.venue_port)
        self.addCleanup(self.relay.close)
        self.venue_port = self.relay.port
        self.configure(support.session_section("CLIENT1"))
        self.start_penstockd()

    def enter_all(self, client):
        for number, quantity in enumerate(QUANTITIES):
            client.order(f"o{number}", quantity, "24.00")
            self.assertEqual(client.report(f"o{number}", "0")[39], "0")

    def wait_until_reconciled(self):
        """The tape up to there, without its times."""
        started = time.monotonic()
        self.start_penstockd()
        self.penstockd.wait_for("  reconciled  ", BUDGET_SECONDS)
        print(f"reconciled after {time.monotonic() - started:.1f} s", flush=True)
        tape = [found.group(1) for found in map(TAPE.match, list(self.penstockd.lines)) if found]
        end = next(at for at, line in enumerate(tape) if "  reconciled  " in line)
        return tape[:end + 1]

    def test_up_and_reconciled_and_the_same_again(self):
        client = self.trader("CLIENT1")
        self.enter_all(client)
        client.send("1", "112=LAST|")
        next_in = client.until(t35="0").number() + 1
        self.penstockd.end(signal.SIGKILL)
        self.venue.wait_for("logged out")
        state = os.path.join(self.folder, "state")
        shutil.copytree(state, state + ".copy", ignore=shutil.ignore_patterns("control.sock"))

        first = self.wait_until_reconciled()
        script = list(self.relay.said)
        # What is sent before asks, and makes nothing.
        kinds = {fix_client.parse(message)[35] for message in self.relay.sent}
        self.assertLessEqual(kinds, {"A", "0", "1", "2", "4", "AF", "H", "V"})
        self.assertEqual(sum("Orphan " in line for line in first), 1, first)
        self.assertEqual(sum("OrderNotFound" in line for line in first), 1, first)
        self.assertEqual(sum("InferredFill" in line for line in first), 1, first)

        again = self.connect("CLIENT1")
        again.next_out = client.next_out
        again.log_on()
        again.send("2", f"7={next_in}|16=0|")
        again.order("after", PLAIN, "24.00")
        told = {}
        message = again.until(t35="8")
        while message.get(11) != "after" or message[150] != "0":
            number, _ = told.setdefault(
                message[17], (message.number(), (message[150], message[38], message.get(32), message[14])))
            self.assertEqual(number, message.number(), "an execution was told under two numbers")
            message = again.until(t35="8")
        told = sorted(value for _, value in told.values())
        self.assertEqual(told, sorted([("F", "1018", "1018", "1018")] * 3 + [("4", "1019", None, "0")] * 2 +
                                      [("F", "1020", "510", "510")]))

        # The order that was placed by hand becomes the client's, who cancels it.
        orphan = next(line for line in first if line.startswith("Orphan ")).split()[2]
        self.assertEqual(self.status()["venues"][0]["orphans"], 1)
        self.penstock("adopt", "--config", "penstock.toml", "--venue", "XV44", "--order", orphan, "--for",
                      "FIX.4.4:PENSTOCK->CLIENT1", "--account", "DESK-A", "--reason", "placed by hand")
        self.assertEqual(again.report("ADOPTED-1", "0")[38], "511")
        again.cancel("by-us", "ADOPTED-1", 511)
        self.assertEqual(again.report("by-us", "4")[39], "4")
        again.amend("other", "o0", 20, "24.00")
        again.report("other", "5")

        # The same world once more.
        self.penstockd.end(signal.SIGKILL)
        shutil.rmtree(state)
        shutil.copytree(state + ".copy", state)
        self.relay.script = script
        self.assertEqual(self.wait_until_reconciled(), first)


if __name__ == "__main__":
    unittest.main()
