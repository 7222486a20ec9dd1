"""What tools/verify_audit.py is built on: Ed25519, signed notes, checkpoints, hashes and proofs of the tree.

Written from RFC 8032, RFC 6962, RFC 9162 and the C2SP specifications; standard library only, and nothing of
Penstock's other code."""
import base64
import binascii
import functools
import hashlib

HASH, MAX_PROBLEMS, MAX_NOTE = 32, 20, 65536
PUBLISHED, KEPT, ELSEWHERE = "published", "checkpoints/", "elsewhere"  # where a checkpoint is
UNSIGNED = "is not signed by the key the log had"

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


def times(scalar, rows):
    """A multiple of the point whose multiples() these are."""
    result = (0, 1, 1, 0)
    for row in rows:
        if scalar & 15:
            result = add(result, row[scalar & 15])
        scalar >>= 4
    return result


@functools.lru_cache(maxsize=16)
def multiples(data):
    """Of the point that 32 bytes stand for: those by 0 to 15, by 16 times that, and so on. Or None. An audit
    has thousands of signatures by few keys."""
    point, rows = decoded(data), []
    while point is not None and len(rows) < 64:
        row = [(0, 1, 1, 0)]
        while len(row) < 16:
            row.append(add(row[-1], point))
        rows.append(row)
        point = add(row[-1], point)
    return rows or None


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


