#!/usr/bin/env python3
"""Checks an audit, a transparency log in the C2SP tlog-tiles layout, as penstock-verify does.

A second implementation, on purpose in another language and with nothing but the standard library, so that a
mistake of one is noticed by the other. It is slow: some hundred thousand records a minute. Needs
audit_proofs.py and audit_records.py beside it.
Exit code: 0 nothing was altered, 1 something was, 2 it could not be checked."""
import argparse
import base64
import hashlib
import os
import sys

from audit_proofs import (ELSEWHERE, HASH, KEPT, MAX_NOTE, MAX_PROBLEMS, PUBLISHED, Checkpoint, Key, Proof,
                          check_log, check_place, check_witnesses, decimal, judge, leaf_hash, node_hash, some,
                          too_few)
from audit_records import JournalRecords, check_report, record_name, seq_of

WIDTH = 256


def open_file(path):
    """A pipe, which may never end, is none."""
    if not os.path.isfile(path):
        raise OSError(f"{path}: there is no such file")
    return open(path, "rb")


def read_whole(path, most=-1):
    with open_file(path) as file:
        return file.read(most)


class Audit:
    def __init__(self, folder, newest, vouched, records):
        self.folder, self.newest, self.records = folder, newest, records
        self.vouched = iter(vouched)  # by size; those the walk has not come to
        self.next = next(self.vouched, None)
        self.levels, self.peaks, self.size, self.visited, self.problems = [[]], [], 0, set(), []
        self.tiles = [0]

    def read(self, path):
        try:
            data = read_whole(os.path.join(self.folder, path))
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
        self.check_roots(b"")
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
        self.check_roots(leaf)

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

    def check_roots(self, last):
        while self.next and self.next.size == self.size:
            root = self.peaks[-1] if self.peaks else hashlib.sha256().digest()
            for peak in reversed(self.peaks[:-1]):
                root = node_hash(peak, root)
            self.next.agrees = root == self.next.root
            self.next.seq = seq_of(last) if self.records else 0
            self.next = next(self.vouched, None)


def names_of(options, problems):
    """(name, path, place) of every checkpoint but the newest, which is the folder's own: older ones lie
    beside it as checkpoint.<anything>, and those the log kept are checkpoints/<size>."""
    given = [(name, os.path.join(options.folder, name), PUBLISHED) for name in os.listdir(options.folder)
             if name.startswith("checkpoint.")]
    folder = os.path.join(options.folder, "checkpoints")
    try:
        given += [(KEPT + name, os.path.join(folder, name), KEPT) for name in os.listdir(folder)]
    except OSError:
        if os.path.lexists(folder):
            problems.append("checkpoints is no folder that can be read")
    return given + [(path, path, ELSEWHERE) for path in options.checkpoint]


def read_checkpoint(options, name, path, place, problems):
    """What is not to be believed is None."""
    try:
        checkpoint = Checkpoint(name, read_whole(path, MAX_NOTE + 1))
    except OSError:
        if place == ELSEWHERE:
            raise
        problems.append(f"{name} is missing")
        return None
    except ValueError:
        problems.append(f"{name} is no signed checkpoint")
        return None
    wrong, checkpoint.witnesses = check_witnesses(options, checkpoint)
    wrong = wrong or check_place(checkpoint, place)
    problems += [wrong] if wrong else []
    return None if wrong else checkpoint


def gather(options, problems):
    """(every checkpoint by size, the folder's own); without its own the others are not looked at."""
    newest = read_checkpoint(options, "checkpoint", os.path.join(options.folder, "checkpoint"), PUBLISHED,
                             problems)
    if newest is None:
        return [], None
    wrong = []
    vouched = [newest, *(read_checkpoint(options, *one, wrong) for one in names_of(options, wrong))]
    problems += some(sorted(wrong), "more are no checkpoints of this log in their place")
    problems += too_few(options, newest, newest.witnesses)
    return sorted(filter(None, vouched), key=lambda one: (one.size, one.name)), newest


