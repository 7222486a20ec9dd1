"""The two sides of the matrices: a client that keeps what came, and a venue that says what it is told to."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "integration"))
# pylint: disable=wrong-import-position
import fix_client

BEGIN_STRING = {"4.2": "FIX.4.2", "4.4": "FIX.4.4", "5.0SP2": "FIXT.1.1"}
LOGON = {"4.2": "98=0|108=30|", "4.4": "98=0|108=30|", "5.0SP2": "98=0|108=30|1137=9|"}


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
    """The venue's end of penstockd's connection, and the prices of the one instrument that trades there."""

    def __init__(self, listener, name, symbol, version):  # pylint: disable=super-init-not-called
        self.sender, self.target = name, "PENSTOCK"
        self.begin_string, self.version = BEGIN_STRING[version], version
        self.next_out, self._received, self.came = 1, b"", []
        self.barriers, self.last_number = 0, 0
        self.symbol = symbol
        self.on_the_way = []  # ids of the data file that it has been sent and has not read
        listener.settimeout(fix_client.WAIT_SECONDS)
        self.socket = listener.accept()[0]
        self.until(t35="A")
        self.send("A", LOGON[version])
        self.price_request = self.until(t35="V")[262]
        self.prices = None
        self.tell_prices()

    def tell_prices(self, bid="49.99", offer="50.01", last=None):
        """The market moves there; without words it is back where branches begin. Says nothing new twice."""
        if self.prices == (bid, offer, last):
            return
        self.prices = (bid, offer, last)
        entries = f"269=0|270={bid}|271=100|269=1|270={offer}|271=100|"
        if last is not None:
            entries += f"269=2|270={last}|271=100|"
        self.send("W", f"55={self.symbol}|262={self.price_request}|268={2 if last is None else 3}|{entries}")

    @staticmethod
    def is_of_session(message):
        return message[35] == "0" and not message.get(112)
