#!/usr/bin/env python3
"""Checks an audit, a transparency log in the C2SP tlog-tiles layout, as penstock-verify does.

A second implementation, on purpose in another language and with nothing but the standard library, so that a
mistake of one is noticed by the other. It is slow: some hundred thousand records a minute.
Exit code: 0 nothing was altered, 1 something was, 2 it could not be checked."""
import argparse
import base64
import binascii
import hashlib
import os
import sys

WIDTH, HASH, MAX_PROBLEMS, HEAD, MAX_LEAF = 256, 32, 20, 32, 65535

# Ed25519 after RFC 8032, verification only, in affine-free (extended) coordinates.
P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    """The sum of two points (X, Y, Z, T)."""
    left, right = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def decoded(data):
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = decoded((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519(key, message, signature):
    point, nonce = decoded(key), decoded(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if point is None or nonce is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    right = add(nonce, times(int.from_bytes(digest, "little") % ORDER, point))
    left = times(scalar, BASE)
    return all((left[axis] * right[2] - right[axis] * left[2]) % P == 0 for axis in (0, 1))


def from_base64(text):
    """Only the one canonical encoding; None for any other text."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data) == text.encode() else None


class Key:
    def __init__(self, text):
        self.text, (self.name, id_hex, data) = text, text.split("+", 2)
        raw = from_base64(data)
        if raw is None or len(raw) != 33 or raw[0] not in (1, 4):
            raise ValueError(f"{text} is no key")
        self.is_witness, self.bytes = raw[0] == 4, raw[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        if self.id.hex() != id_hex:
            raise ValueError(f"{text} has not the id it says")


class Checkpoint:
    """A signed note of origin, size and root. Raises ValueError when the bytes are none."""
    def __init__(self, name, data):
        self.name = name
        text, mark, lines = data.decode().rpartition("\n\n")
        self.text = (text + "\n").encode()
        self.origin, size, root = text.split("\n")
        self.size, self.root, self.signatures = int(size), from_base64(root), []
        if not mark or not self.origin or str(self.size) != size or len(self.root or b"") != HASH:
            raise ValueError("no checkpoint")
        if not lines.endswith("\n"):
            raise ValueError("a signature line without an end")
        for line in lines[:-1].split("\n"):
            dash, key_name, blob = line.split(" ")
            raw = from_base64(blob)
            if dash != "\u2014" or raw is None or len(raw) <= 4:
                raise ValueError("no signature line")
            self.signatures.append((key_name, raw[:4], raw[4:]))

    def signed_by(self, key):
        """True, False when a signature of the key does not verify, None without one."""
        found = None
        for name, key_id, blob in self.signatures:
            if (name, key_id) != (key.name, key.id):
                continue
            message = self.text
            if key.is_witness:
                message = b"cosignature/v1\ntime %d\n" % int.from_bytes(blob[:8], "big") + message
                blob = blob[8:]
            if len(blob) != 64 or not ed25519(key.bytes, message, blob):
                return False
            found = True
        return found


def leaf_hash(leaf):
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


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


class JournalRecords:
    """What the records of Penstock's journal say about their place, and which key signs from there on."""
    def __init__(self, first_key):
        self.head, self.payload, self.before, self.numbers = None, b"", None, {}
        self.index, self.keys = 0, [(0, first_key)]

    def check(self, index, leaf):
        """What is wrong with the next leaf, or None."""
        self.index = index
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


class Audit:
    def __init__(self, folder, newest, vouched, records):
        self.folder, self.newest, self.records = folder, newest, records
        self.vouched = sorted(vouched, key=lambda checkpoint: checkpoint.size)
        self.levels, self.peaks, self.size, self.visited, self.problems = [[]], [], 0, set(), []
        self.tiles = [0]

    def read(self, path):
        try:
            with open(os.path.join(self.folder, path), "rb") as file:
                data = file.read()
        except OSError:
            return None
        self.visited.add(path)
        return data

    @staticmethod
    def name(kind, index):
        parts = [f"{index % 1000:03}"]
        while index >= 1000:
            index //= 1000
            parts.insert(0, f"x{index % 1000:03}")
        return f"tile/{kind}/" + "/".join(parts)

    @staticmethod
    def path(name, width):
        return name if width == WIDTH else f"{name}.p/{width}"

    def walk(self):
        self.check_roots()
        for index in range((self.newest.size + WIDTH - 1) // WIDTH):
            if not self.bundle(index):
                return
        for level, hashes in enumerate(self.levels):
            if hashes:
                self.finish_tile(level)
        for folder, _, names in os.walk(os.path.join(self.folder, "tile")):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), self.folder)
                if path not in self.visited:
                    self.problems.append(f"{path} belongs to no checkpoint: it was added, or the end was cut")

    def bundle(self, index):
        width = min(WIDTH, self.newest.size - index * WIDTH)
        name = self.name("entries", index)
        data = self.read(self.path(name, width))
        if data is None:
            self.problems.append(f"record {self.size}: its file {self.path(name, width)} is missing")
            return False
        stored = self.read(self.path(self.name(0, index), width)) or b""
        ends, at = [], 0
        for _ in range(width):
            end = at + 2 + int.from_bytes(data[at:at + 2], "big")
            if at + 2 > len(data) or end > len(data):
                self.problems.append(f"record {self.size}: {self.path(name, width)} ends before it does")
                return False
            self.record(data[at + 2:end], stored)
            at = end
            ends.append(end)
        if at != len(data):
            self.problems.append(f"record {self.size - 1}: {self.path(name, width)} goes on behind its last "
                                 "record")
        self.compare_partials(name, data, width, lambda narrow: ends[narrow - 1])
        return True

    def record(self, leaf, stored):
        digest, at = leaf_hash(leaf), self.size % WIDTH * HASH
        if at + HASH <= len(stored) and stored[at:at + HASH] != digest:
            self.problems.append(f"record {self.size}: it does not hash to what "
                                 f"{self.name(0, self.size // WIDTH)} holds for it; one of the two was "
                                 "altered")
        wrong = self.records.check(self.size, leaf) if self.records else None
        if wrong:
            self.problems.append(f"record {self.size}: {wrong}")
        self.peaks.append(digest)
        self.levels[0].append(digest)
        self.size += 1
        height, rest = 0, self.size
        while rest % 2 == 0:
            right = self.peaks.pop()
            self.peaks[-1] = node_hash(self.peaks[-1], right)
            height, rest = height + 1, rest // 2
            if height % 8 == 0:
                self.finish_tile(height // 8 - 1)
                if len(self.levels) == height // 8:
                    self.levels.append([])
                    self.tiles.append(0)
                self.levels[height // 8].append(self.peaks[-1])
        self.check_roots()

    def finish_tile(self, level):
        name, width = self.name(level, self.tiles[level]), len(self.levels[level])
        data, stored = b"".join(self.levels[level]), self.read(self.path(name, width))
        if stored is None:
            self.problems.append(f"{self.path(name, width)} is missing")
        elif stored != data:
            self.problems.append(f"{self.path(name, width)} is not the tile of these records")
        self.compare_partials(name, data, width, lambda narrow: narrow * HASH)
        self.levels[level] = []
        self.tiles[level] += 1

    def compare_partials(self, name, data, full_width, end_of):
        folder = os.path.join(self.folder, name + ".p")
        for width in os.listdir(folder) if os.path.isdir(folder) else ():
            if width.isdecimal() and str(int(width)) == width and 0 < int(width) < full_width:
                stored = self.read(f"{name}.p/{width}")
                if stored is not None and stored != data[:end_of(int(width))]:
                    self.problems.append(f"{name}.p/{width} is not the beginning of the newer "
                                         + self.path(name, full_width))

    def check_roots(self):
        while self.vouched and self.vouched[0].size == self.size:
            checkpoint = self.vouched.pop(0)
            root = self.peaks[-1] if self.peaks else hashlib.sha256().digest()
            for peak in reversed(self.peaks[:-1]):
                root = node_hash(peak, root)
            if root != checkpoint.root:
                self.problems.append(f"{checkpoint.name} was signed for other records: the first {self.size} "
                                     "do not have its root")


def gather(options, problems):
    """(every checkpoint, the folder's own)."""
    vouched, newest = [], None
    names = sorted(name for name in os.listdir(options.folder) if name.startswith("checkpoint."))
    given = [(name, os.path.join(options.folder, name)) for name in [*names, "checkpoint"]]
    for name, path in given + [(path, path) for path in options.checkpoint]:
        try:
            with open(path, "rb") as file:
                checkpoint = Checkpoint(name, file.read())
        except OSError:
            problems.append(f"{name} is missing")
            continue
        except ValueError:
            problems.append(f"{name} is no signed checkpoint")
            continue
        witnesses = [checkpoint.signed_by(key) for key in options.witness]
        if checkpoint.origin != (options.origin or options.log.name):
            problems.append(f"{name} is of another log: {checkpoint.origin}")
        elif False in witnesses:
            problems.append(f"{name} has a countersignature that does not verify")
        else:
            vouched.append(checkpoint)
            if name == "checkpoint":
                newest = checkpoint
                quorum = len(witnesses) if options.quorum is None else options.quorum
                if witnesses.count(True) < quorum:
                    problems.append(f"checkpoint is countersigned by {witnesses.count(True)} of {quorum} "
                                    "witnesses")
    return vouched, newest


def verify(options):
    problems = []
    vouched, newest = gather(options, problems)
    if newest is None:
        return problems, None
    for checkpoint in vouched:
        if checkpoint.size > newest.size:
            problems.append(f"record {newest.size}: it is missing, {checkpoint.name} was signed for "
                            f"{checkpoint.size} records; the audit was cut or rolled back")
    records = None if options.opaque else JournalRecords(options.log)
    audit = Audit(options.folder, newest, vouched, records)
    audit.walk()
    if records and records.head is not None:
        audit.problems.append("the last record is not whole")
    for checkpoint in vouched:
        signed = [(since, checkpoint.signed_by(key))
                  for since, key in (records.keys if records else [(0, options.log)])]
        if False in [good for _, good in signed]:
            problems.append(f"{checkpoint.name} has a signature that does not verify")
        elif not [good for since, good in signed if since <= checkpoint.size][-1]:
            problems.append(f"{checkpoint.name} is not signed by the key the log had")
    return problems + audit.problems[:MAX_PROBLEMS], audit


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--log", metavar="VKEY", required=True, type=Key, help="its key at its first record")
    parser.add_argument("--witness", metavar="VKEY", action="append", default=[], type=Key)
    parser.add_argument("--quorum", metavar="N", type=int)
    parser.add_argument("--checkpoint", metavar="FILE", action="append", default=[])
    parser.add_argument("--origin", metavar="TEXT")
    parser.add_argument("--opaque", action="store_true", help="the records are not those of a journal")
    parser.add_argument("folder")
    options = parser.parse_args()
    if not os.path.isdir(options.folder):
        parser.error(f"{options.folder} is no folder")
    problems, audit = verify(options)
    for problem in problems:
        print("ALTERED", problem)
    if not problems:
        print(f"SOUND {audit.size} leaves, root {base64.b64encode(audit.newest.root).decode()}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
