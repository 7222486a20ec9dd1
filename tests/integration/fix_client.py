"""A raw FIX client of the tests: it sends what it is told, right or wrong, and keeps no rules of its own."""
import datetime
import select
import socket
import ssl
import time

SOH = "\x01"
WAIT_SECONDS = 20  # for one message; a test that waits this long has failed


class Message(list):
    """One message as its (tag, value) pairs in wire order; message[tag] is the first value of a tag."""

    def __getitem__(self, key):
        return self.get(key) if isinstance(key, int) else super().__getitem__(key)

    def get(self, tag, otherwise=None):
        return next((value for name, value in self if name == tag), otherwise)

    def number(self):
        return int(self[34])

    def __str__(self):
        return "|".join(f"{tag}={value}" for tag, value in self)


def parse(data):
    """The fields of one framed message."""
    fields = data.decode("latin-1").rstrip(SOH).split(SOH)
    return Message((int(tag), value) for tag, _, value in (field.partition("=") for field in fields))


def now(offset_s=0):
    time_of = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=offset_s)
    return time_of.strftime("%Y%m%d-%H:%M:%S.%f")[:-3]


def frame(body, begin_string="FIX.4.4", length=None, checksum=None):
    """The bytes of a message whose body is given as text from 35= on, with | for SOH."""
    body = body.replace("|", SOH).encode("latin-1")
    head = f"8={begin_string}{SOH}9={len(body) if length is None else length}{SOH}".encode("latin-1")
    total = sum(head + body) % 256 if checksum is None else checksum
    return head + body + f"10={total:03d}{SOH}".encode("latin-1")


def client_hello():
    """What a TLS client says first."""
    said = ssl.MemoryBIO()
    try:
        tls = ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), said, server_hostname="penstock")
        tls.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return said.read()


def connect(port, receive_buffer=None):
    plain = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if receive_buffer is not None:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    plain.settimeout(WAIT_SECONDS)
    plain.connect(("127.0.0.1", port))
    return plain


class FixClient:
    """One connection. `port` is where to connect; `tls` an ssl.SSLContext; `log_on` says hello."""

    def __init__(self, port, sender, target="PENSTOCK", begin_string="FIX.4.4", tls=None,
                 receive_buffer=None):
        self.sender, self.target, self.begin_string = sender, target, begin_string
        self.next_out = 1
        self._received = b""
        self.socket = connect(port, receive_buffer)
        try:
            if tls is not None:
                self.socket = tls.wrap_socket(self.socket, server_hostname="127.0.0.1")
        except OSError:
            self.socket.close()
            raise

    def close(self):
        self.socket.close()

    # Sending

    def message(self, msg_type, body="", number=None, extra_header=""):
        """The bytes of a message with a good header; without a number it gets the next one."""
        if number is None:
            number = self.next_out
            self.next_out += 1
        stamp = now()
        text = (f"35={msg_type}|34={number}|49={self.sender}|52={stamp}|56={self.target}|{extra_header}"
                f"{body.replace('NOW', stamp)}")
        return frame(text, self.begin_string)

    def send(self, msg_type, body="", number=None, extra_header=""):
        self.send_bytes(self.message(msg_type, body, number, extra_header))

    def send_bytes(self, data):
        self.socket.sendall(data)

    def order(self, cl_ord_id, quantity, price=None, side=1, symbol="DUNE", tif=0):
        """NewOrderSingle; without a price at market."""
        kind = "40=1|" if price is None else f"40=2|44={price}|"
        self.send("D", f"11={cl_ord_id}|21=1|38={quantity}|{kind}54={side}|55={symbol}|59={tif}|60=NOW|")

    def amend(self, cl_ord_id, orig, quantity, price, side=1, symbol="DUNE"):
        self.send("G", f"11={cl_ord_id}|21=1|38={quantity}|40=2|41={orig}|44={price}|54={side}|55={symbol}|"
                       "59=0|60=NOW|")

    def cancel(self, cl_ord_id, orig, quantity, side=1, symbol="DUNE"):
        self.send("F", f"11={cl_ord_id}|38={quantity}|41={orig}|54={side}|55={symbol}|60=NOW|")

    def log_on(self, body="98=0|108=30|", number=None, seconds=WAIT_SECONDS):
        """Sends Logon(A). The answer, which must be one too."""
        self.send("A", body, number)
        answer = self.receive(seconds)
        if answer[35] != "A":
            raise AssertionError(f"{self.sender} was not logged on: {answer}")
        return answer

    # Receiving

    def receive(self, seconds=WAIT_SECONDS):
        """The next message. ConnectionError when the peer closed, TimeoutError when nothing came."""
        deadline = time.monotonic() + seconds
        while True:
            data = self._cut()
            if data is not None:
                return parse(data)
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{self.sender} got no message in {seconds} s, only {self._received!r}")
            self.socket.settimeout(left)
            more = self.socket.recv(1 << 20)
            if not more:
                raise ConnectionError(f"{self.sender} was disconnected; received {self._received!r}")
            self._received += more

    def _cut(self):
        """The first whole message of what was received."""
        at = self._received.find(b"\x0110=")
        end = self._received.find(b"\x01", at + 1) if at >= 0 else -1
        if end < 0:
            return None
        data, self._received = self._received[:end + 1], self._received[end + 1:]
        return data

    def until(self, **wanted):
        """The first message with these fields, as in until(t35="8", t11="a1"). Others are passed over."""
        deadline = time.monotonic() + WAIT_SECONDS
        fields = {int(name[1:]): str(value) for name, value in wanted.items()}
        seen = []
        while True:
            try:
                message = self.receive(deadline - time.monotonic())
            except (ConnectionError, TimeoutError) as error:
                passed = "\n  ".join(map(str, seen[-10:]))
                raise AssertionError(f"{self.sender} waited for {fields}: {error}\n  {passed}") from error
            if all(message[tag] == value for tag, value in fields.items()):
                return message
            seen.append(message)

    def report(self, cl_ord_id, exec_type):
        """The ExecutionReport(8) of this ClOrdID(11) and ExecType(150)."""
        return self.until(t35="8", t11=cl_ord_id, t150=exec_type)

    def test_request(self, test_id):
        """Asks for a Heartbeat and waits for it: whatever was sent before has been handled."""
        self.send("1", f"112={test_id}|")
        return self.until(t35="0", t112=test_id)

    def received_until_closed(self, seconds=WAIT_SECONDS):
        """The messages until the peer closes; TimeoutError when it does not."""
        messages = []
        deadline = time.monotonic() + seconds
        while True:
            try:
                messages.append(self.receive(deadline - time.monotonic()))
            except TimeoutError:
                raise
            except OSError:  # closed, or reset because it did not read all that was sent
                return messages

    def is_silent(self, seconds):
        """Nothing arrives, and nobody closes, for so long."""
        readable, _, _ = select.select([self.socket], [], [], seconds)
        return not readable and not self._received