def verify(options):
    problems = []
    vouched, newest = gather(options, problems)
    if newest is None:
        return problems, []
    records = None if options.opaque else JournalRecords(options.log)
    audit = Audit(options.folder, newest, vouched, records)
    audit.walk()
    problems += audit.problems[:MAX_PROBLEMS]
    if records and records.head is not None:
        problems.append("the last record is not whole")
    problems += judge(records.keys if records else [(0, options.log)], vouched, newest)
    sound = [f"{audit.size} leaves, root {base64.b64encode(newest.root).decode()}"]
    for path in options.report:
        wrong, exported = check_report(records, path, read_whole(path))
        problems += wrong
        sound += exported
    return problems, sound


def verify_proof(options):
    """One record, whose file is given instead of a folder, in an audit that is not at hand."""
    data = read_whole(options.proof)
    record = read_whole(options.folder)
    try:
        proof = Proof(data)
    except ValueError:
        return [f"{options.proof} is no tlog-proof"], []
    wrong, witnesses = check_witnesses(options, proof.checkpoint)
    problems = [wrong] if wrong else []
    wrong = check_log([(0, options.log)], proof.checkpoint)
    problems += [f"{proof.checkpoint.name} {wrong}"] if wrong else []
    problems += too_few(options, proof.checkpoint, witnesses)
    if not proof.shows(leaf_hash(record)):
        problems.append(f"record {proof.index}: {options.folder} is not what was logged")
    return problems, [f"{options.folder} is record {proof.index} of {proof.checkpoint.size}, "
                      f"{witnesses} witnesses countersigned"]


class Once(argparse.Action):
    """Of an option that is said twice one value would be passed over."""
    def __call__(self, parser, namespace, value, name=None):
        if getattr(namespace, self.dest) is not None:
            parser.error(f"{name} is said once")
        setattr(namespace, self.dest, value)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0], allow_abbrev=False)
    parser.add_argument("--log", metavar="VKEY", required=True, type=Key, action=Once,
                        help="its key at its first record")
    parser.add_argument("--witness", metavar="VKEY", action="append", default=[], type=Key)
    parser.add_argument("--quorum", metavar="N", type=decimal, action=Once)
    parser.add_argument("--checkpoint", metavar="FILE", action="append", default=[])
    parser.add_argument("--origin", metavar="TEXT", action=Once)
    parser.add_argument("--opaque", action="store_true", help="the records are not those of a journal")
    parser.add_argument("--report", metavar="FILE", action="append", default=[],
                        help="a report or manifest that was exported: its SHA-256 must be on record under "
                             "its name")
    parser.add_argument("--proof", metavar="FILE", action=Once,
                        help="a .tlog-proof; then FOLDER is a record's file")
    parser.add_argument("folder", metavar="FOLDER")
    options = parser.parse_args()
    witnesses = {key.text for key in options.witness}
    if options.log.is_witness or not all(key.is_witness for key in options.witness):
        parser.error("--log takes the key of a log, --witness that of a witness")
    if len(witnesses) < len(options.witness):
        parser.error("--witness names each once")
    if options.proof is not None and (options.report or options.checkpoint):
        parser.error("--proof is of one record; --report and --checkpoint need the folder of the audit")
    if options.opaque and options.report:
        parser.error("--report looks for a record of the export; --opaque looks into none")
    if options.proof is None and not os.path.isdir(options.folder):
        parser.error(f"{options.folder} is no folder")
    return parser, options


def main():
    parser, options = parse_options()
    sys.stdout.reconfigure(errors="surrogateescape")  # names of files are bytes
    try:
        for path in [*options.report, *options.checkpoint]:
            open_file(path).close()
        problems, sound = verify(options) if options.proof is None else verify_proof(options)
    except OSError as error:
        parser.error(str(error))
    for problem in problems:
        print("ALTERED", problem)
    for said in sound if not problems else ():
        print("SOUND", said)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
