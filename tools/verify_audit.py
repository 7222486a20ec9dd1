#!/usr/bin/env python3
"""Checks an audit, a transparency log in the C2SP tlog-tiles layout, as penstock-verify does.

A second implementation, on purpose in another language and with nothing but the standard library, so that a
mistake of one is noticed by the other. It is slow: some hundred thousand records a minute. Needs
audit_proofs.py beside it.
Exit code: 0 nothing was altered, 1 something was, 2 it could not be checked."""
import argparse
import base64
import hashlib
import os
import sys

from audit_proofs import HASH, Checkpoint, Key, Proof, ed25519, leaf_hash, node_hash

WIDTH, MAX_PROBLEMS, HEAD, MAX_LEAF = 256, 20, 32, 65535


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


def record_name(index, leaf):
    """Its place in the log, from 0, and by its own word in the journal."""
    seq = int.from_bytes(leaf[4:12], "little")
    return f"record {index} (seq {seq})" if len(leaf) >= 12 else f"record {index}"


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
            self.exports.append((self.name, told.get(3, b"").decode("latin-1"), told.get(5, b"")))

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
        name = record_name(self.size, leaf if self.records else b"")
        if at + HASH <= len(stored) and stored[at:at + HASH] != digest:
            self.problems.append(f"{name}: it does not hash to what "
                                 f"{self.name(0, self.size // WIDTH)} holds for it; one of the two was "
                                 "altered")
        wrong = self.records.check(self.size, leaf) if self.records else None
        if wrong:
            self.problems.append(f"{name}: {wrong}")
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
        if stored != data:
            bad = next((at for at, (one, other) in enumerate(zip(data, stored or b"")) if one != other),
                       min(len(data), len(stored or b"")))
            first = (self.tiles[level] * WIDTH + bad // HASH) << 8 * level
            self.problems.append(f"record {first}: {self.path(name, width)} "
                                 + ("is missing" if stored is None else "has not its hash"))
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


def check_witnesses(options, checkpoint):
    """(what is wrong, how many witnesses countersigned)."""
    witnesses = [checkpoint.signed_by(key) for key in options.witness]
    if checkpoint.origin != (options.origin or options.log.name):
        return f"{checkpoint.name} is of another log: {checkpoint.origin}", 0
    if False in witnesses:
        return f"{checkpoint.name} has a countersignature that does not verify", 0
    return None, witnesses.count(True)


def too_few(options, checkpoint, witnesses):
    quorum = len(options.witness) if options.quorum is None else options.quorum
    if witnesses >= quorum:
        return []
    return [f"{checkpoint.name} is countersigned by {witnesses} of {quorum} witnesses"]


def check_log(keys, checkpoint):
    """What is wrong with its signatures by the log; `keys`: (smallest tree it signs, key)."""
    signed = [(since, checkpoint.signed_by(key)) for since, key in keys]
    if False in [good for _, good in signed]:
        return [f"{checkpoint.name} has a signature that does not verify"]
    if not [good for since, good in signed if since <= checkpoint.size][-1]:
        return [f"{checkpoint.name} is not signed by the key the log had"]
    return []


def check_report(records, path):
    """An exported file's SHA-256 must be on record."""
    try:
        with open(path, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest().encode()
    except OSError:
        return [f"{path} cannot be read"]
    wrong = f"{path} was altered or never exported: no record has its SHA-256"
    for record, subject, text in records.exports if records else ():
        if text.startswith(digest):
            return []
        if subject.endswith(" " + os.path.basename(path)):
            wrong = f"{record}: {path} has not the SHA-256 it says"
    return [wrong]


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
        wrong, witnesses = check_witnesses(options, checkpoint)
        if wrong:
            problems.append(wrong)
        else:
            vouched.append(checkpoint)
            if name == "checkpoint":
                newest = checkpoint
                problems += too_few(options, checkpoint, witnesses)
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
        problems += check_log(records.keys if records else [(0, options.log)], checkpoint)
    reports = [wrong for path in options.report for wrong in check_report(records, path)]
    sound = f"{audit.size} leaves, root {base64.b64encode(newest.root).decode()}"
    return problems + audit.problems[:MAX_PROBLEMS] + reports, sound


def verify_proof(options):
    """One record, whose file is given instead of a folder, in an audit that is not at hand."""
    with open(options.proof, "rb") as file:
        data = file.read()
    with open(options.folder, "rb") as file:
        record = file.read()
    try:
        proof = Proof(data)
    except ValueError:
        return [f"{options.proof} is no tlog-proof"], None
    wrong, witnesses = check_witnesses(options, proof.checkpoint)
    problems = [wrong] if wrong else []
    problems += check_log([(0, options.log)], proof.checkpoint)
    problems += too_few(options, proof.checkpoint, witnesses)
    if not proof.shows(leaf_hash(record)):
        problems.append(f"record {proof.index}: {options.folder} is not what was logged")
    return problems, (f"{options.folder} is record {proof.index} of {proof.checkpoint.size}, "
                      f"{witnesses} witnesses countersigned")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--log", metavar="VKEY", required=True, type=Key, help="its key at its first record")
    parser.add_argument("--witness", metavar="VKEY", action="append", default=[], type=Key)
    parser.add_argument("--quorum", metavar="N", type=int)
    parser.add_argument("--checkpoint", metavar="FILE", action="append", default=[])
    parser.add_argument("--origin", metavar="TEXT")
    parser.add_argument("--opaque", action="store_true", help="the records are not those of a journal")
    parser.add_argument("--report", metavar="FILE", action="append", default=[],
                        help="a report or manifest that was exported: its SHA-256 must be on record")
    parser.add_argument("--proof", metavar="FILE", help="a .tlog-proof; then FOLDER is a record's file")
    parser.add_argument("folder", metavar="FOLDER")
    options = parser.parse_args()
    try:
        if options.proof is None and not os.path.isdir(options.folder):
            parser.error(f"{options.folder} is no folder")
        problems, sound = verify(options) if options.proof is None else verify_proof(options)
    except OSError as error:
        parser.error(str(error))
    for problem in problems:
        print("ALTERED", problem)
    if not problems:
        print("SOUND", sound)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