def encoded(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = (4 * pow(5, -1, P) % P).to_bytes(32, "little")


def ed25519(key, message, signature):
    """Is the signature's point the one that follows from the key, the message and its scalar?"""
    rows, scalar = multiples(key), int.from_bytes(signature[32:], "little")
    if rows is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    x, y, z, t = times(int.from_bytes(digest, "little") % ORDER, rows)
    return encoded(add(times(scalar, multiples(BASE)), (-x, y, z, -t))) == signature[:32]


def from_base64(text):
    """Only the one canonical encoding; None for any other text."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data) == text.encode() else None


def decimal(text):
    """A number of 64 bits without leading zeros. Raises ValueError for any other text."""
    if not text.isascii() or not text.isdecimal() or len(text) > 20:
        raise ValueError(text)
    if str(int(text)) != text or int(text) >= 1 << 64:
        raise ValueError(text)
    return int(text)


def checked_name(text):
    """A signer's: printable ASCII, without space and plus."""
    if not text or any(char == "+" or not "!" <= char <= "~" for char in text):
        raise ValueError(f"{text} is no name")
    return text


class Key:
    def __init__(self, text):
        self.text, (self.name, id_hex, data) = text, text.split("+", 2)
        checked_name(self.name)
        raw = from_base64(data)
        if raw is None or len(raw) != 33 or raw[0] not in (1, 4):
            raise ValueError(f"{text} is no key")
        self.is_witness, self.bytes = raw[0] == 4, raw[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        if self.id.hex() != id_hex:
            raise ValueError(f"{text} has not the id it says")


class Checkpoint:
    """A signed note of origin, size and root, and a line `kept` where the log kept it. Raises ValueError when
    the bytes are none."""
    def __init__(self, name, data):
        self.name = name
        if len(data) > MAX_NOTE or any(byte < 32 and byte != 10 for byte in data):
            raise ValueError("too long, or a character that controls")
        text, mark, lines = data.decode().rpartition("\n\n")
        self.text = (text + "\n").encode()
        self.origin, size, root, *more = text.split("\n")
        self.is_kept = more == ["kept"]
        self.size, self.root, self.signatures = decimal(size), from_base64(root), []
        if more and not self.is_kept:
            raise ValueError("lines that nobody knows")
        if not mark or not self.origin or len(self.root or b"") != HASH:
            raise ValueError("no checkpoint")
        self.agrees, self.seq = None, 0  # what a walk through the records finds at its size
        if not lines.endswith("\n"):
            raise ValueError("a signature line without an end")
        for line in lines[:-1].split("\n"):
            dash, key_name, blob = line.split(" ")
            raw = from_base64(blob)
            if dash != "\u2014" or raw is None or len(raw) <= 4:
                raise ValueError("no signature line")
            self.signatures.append((checked_name(key_name), raw[:4], raw[4:]))

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


def check_witnesses(options, checkpoint):
    """(what is wrong, how many witnesses countersigned)."""
    witnesses = [checkpoint.signed_by(key) for key in options.witness]
    if checkpoint.origin != (options.origin or options.log.name):
        return f"{checkpoint.name} is of another log: {checkpoint.origin}", 0
    if False in witnesses:
        return f"{checkpoint.name} has a countersignature that does not verify", 0
    return None, witnesses.count(True)


def check_place(checkpoint, place):
    """The log's own signature says whether it kept or published it: without that, each one it keeps would be
    one to which the whole audit can be cut. Those from ELSEWHERE may be either."""
    name = checkpoint.name
    if place == PUBLISHED and checkpoint.is_kept:
        return (f"{name} is one that the log kept, in the place of one that it published: the audit may have "
                "been cut")
    if place != KEPT:
        return None
    if not checkpoint.is_kept:
        return f"{name} is none that the log kept: its text does not end with a line `kept`"
    return None if name == f"{KEPT}{checkpoint.size}" else f"{name} is of {checkpoint.size} records"


def too_few(options, checkpoint, witnesses):
    quorum = len(options.witness) if options.quorum is None else options.quorum
    if witnesses >= quorum:
        return []
    return [f"{checkpoint.name} is countersigned by {witnesses} of {quorum} witnesses"]


def check_log(keys, checkpoint):
    """What is wrong with its signatures by the log, or None; `keys`: (smallest tree it signs, key)."""
    signed = [(since, checkpoint.signed_by(key)) for since, key in keys]
    if False in [good for _, good in signed]:
        return "has a signature that does not verify"
    return None if [good for since, good in signed if since <= checkpoint.size][-1] else UNSIGNED


def and_later(count):
    return f" (and {count} later checkpoints)" if count else ""


def some(problems, what):
    """As many of them as are told at once, and how many more there are."""
    more = len(problems) - MAX_PROBLEMS
    return problems if more <= 0 else [*problems[:MAX_PROBLEMS], f"{more} {what}"]


def judge(keys, vouched, newest):
    """What signatures and roots of the checkpoints say of them, and those that are well signed of the
    records: the first bad one is behind the last root they have, unless the log signed two histories. Where
    the walk did not come so far, its keys are not all known."""
    wrong = [(one, check_log(keys, one)) for one in vouched]
    is_whole = newest.agrees is not None
    told = [f"{one.name} {said}" for one, said in wrong if said and (
        said != UNSIGNED or one.agrees is not None or (is_whole and one.size > newest.size))]
    problems = some(told, "more are not well signed")
    believed = [one for one, said in wrong if not said]
    beyond = [one for one in believed if one.size > newest.size]
    if beyond:
        problems.append(f"record {newest.size}: it is missing, {beyond[0].name} was signed for "
                        f"{beyond[0].size} records{and_later(len(beyond) - 1)}; the audit was cut or rolled "
                        "back")
    good = [one for one in believed if one.agrees]
    bad = [one for one in believed if one.agrees is False]
    first = good[-1].size if good else 0
    sound = f"up to {first - 1} are as signed by {good[-1].name}" if first else ""
    doubtful = [one for one, said in wrong if said and one.agrees is False and one.size > first]
    if bad:
        return [*problems, place_of(good, bad, f"; those {sound}" if first else "")]
    if first and doubtful:
        problems.append(f"records {sound}; of those behind them one was altered, or {doubtful[0].name} was")
    return problems


def place_of(good, bad, sound):
    """Of the first bad record: behind the last root that the records have."""
    first, end = good[-1].size if good else 0, bad[0].size
    said = (f"{bad[0].name} was signed for other records{and_later(len(bad) - 1)}: the first {end} do not "
            "have its root")
    if first >= end:
        return said
    seqs = f" (seq {(good[-1].seq if good else 0) + 1} to {bad[0].seq})" if bad[0].seq else ""
    return f"record {first} to {end - 1}{seqs}: the first bad record is one of these; {said}{sound}"


def leaf_hash(leaf):
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Proof:
    """One record shown without the log it is in (c2sp.org/tlog-proof@v1). ValueError for other bytes."""
    def __init__(self, data):
        head, mark, note = data.partition(b"\n\n")
        lines = head.decode().split("\n")
        if not mark or lines.pop(0) != "c2sp.org/tlog-proof@v1":
            raise ValueError("no proof")
        if lines and lines[0].startswith("extra "):
            lines.pop(0)
        word, _, index = (lines.pop(0) if lines else "").partition(" ")
        self.hashes = [from_base64(line) for line in lines]
        if word != "index":
            raise ValueError("no index")
        if any(len(one or b"") != HASH for one in self.hashes):
            raise ValueError("no hash")
        self.index, self.checkpoint = decimal(index), Checkpoint("the proof's checkpoint", note)
        if self.checkpoint.is_kept:
            raise ValueError("a kept checkpoint is of no use to a proof")

    def shows(self, digest):
        """Is the record with this leaf hash in the checkpoint's tree, at this place? RFC 9162, 2.1.3.2."""
        at, last = self.index, self.checkpoint.size - 1
        if at > last:
            return False
        for other in self.hashes:
            if last == 0:
                return False
            if at & 1 or at == last:
                digest = node_hash(other, digest)
                while at and not at & 1:  # a node without a sibling is its own parent
                    at, last = at >> 1, last >> 1
            else:
                digest = node_hash(digest, other)
            at, last = at >> 1, last >> 1
        return last == 0 and digest == self.checkpoint.root
