"""A regulator's day: a day of trading is exported, the exporter's folder is gone, and from the exported
files and public keys alone it is shown that nothing was altered, what became of an order, and how the whole
book stood at a microsecond.

What is not there yet: the books of several venues at a routing choice (today's choice is the venue of the
instrument, and the book seen its best bid and ask); a second approver of an operator's act (there is one:
who, by the kernel's word, what and why); allocations and fees. A report's rows are compared with those made
from the copied audit, and the book of a moment is made of it, by our own program; hashes and signatures need
the verifiers only."""
import csv
import io
import json
import os
import shutil
import signal
import tempfile
import unittest

import auditors
import support
from auditors import run

LIFE, AMENDED, CANCEL, REST, REFUSED, HALTED = "life", "life-2", "cancel", "rest", "too-large", "while-halted"
HAND_PLACED = 1022  # the venue places half of it by hand when the session is lost
FILLER = 140  # orders, so that the log has tiles of two levels


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def split(bundle):
    found, at = [], 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at:at + 2], "big")
        found.append(bundle[at:end])
        at = end
    return found


class RegulatorsDay(auditors.Auditor):
    def setUp(self):
        super().setUp()
        self.witness_key, (lines, _) = self.make_witness(self.vkey)
        self.configure_audit(lines)
        self.sent = {}
        self.desk = None

    # The day

    def send(self, name, kind, body):
        """Sends a message, and keeps its bytes."""
        self.sent[name] = self.desk.message(kind, body)
        self.desk.send_bytes(self.sent[name])

    def trade(self):
        self.start_penstockd()
        self.desk = self.connect("CLIENT1")
        self.desk.log_on()
        self.wait_until_orders_may_go(self.desk)
        terms = "21=1|54=1|55=DUNE|59=0|60=NOW|40=2|"
        self.send(LIFE, "D", f"11={LIFE}|38=30|44=24.00|{terms}58=for the pension fund|")
        self.desk.report(LIFE, "0")
        for number in range(FILLER):
            self.desk.order(f"f{number}", 10, "24.00")
            self.desk.report(f"f{number}", "0")
        self.send(REST, "D", f"11={REST}|38=40|44=23.50|{terms}")
        self.desk.report(REST, "0")
        self.penstock("halt", "--config", "penstock.toml", "--reason", "a rumour")
        self.desk.order(HALTED, 10, "24.00")
        self.assertIn("Halted", self.desk.report(HALTED, "8")[58])
        self.penstock("resume", "--config", "penstock.toml", "--reason", "it was denied")
        self.send(AMENDED, "G", f"11={AMENDED}|41={LIFE}|38=60|44=25.30|{terms}")
        self.desk.report(AMENDED, "5")
        while self.desk.until(t35="8", t11=AMENDED, t150="F")[39] != "2":
            pass
        self.send(REFUSED, "D", f"11={REFUSED}|38=200000|44=24.00|{terms}")
        self.assertIn("MaxQuantity", self.desk.report(REFUSED, "8")[58])
        self.send(CANCEL, "F", f"11={CANCEL}|41={REST}|38=40|54=1|55=DUNE|60=NOW|")
        self.desk.report(CANCEL, "4")
        self.desk.order("half-by-hand", HAND_PLACED, "24.00")
        self.desk.report("half-by-hand", "0")

    def adopt(self):
        """The session is lost, somebody at the venue enters an order by hand, and it becomes the client's."""
        self.penstockd.end(signal.SIGKILL)
        self.venue.wait_for("logged out")
        self.start_penstockd()
        self.penstockd.wait_for("  reconciled  ")
        orphan = self.penstockd.wait_for(" Orphan ").split()[3]
        self.penstock("adopt", "--config", "penstock.toml", "--venue", "XV44", "--order", orphan, "--for",
                      "FIX.4.4:PENSTOCK->CLIENT1", "--account", "DESK-A", "--reason", "placed by telephone")

    def export(self):
        self.on_disk()
        os.mkdir(os.path.join(self.folder, "export"))
        self.wait_until_published()
        for report, form, *options in (("order-life", "jsonl", "--order", LIFE, "--proofs"), ("fills", "csv"),
                                       ("activity", "csv"), ("blotter", "html"), ("rts24", "xlsx")):
            self.penstock("audit", "export", report, "--config", "penstock.toml", "--format", form, "--out",
                          f"export/{report}.{form}", "--reason", "the regulator asks", *options)
        at = next(row for row in self.life() if row["kind"] == "AmendOrder")["time"]
        self.moment = at[:-4] + "Z"  # its microsecond began before the amend
        self.book = self.penstock("audit", "book", "--config", "penstock.toml", "--at", self.moment)
        self.penstock("audit", "copy", "--config", "penstock.toml", "--out", "export/audit", "--reason",
                      "the regulator asks")

    def wait_until_published(self):
        last = self.settled()["seq"]
        while True:
            with open(self.audit("checkpoint"), encoding="utf-8") as file:
                if int(file.read().split("\n")[1]) >= last:
                    return

    def hand_over(self):
        """Nothing is left but what was exported, and the public keys."""
        self.penstockd.end()
        regulator = tempfile.mkdtemp(prefix="regulator-")
        self.addCleanup(shutil.rmtree, regulator, ignore_errors=True)
        shutil.copytree(os.path.join(self.folder, "export"), os.path.join(regulator, "export"))
        for name in os.listdir(self.folder):
            path = os.path.join(self.folder, name)
            (shutil.rmtree if os.path.isdir(path) else os.remove)(path)
        self.folder = os.path.join(regulator, "export")

    def exported(self, *parts):
        return os.path.join(self.folder, *parts)

    def life(self):
        folder = self.exported("export") if os.path.isdir(self.exported("export")) else self.folder
        with open(os.path.join(folder, "order-life.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def rows(self, report):
        with open(self.exported(f"{report}.csv"), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    # What the regulator does

    def check(self, *options, target=None):
        return self.verify("--witness", self.witness_key, *options, folder=target or self.exported("audit"))

    def files_on_record(self):
        return sorted(name for name in os.listdir(self.folder) if os.path.isfile(self.exported(name)))

    def everything_is_sound(self):
        files = [option for name in self.files_on_record() for option in ("--report", self.exported(name))]
        code, text = self.check(*files)
        self.assertEqual(code, 0, text)
        self.assertIn(f"SOUND {len(files) // 2} files as exported", text)
        self.assertIn("1 witnesses countersigned the newest", text)
        self.proofs = self.exported("order-life.jsonl.proofs")
        leaves = sorted(name for name in os.listdir(self.proofs) if name.endswith(".leaf"))
        self.assertEqual(len(leaves), len({row["record"] for row in self.life()}))
        for leaf in leaves:
            path = os.path.join(self.proofs, leaf)
            code, text = self.verify("--proof", path.replace(".leaf", ".tlog-proof"), folder=path)
            self.assertEqual(code, 0, text)

    def leaf_of(self, row):
        """The proven bytes of the record a row comes from. Every record has one leaf here."""
        return read(os.path.join(self.proofs, f"{row['record'] - 1}.leaf"))

    def the_life_is_rebuilt(self):
        rows = self.life()
        by_kind = {}
        for row in rows:
            by_kind.setdefault((row["direction"], row["kind"]), []).append(row)
            if row.get("raw"):  # as it came and went, in the proven record too
                self.assertIn(row["raw"].encode("latin-1"), self.leaf_of(row))
        entered = by_kind["FromClient", "NewOrder"][0]
        self.assertEqual(entered["raw"].encode("latin-1"), self.sent[LIFE])
        self.assertEqual((entered["max_quantity"], entered["max_notional"], entered["collar_percent"]),
                         ("100000", "10000000", "10"))  # the limits in force, and who says so
        self.assertGreater(entered["limits_record"], 0)
        amended = by_kind["FromClient", "AmendOrder"][0]
        self.assertEqual(amended["raw"].encode("latin-1"), self.sent[AMENDED])
        routed = by_kind["Inside", "RoutingDecision"][0]
        self.assertEqual((routed["venue"], routed["bid"], routed["ask"]), ("XV44", "24.99", "25.01"))
        self.assertGreater(routed["quote_record"], 0)
        for direction, kind, tag in (
                ("ToVenue", "VenueNewOrder", "35=D"), ("ToVenue", "VenueAmendOrder", "35=G"),
                ("FromVenue", "VenueAccepted", "35=8"), ("FromVenue", "VenueFilled", "35=8"),
                ("ToClient", "ExecutionReport", "35=8")):
            for row in by_kind[direction, kind]:
                self.assertIn(f"\x01{tag}\x01", row["raw"], kind)
        fills = [row for row in self.rows("fills") if row["cl_ord_id"] == AMENDED]
        self.assertEqual(sum(int(row["net_quantity"]) for row in fills), 60)
        self.assertEqual(len(fills), len(by_kind["FromVenue", "VenueFilled"]))
        self.operators_acted()
        self.any_other_life_too()
        again = self.made_again("order-life", "jsonl", "--order", LIFE)
        self.assertEqual(again, read(self.exported("order-life.jsonl")))

    def any_other_life_too(self):
        """Of the copied audit alone: a refusal with what was measured and the limit, and an adopted order."""
        lines = self.made_again("order-life", "jsonl", "--order", REFUSED).splitlines()
        rows = [json.loads(line) for line in lines]
        self.assertEqual(rows[0]["raw"].encode("latin-1"), self.sent[REFUSED])
        refusal = next(row for row in rows if row.get("rule"))
        self.assertEqual([refusal[name] for name in ("rule", "measured", "limit")],
                         ["MaxQuantity", "200000", "100000"])
        self.assertEqual(rows[0]["max_quantity"], "100000")
        rows = [json.loads(line) for line in self.made_again("order-life", "jsonl", "--order",
                                                             "ADOPTED-1").splitlines()]
        self.assertEqual([row["kind"] for row in rows],
                         ["AdoptVenueOrder", "VenueOrderKept", "ExecutionReport"])
        self.assertEqual(rows[0]["text"], "placed by telephone")
        adopted = next(row for row in self.rows("activity") if row["what"] == "AdoptVenueOrder")
        self.assertEqual(str(rows[0]["record"]), adopted["record"])  # with who and why

    def operators_acted(self):
        acts = [row for row in self.rows("activity") if row["what"] in ("OperatorActed", "AdoptVenueOrder")]
        said = "\n".join(" ".join(row.values()) for row in acts)
        for words in ("a rumour", "it was denied", "placed by telephone"):
            self.assertIn(words, said)

    def made_again(self, report, form, *options):
        """The report as our program makes it of the copied audit; no state folder."""
        folder = tempfile.mkdtemp(prefix="again-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        out = os.path.join(folder, f"{report}.{form}")
        program = os.path.join(support.BUILD, "penstock")
        done = run(program, "audit", "export", report, "--directory", self.exported("audit"), "--format",
                   form, "--out", out, "--reason", "to compare", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return read(out)

    def the_book_of_a_moment(self):
        program = os.path.join(support.BUILD, "penstock")
        done = run(program, "audit", "book", "--directory", self.exported("audit"), "--at", self.moment)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.replace("\r\n", "\n"), self.book.replace("\r\n", "\n"))
        book = {row["cl_ord_id"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
        self.assertEqual(len(book), FILLER + 2)
        self.assertEqual((book[LIFE]["quantity"], book[LIFE]["leaves"]), ("30", "30"))
        self.assertEqual((book[REST]["price"], book[REST]["leaves"]), ("23.5", "40"))
        self.assertNotIn(HALTED, book)

    # One byte, in each kind of file

    def altered(self, path, data, *options, target=None):
        """What the verifiers say, which is no longer that it is sound; the file is put back."""
        good = read(path)
        write(path, data)
        code, text = self.check(*options, target=target)
        write(path, good)
        self.assertEqual(code, 1, f"{path}: {text}")
        return text

    def one_byte_anywhere_is_named(self):
        seq = self.life()[0]["record"]
        bundle = self.exported("audit", "tile", "entries", "000")
        self.assertTrue(os.path.exists(bundle))  # this order is among the first 256 records
        leaves = split(read(bundle))
        at = sum(map(len, leaves[:seq - 1])) + leaves[seq - 1].find(b"pension fund")
        self.assertIn(f"ALTERED record {seq - 1} (seq {seq}): it does not hash",
                      self.altered(bundle, flip(read(bundle), at)))
        removed = b"".join(leaves[:seq - 1] + leaves[seq:])
        self.assertIn(f"(seq {seq + 1}): its sequence number is {seq + 1}, {seq} was due",
                      self.altered(bundle, removed))
        inserted = b"".join(leaves[:seq] + leaves[seq - 1:])
        self.assertIn(f"ALTERED record {seq} (seq {seq}): it does not hash", self.altered(bundle, inserted))
        tile = self.exported("audit", "tile", "0", "000")
        self.assertIn(f"ALTERED record {seq - 1} (seq {seq}):",
                      self.altered(tile, flip(read(tile), 32 * seq - 1)))
        tile = self.exported("audit", "tile", "1", "000.p")
        tile = os.path.join(tile, os.listdir(tile)[0])
        self.assertIn("ALTERED record 0: tile/1/000.p/", self.altered(tile, flip(read(tile), 5)))
        checkpoint = self.exported("audit", "checkpoint")
        data = read(checkpoint)
        self.assertIn("does not verify", self.altered(checkpoint, flip(data, data.index(b"\n") + 1)))
        self.exported_files_are_named()
        for name in (f"{seq - 1}.leaf", f"{seq - 1}.tlog-proof"):
            path = os.path.join(self.proofs, name)
            leaf = os.path.join(self.proofs, f"{seq - 1}.leaf")
            proof = os.path.join(self.proofs, f"{seq - 1}.tlog-proof")
            text = self.altered(path, flip(read(path), 60), "--quorum", "0", "--proof", proof, target=leaf)
            self.assertIn("ALTERED", text)

    def exported_files_are_named(self):
        """By the record of the export; and the row by making the report again."""
        exports = {}
        for leaf in split(read(self.exported("audit", "tile", "entries", "001.p", self.widest()))):
            for name in self.files_on_record():
                if b" " + name.encode() + b"\x22" in leaf:  # the next field of the act begins
                    exports[name] = int.from_bytes(leaf[6:14], "little")
        self.assertEqual(sorted(exports), self.files_on_record())
        for name, seq in exports.items():
            path = self.exported(name)
            text = self.altered(path, flip(read(path), 100), "--report", path)
            self.assertIn(f"(seq {seq}): {path} has not the SHA-256 it says", text)
        good = read(self.exported("order-life.jsonl")).split(b"\n")
        bad = b"\n".join(good).replace(b"for the pension fund", b"for the pension fuld", 1).split(b"\n")
        again = self.made_again("order-life", "jsonl", "--order", LIFE).split(b"\n")
        differing = [json.loads(line)["record"] for line, other in zip(bad, again) if line != other]
        self.assertEqual(differing, [self.life()[0]["record"]])

    def widest(self):
        return max(os.listdir(self.exported("audit", "tile", "entries", "001.p")), key=int)

    def test_a_day_is_proven_from_what_was_exported(self):
        self.trade()
        self.adopt()
        self.export()
        self.hand_over()
        self.everything_is_sound()
        self.the_life_is_rebuilt()
        self.the_book_of_a_moment()
        self.one_byte_anywhere_is_named()


if __name__ == "__main__":
    unittest.main()
