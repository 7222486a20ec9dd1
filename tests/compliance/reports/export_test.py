"""A day of trading, exported as every report in every format, and read back by who knows nothing of it."""
import csv
import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
import unittest
from decimal import Decimal

import cat_check
import readers

BINARIES = pathlib.Path(os.environ["PENSTOCK_BINARY_DIR"])
SOURCE = pathlib.Path(os.environ["PENSTOCK_SOURCE_DIR"])
REFERENCE = pathlib.Path(os.environ.get("PENSTOCK_REFERENCE_DATA", SOURCE / ".." / "shared" / "data"))
REFERENCE /= "compliance"
HERE = SOURCE / "tests" / "compliance" / "reports"
REPORTS = ("order-life", "blotter", "fills", "rts6-table2", "rts6-table3", "rts24", "annex-iv", "cme-536b",
           "activity", "sessions", "clock", "integrity")
FORMATS = ("csv", "jsonl", "xlsx", "html")
RESTART_AT = "31"  # between the amend and the cancel of the order whose life is looked at
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LEI = "5493001KJTIIGC8Y1R12"

IDENTITIES = [("firm", "-", *pair) for pair in (
    ("lei", LEI), ("imid", "PENS"), ("imid_full", "123:PENS"), ("dept_type", "T"),
    ("trading_session", "REG"))]
for symbol, isin in (("XYZ", "US0378331005"), ("ABC", "DE000BASF111")):
    IDENTITIES += [("symbol", symbol, "isin", isin), ("symbol", symbol, "currency", "USD"),
                   ("symbol", symbol, "price_notation", "MONE"),
                   ("symbol", symbol, "quantity_notation", "UNIT"),
                   ("symbol", symbol, "multiplier", "1")]
for account in ("ACC",):
    IDENTITIES += [("account", account, *pair) for pair in (
        ("client_id", LEI), ("capacity", "AOTC"), ("liquidity_provision", "false"), ("aggregated", "false"),
        ("execution_decision", "ALGO7"), ("fdid", "F1"), ("holder_type", "A"), ("affiliate", "false"),
        ("negotiated", "false"), ("representative", "N"), ("not_displayed", "false"), ("solicited", "false"),
        ("cti", "4"))]
for venue, mic in (("X", "XNYS"), ("Y", "XNAS")):
    IDENTITIES += [("venue", venue, *pair) for pair in (
        ("mic", mic), ("self_execution_prevention", "false"), ("cat_destination", "NYSE"),
        ("affiliate", "false"), ("cat_destination_type", "E"), ("cat_session", "S1"),
        ("executing_firm", "123"))]
