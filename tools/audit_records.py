"""What tools/verify_audit.py knows of Penstock's journal: what each of its records says of its place in the
audit, of the log's key and of files that were exported. Standard library only, and nothing of Penstock's
other code."""
import hashlib
import os

from audit_proofs import Key, ed25519

HEAD, MAX_LEAF = 32, 65535


def varint(data, at):
    number = shift = 0
    while True:
        number |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return number & (1 << 64) - 1, at


def fields(data):
    """(number, value) of each field of a Protobuf message. Raises IndexError or ValueError for others."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        else:
            length = {1: 8, 5: 4}.get(key & 7)
            if key & 7 == 2:
                length, at = varint(data, at)
            if length is None or at + length > len(data):
                raise ValueError("no message")
            value = data[at:at + length]
            value = int.from_bytes(value, "little") if key & 7 in (1, 5) else value
            at += length
        yield key >> 3, value


def seq_of(leaf):
    """Its number in the journal, by its own word; 0 when it is too short to say."""
    return int.from_bytes(leaf[4:12], "little") if len(leaf) >= 12 else 0


def record_name(index, leaf):
    """Its place in the log, from 0, and in the journal."""
    return f"record {index} (seq {seq_of(leaf)})" if len(leaf) >= 12 else f"record {index}"


class JournalRecords:
    """What the records of Penstock's journal say about their place, and which key signs from there on."""
    def __init__(self, first_key):
        self.head, self.payload, self.before, self.numbers = None, b"", None, {}
        self.index, self.name, self.keys, self.exports = 0, "", [(0, first_key)], []

    def check(self, index, leaf):
        """What is wrong with the next leaf, or None."""
        self.index, self.name = index, record_name(index, leaf)
        if len(leaf) < HEAD:
            return "it is too short for a journal record"
        head, length = leaf[:HEAD], int.from_bytes(leaf[:4], "little")
        if self.head is None:
            wrong = self.check_head(head)
            if wrong:
                return wrong
        elif self.head != head:
            self.head, self.payload = None, b""
            return "it should be the next part of the record before it"
        self.payload += leaf[HEAD:]
        if len(self.payload) < length and len(leaf) == MAX_LEAF:
            self.head = head
            return None
        payload, self.head, self.payload = self.payload, None, b""
        if len(payload) != length:
            return "its payload has not the length it says"
        try:
            return self.check_payload(payload)
        except (IndexError, ValueError, TypeError):
            return "its payload is no Protobuf message"

    def check_head(self, head):
        place = (int.from_bytes(head[4:12], "little"), int.from_bytes(head[12:20], "little"),
                 int.from_bytes(head[20:28], "little", signed=True))
        before, self.before = self.before, place
        if before and place[2] < before[2]:
            return "its time is before that of the record before it"
        if before and place[1] < before[1]:
            return "its epoch is older than that of the record before it"
        if before and place[0] != before[0] + 1:
            return f"its sequence number is {place[0]}, {before[0] + 1} was due"
        return None if head[28] == 1 else "it is no record of an input"

    def check_payload(self, payload):
        wrong = []
        for number, value in fields(payload):
            if number == 1 and value != self.before[0]:
                wrong.append("payload and header differ in seq")
            if number == 2 and value != self.before[2] % (1 << 64):
                wrong.append("payload and header differ in time")
            if number == 3:
                origin = dict(fields(value))
                if origin.get(1) and origin.get(2):
                    wrong += self.used(origin[1], 0, origin[2], "received")
            if number == 6:
                given = dict(fields(value))
                wrong += self.used(given.get(2, 0), 1, given.get(3, 0), "was given")
            if number == 4:
                body = next(fields(value), None)
                if body and body[0] == 30:
                    wrong += self.advanced(dict(fields(body[1])))
                if body and body[0] == 47:
                    self.acted(dict(fields(body[1])))
                if body and body[0] == 48:
                    wrong += self.key_changed(dict(fields(body[1])))
        return wrong[0] if wrong else None

    def used(self, session, direction, number, verb):
        last = self.numbers.setdefault(session, [0, 0])
        before, last[direction] = last[direction], max(last[direction], number)
        if number == before + 1:
            return []
        return [f"session {session} {verb} MsgSeqNum {number}, {before + 1} was due"]

    def advanced(self, told):
        session, now = told.get(1, 0), [told.get(2, 0) - 1, told.get(3, 0) - 1]
        before = self.numbers.get(session, [0, 0])
        self.numbers[session] = [max(now[0], 0), max(now[1], 0)]
        goes_back = now[0] < before[0] or now[1] < before[1]
        if told.get(4) or not goes_back:
            return []
        return [f"session {session} went back in its numbers without a reset"]

    def acted(self, told):
        """An export is recorded with the report, the file's name and its SHA-256."""
        if told.get(2) == b"export":
            self.exports.append((self.name, told.get(3, b""), told.get(5, b"")))

    def key_changed(self, told):
        texts, signatures = [told.get(1, b""), told.get(2, b"")], [told.get(3, b""), told.get(4, b"")]
        try:
            keys = [Key(text.decode()) for text in texts]
        except ValueError:
            keys = []
        message = b"penstock audit key change\n" + b"".join(text + b"\n" for text in texts)
        if not keys or not all(len(signature) == 64 and ed25519(key.bytes, message, signature)
                               for key, signature in zip(keys, signatures)):
            return ["it changes the key of the log, and not both keys signed that"]
        now = self.keys[-1][1].text
        if keys[1].text == now:
            return []
        if keys[0].text != now:
            return [f"it changes the key {keys[0].name}, which is not that of the log now"]
        self.keys.append((self.index + 1, keys[1]))
        return []


def check_report(records, path, data):
    """(what is wrong, what it is) of an exported file, whose SHA-256 must be on record under its name."""
    digest = hashlib.sha256(data).hexdigest().encode()
    exported, renamed = [], None
    edited = f"{path} was altered or never exported: no record has its SHA-256"
    for record, subject, text in records.exports:
        said = subject.decode("utf-8", "replace")
        has_name = subject.partition(b" ")[2] == os.fsencode(os.path.basename(path))
        if text.startswith(digest) and has_name:
            exported.append(f"{record}: {path} as exported, {said}")
        elif text.startswith(digest):
            renamed = f"{record}: {path} is on record as {said}"
        elif has_name:
            edited = f"{record}: {path} has not the SHA-256 it says"
    return [] if exported else [renamed or edited], exported