for client in ("client A", "client B"):
    IDENTITIES += [("client", client, *pair) for pair in (
        ("dea", "false"), ("operator_id", "OP1"), ("manual", "false"), ("country", "US"))]


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="penstock-reports-")
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.journal = cls.folder / "journal"
        cls.journal.mkdir()
        subprocess.run([BINARIES / "write_journal", cls.journal, HERE / "trading_day.scn", RESTART_AT],
                       check=True)
        cls.identities = cls.folder / "identities.tsv"
        lines = ["kind\tname\tfield\tvalue"] + ["\t".join(line) for line in IDENTITIES]
        cls.identities.write_text("\n".join(lines) + "\n", encoding="utf-8")
        cls.made = 0

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def run_export(self, report, form="csv", *options, identities=True):
        type(self).made += 1
        file = self.folder / f"{self.made}-{report}.{form}"
        if identities:
            options += ("--identities", self.identities)
        return file, self.penstock("audit", "export", report, "--format", form, "--out", file, "--reason",
                                   "a test", *options)

    def penstock(self, *arguments):
        command = [BINARIES / "penstock", *arguments, "--directory", self.journal]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def export(self, report, form="csv", *options, identities=True):
        """The file, and its manifest."""
        file, done = self.run_export(report, form, *options, identities=identities)
        self.assertEqual(done.returncode, 0, done.stderr)
        manifest = json.loads(pathlib.Path(f"{file}.manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(manifest["sha256"], hashlib.sha256(file.read_bytes()).hexdigest())
        return file, manifest

    def core(self):
        """What the core had after each step: (moment, orders)."""
        files = sorted(self.journal.glob("core-*.jsonl"), key=lambda path: int(path.stem.split("-")[1]))
        for file in files:
            lines = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
            yield lines[0]["at"], {str(line["order"]): line for line in lines[1:]}

    # --- Every report in every format.

    def test_every_format_has_the_same_rows(self):
        for report in REPORTS:
            with self.subTest(report=report):
                file, manifest = self.export(report)
                expected = readers.read_csv(file)
                self.assertEqual(len(expected), manifest["rows"])
                file, _ = self.export(report, "jsonl")
                self.compare(expected, readers.read_jsonl(file), "jsonl")
                file, _ = self.export(report, "html")
                rows, tags = readers.read_html(file)
                self.assertFalse(tags & {"script", "img", "iframe", "link", "object"})
                self.compare(expected, rows, "html")
                file, _ = self.export(report, "xlsx")
                sheets = readers.read_xlsx(file)
                names = sheets["Rows"][0]
                self.compare(expected, [dict(zip(names, row)) for row in sheets["Rows"][1:]], "xlsx")
                self.assertIn("Exceptions", sheets)

    def compare(self, expected, got, form):
        self.assertEqual(len(expected), len(got), form)
        for left, right in zip(expected, got):
            for name, value in left.items():
                if name in ("raw", "fix", "content of the message", "text",
                            "additional information from the client"):
                    continue  # each format shows strange bytes in its own way: a test of their own
                other = right.get(name, "")
                other = str(other).lower() if isinstance(other, bool) else str(other)
                plain = value[1:] if value.startswith("'") else value
                same = plain == other or (form == "xlsx" and value and Decimal(value) == Decimal(other))
                self.assertTrue(same, f"{form} {name}: {value!r} and {other!r}")

    def test_a_report_says_what_it_is(self):
        file, manifest = self.export("rts24", "xlsx", "--from", "2001-09-09", "--to", "2001-09-09")
        facts = dict(row for row in readers.read_xlsx(file)["Report"] if len(row) == 2)
        for name in ("report", "version", "title", "basis", "generated_at", "by", "reason", "software",
                     "journal"):
            self.assertEqual(facts[name], manifest[name])
            self.assertTrue(manifest[name], name)
        self.assertEqual(manifest["from"], "2001-09-09T00:00:00.000000000Z")
        self.assertEqual(manifest["to"], "2001-09-10T00:00:00.000000000Z")
        self.assertEqual(facts["rows"], str(manifest["rows"]))

    # --- Against the core.

    def test_blotter_and_fills_are_what_the_core_has(self):
        *_, (_, orders) = self.core()
        file, _ = self.export("blotter", "jsonl")
        words = {"0": "NEW", "1": "PARTIALLY FILLED", "2": "FILLED", "4": "CANCELED", "8": "REJECTED",
                 "A": "PENDING NEW"}
        rows = {str(row["order"]): row for row in readers.read_jsonl(file)}
        for number, order in orders.items():
            row = rows[number]
            self.assertEqual(row["cl_ord_id"], order["cl_ord_id"])
            for ours, theirs in (("quantity", "quantity"), ("cum_quantity", "filled"), ("leaves", "leaves"),
                                 ("average_price", "average")):
                self.assertEqual(row[ours], order[theirs], f"{ours} of order {number}")
            self.assertEqual(row["status"], words[order["status"]], f"order {number}")
        sums = {}
        for fill in readers.read_csv(self.export("fills")[0]):
            sums[fill["order"]] = sums.get(fill["order"], 0) + Decimal(fill["net_quantity"])
        for number, order in orders.items():
            self.assertEqual(sums.get(number, 0), Decimal(order["filled"]), f"order {number}")

    def test_the_book_of_every_moment_is_that_of_the_core(self):
        for at, orders in self.core():
            done = self.penstock("audit", "book", "--at", at, "--all")
            rows = {row["order_id"]: row for row in csv.DictReader(done.stdout.splitlines())}
            for number, order in orders.items():
                names = ("quantity", "filled", "leaves", "average_price")
                got = tuple(rows[number][name] for name in names)
                expected = tuple(order[name.removesuffix("_price")] for name in names)
                self.assertEqual(got, expected, f"order {number} at {at}")

    # --- The life of an order.

    def test_the_life_of_an_order_has_every_event_across_a_restart(self):
        rows = readers.read_csv(self.export("order-life", "csv", "--order", "life1")[0])
        expected = ["NEWO", "ROUT", "NEWO", "NEWO", "NEWO", "PARF", "PARF", "REME", "PEND", "REME", "REME",
                    "REME", "PARF", "PARF", "BUST", "BUST", "CORR", "CORR", "CAME", "PEND", "CAME", "CAME",
                    "CAME"]
        self.assertEqual([row["event"] for row in rows], expected)
        self.assertEqual({row["order"] for row in rows}, {"1"})
        records = {row["record"] for row in rows}
        inspected = self.penstock("journal", "inspect", "--order", "life1", "--json")
        said = {str(json.loads(line)["seq"]) for line in inspected.stdout.split("\n") if line}
        self.assertLessEqual(said, records)
        for row in rows:
            self.assertGreaterEqual(int(row["since_first_ns"]), 0)
        self.assertEqual((rows[0]["bid"], rows[0]["ask"], rows[0]["max_quantity"]), ("9.99", "10.01", "5000"))
        self.assertIn("ClOrdID=life1", rows[0]["fix"])

    def test_a_list_is_one_tree(self):
        rows = readers.read_csv(self.export("order-life", "csv", "--order", "leg1")[0])
        self.assertIn("leg2", {row["cl_ord_id"] for row in rows})
        self.assertIn("NewList", {row["kind"] for row in rows})

    # --- What strangers wrote.

    def test_no_cell_is_a_formula_and_no_word_is_markup(self):
        for report in REPORTS:
            file, _ = self.export(report)
            data = file.read_bytes()
            self.assertEqual(data.count(b"\n"), data.count(b"\r\n"), "lines end with CRLF")
            for row in readers.read_csv(file):
                for name, cell in row.items():
                    is_formula = cell.startswith(FORMULA) and not is_number(cell)
                    self.assertFalse(is_formula, f"{report} {name}: {cell!r}")
        text = self.export("order-life", "html")[0].read_text(encoding="utf-8")
        self.assertNotIn("<script", text)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", text)

    def test_every_byte_of_a_message_is_kept(self):
        hostile = b"58=<script>alert(1)</script>\xff\xfe=1+1,\"quoted\"\ttab\x01"
        row = readers.read_jsonl(self.export("order-life", "jsonl", "--order", "life1")[0])[0]
        self.assertIn(hostile, row["raw"].encode("latin-1"))
        row = readers.read_csv(self.export("order-life", "csv", "--order", "life1")[0])[0]
        self.assertIn("\\xff\\xfe=1+1,\"quoted\"\\x09tab|", row["raw"])

    # --- The regulations.

    def test_codes_differ_by_regulation(self):
        table3 = readers.read_csv(self.export("rts6-table3")[0])
        order_data = readers.read_csv(self.export("rts24")[0])
        self.assertEqual({row["validity period"] for row in table3}, {"GDAY", "GTHT"})
        self.assertEqual({row["validity period"] for row in order_data}, {"DAVY", "GTTV"})
        self.assertEqual(len(table3[0]), 35)
        self.assertEqual(len(order_data[0]), 51)
        sequence = [int(row["sequence number"]) for row in order_data]
        self.assertEqual(sequence, sorted(set(sequence)))
        self.assertEqual(order_data[0]["date and time"], "2001-09-09T01:46:40.000020Z")
        gtd = [row for row in order_data if row["validity period"] == "GTTV"]
        self.assertEqual({row["limit price"] for row in gtd}, {"48.123456789"})

    def test_with_all_identities_nothing_mandatory_is_missing(self):
        for report in ("rts6-table2", "rts6-table3", "rts24"):
            _, manifest = self.export(report)
            self.assertEqual(manifest["exceptions"], [], report)

    def test_what_nobody_said_is_listed_and_not_made_up(self):
        file, manifest = self.export("rts24", identities=False)
        rows = readers.read_csv(file)
        self.assertEqual({row["submitting entity"] for row in rows}, {""})
        problems = {(one["field"], one["problem"]): one["rows"] for one in manifest["exceptions"]}
        self.assertEqual(problems[("1 submitting entity", "firm: no lei in the identities")], len(rows))
        self.assertIn(("18 instrument", "symbol XYZ: no isin in the identities"), problems)

    def test_fields_are_those_of_the_regulation(self):
        table = REFERENCE / "rts24_annex_table2.tsv"
        if not table.exists():
            self.skipTest(f"{table} is missing: the fields of RTS 24 are not compared")
        with open(table, encoding="utf-8", newline="") as file:
            official = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        with open(SOURCE / "spec" / "reports" / "rts24.tsv", encoding="utf-8") as file:
            lines = [line for line in file if not line.startswith("#")]
        ours = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        self.assertEqual([row["position"] for row in ours], [row["n"] for row in official])

    def test_cat_events_are_valid(self):
        table = REFERENCE / "cat_im_4.0.0_fields.tsv"
        if not table.exists():
            self.skipTest(f"{table} is missing: CAT events are not checked")
        file, manifest = self.export("cat", "jsonl")
        events = readers.read_jsonl(file)
        self.assertEqual(cat_check.check(cat_check.load(table), events), [])
        self.assertEqual(manifest["exceptions"], [])
        kinds = {event["type"] for event in events}
        self.assertLessEqual({"MENO", "MEOR", "MEMR", "MECR", "MEOM", "MEOC", "MECO", "MEOMR", "MEOCR"},
                             kinds)

    def test_the_cat_check_finds_what_is_wrong(self):
        table = REFERENCE / "cat_im_4.0.0_fields.tsv"
        if not table.exists():
            self.skipTest(f"{table} is missing: the check of CAT events is not checked")
        file, _ = self.export("cat", "jsonl", identities=False)
        problems = "\n".join(cat_check.check(cat_check.load(table), readers.read_jsonl(file)))
        self.assertIn("firmDesignatedID is required", problems)
        events = readers.read_jsonl(self.export("cat", "jsonl")[0])
        for change, words in (({"side": "1"}, "no choice"), ({"orderID": "9999"}, "was not reported"),
                              ({"price": "10"}, "is no NUMBER"), ({"colour": "red"}, "is no field")):
            changed = [dict(event) for event in events]
            changed[1].update(change)
            self.assertIn(words, "\n".join(cat_check.check(cat_check.load(table), changed)), change)

    # --- The command line.

    def test_periods_do_not_overlap_and_leave_nothing_out(self):
        middle = "2001-09-09T01:46:44.000035Z"
        _, whole = self.export("order-life")
        _, before = self.export("order-life", "csv", "--to", middle)
        _, after = self.export("order-life", "csv", "--from", middle)
        self.assertEqual(before["rows"] + after["rows"], whole["rows"])
        self.assertEqual(before["last_seq"] + 1, after["first_seq"])

    def test_refusals_say_what_to_do(self):
        existing, _ = self.export("fills")
        for arguments, words in (
                (["colours", "--out", self.folder / "a"], "--list names them"),
                (["fills", "--out", existing], "exists; name another file"),
                (["fills", "--out", self.folder / "a", "--format", "pdf"], "is written as csv"),
                (["cat", "--out", self.folder / "a"], "is written as jsonl"),
                (["fills", "--out", self.folder / "a", "--from", "yesterday"], "is no moment"),
                (["fills", "--out", self.folder / "a", "--from", "2026-01-02", "--to", "2026-01-01"],
                 "before it begins"),
                (["fills", "--out", self.folder / "a", "--order", "nobody"], "no order is known as nobody"),
                (["fills"], "--out FILE is needed")):
            done = self.penstock("audit", "export", "--reason", "x", *arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(words, done.stderr)
        done = self.penstock("audit", "export", "fills", "--out", self.folder / "a")
        self.assertIn("--reason", done.stderr)
        self.assertEqual([path for path in self.folder.iterdir() if path.name.startswith("a")], [])

    def test_an_export_is_recorded_in_the_journal(self):
        state = self.folder / "state"
        (state / "journal").mkdir(parents=True)
        subprocess.run([BINARIES / "write_journal", state / "journal", HERE / "trading_day.scn"], check=True)

        def export(report, reason):
            subprocess.run([BINARIES / "penstock", "audit", "export", report, "--directory", state, "--out",
                            state / f"{report}.csv", "--reason", reason], check=True, capture_output=True)
            return hashlib.sha256((state / f"{report}.csv").read_bytes()).hexdigest()
        digest = export("fills", "quarterly review")
        export("activity", "who looked")
        manifest = hashlib.sha256((state / "fills.csv.manifest.json").read_bytes()).hexdigest()
        acts = readers.read_csv(state / "activity.csv")[-2:]
        for act, name, expected in zip(acts, ("fills.csv", "fills.csv.manifest.json"), (digest, manifest)):
            self.assertEqual((act["what"], act["object"]), ("OperatorActed", f"fills {name}"))
            self.assertIn(expected, act["after"])
            self.assertIn("quarterly review", act["after"])

    def test_identities_may_be_toml(self):
        toml = self.folder / "identities.toml"
        toml.write_text(f'[firm]\nlei = "{LEI}"\n[symbol.XYZ]\nisin = "US0378331005"\n', "utf-8")
        file, _ = self.run_export("rts24", "csv", "--identities", toml, identities=False)
        rows = readers.read_csv(file)
        self.assertEqual({row["submitting entity"] for row in rows}, {LEI})
        toml.write_text('[firm]\nlei = "5493001KJTIIGC8Y1R13"\n', encoding="utf-8")
        file, _ = self.run_export("rts24", "csv", "--identities", toml, identities=False)
        manifest = json.loads(pathlib.Path(f"{file}.manifest.json").read_text(encoding="utf-8"))
        problems = {one["problem"] for one in manifest["exceptions"]}
        self.assertIn("\"5493001KJTIIGC8Y1R13\" is no LEI", problems)

    def test_identities_that_no_report_asks_for_are_refused_by_line(self):
        known = "known of account are acting_first_name, acting_surname, affiliate, "
        firm = "known of firm are dept_type, imid, imid_full, lei, trading_session"
        for name, text, words in (
                ("bad.toml", '[firm]\nlei = "x"\n\n[account.ACC]\nfidd = "F1"\n',
                 ("bad.toml:5: no report asks for account.fidd", known)),
                ("bad.toml", '[firm]\nlie = "x"\n', ("bad.toml:2: no report asks for firm.lie", firm)),
                ("bad.toml", '[acount.ACC]\nfdid = "F1"\n',
                 ('bad.toml:2: "acount" is no kind', "account, client, firm, session, symbol, venue")),
                ("bad.toml", 'lei = "x"\n', ("bad.toml:1: lei is no table",)),
                ("bad.toml", "[symbol.XYZ]\nmultiplier = 1.5\n", ("bad.toml:2: multiplier is neither",)),
                ("bad.tsv", "kind\tname\tfield\tvalue\n# why\naccount\tACC\tfidd\tF1\n",
                 ("bad.tsv:3: no report asks for account.fidd", known)),
                ("bad.tsv", "kind\tname\tfield\tvalue\nfirm\tACME\tlei\tx\n",
                 ("bad.tsv:2: the firm has no name", "write -")),
                ("bad.tsv", "kind\tname\tfield\tvalue\naccount\t-\tfdid\tx\n",
                 ("bad.tsv:2: which account?",)),
                ("bad.tsv", "kind\tname\tfield\tvalue\n" + 2 * "firm\t-\tlei\tx\n",
                 ("bad.tsv:3: firm - lei is said a second time",))):
            with self.subTest(text=text):
                file = self.folder / name
                file.write_text(text, encoding="utf-8")
                made, done = self.run_export("rts24", "csv", "--identities", file, identities=False)
                self.assertEqual(done.returncode, 2, done.stderr)
                for part in words:
                    self.assertIn(part, done.stderr)
                self.assertFalse(made.exists())


def is_number(text):
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False


if __name__ == "__main__":
    unittest.main()
