"""Yesterday's fill is busted and another's price corrected, after the end of the day. Order, list, drop copy,
tables and reports restate by records of their own; the originals stay, and are proven.

What is not there yet, and so does not restate: a position that risk looks at (limits are of an order so far;
the positions are those of the tables), PnL, fees, allocations, transaction cost analysis.
"""
import csv
import datetime
import os
import signal
import time
import unittest

import auditors
import support

DAY_ENDS_S, CHANGED_MS = 8, 15_000
BUSTED, CORRECTED = 1100, 1200  # orders that are filled at once; the fill is changed CHANGED_MS later
DAY = 'trading_day = {{ end = "{:%H:%M:%S}", time_zone = "UTC", on_weekends = true }}\n'


class BustAndCorrect(auditors.Auditor):
    def begin_venue(self):
        self.write("rules", f"qty {BUSTED} bust {CHANGED_MS}\nqty {CORRECTED} correct {CHANGED_MS}\n")
        self.start_venue('behaviour_file = "rules"\n' + support.VENUE.lstrip())

    def setUp(self):
        super().setUp()
        path = self.configure(support.session_section("DESK1"),
                              support.session_section("COPY", role='"drop_copy"'))
        ends = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=DAY_ENDS_S)
        with open(path, encoding="utf-8") as file:
            text = file.read().replace('sheet = "sim44"\n', 'sheet = "sim44"\n' + DAY.format(ends))
        self.write("penstock.toml", text + '\n[audit]\nkey_file = "audit.key"\n'
                   '\n[projection]\nsqlite = "tables.db"\ndeadline_s = 1\n')
        self.start_penstockd()
        self.start("penstock", "projection", "run", "--config", "penstock.toml")
        self.desk = self.trader("DESK1")
        self.copy = self.connect("COPY")
        self.copy.log_on()

    def enter(self):
        """A list of two orders, each filled at once."""
        legs = "".join(f"11={name}|67={place}|55=DUNE|54=1|38={quantity}|40=2|44=25.01|59=0|60=NOW|"
                       for place, (name, quantity) in enumerate((("b", BUSTED), ("c", CORRECTED)), 1))
        self.desk.send("E", f"66=L1|394=3|68=2|73=2|{legs}")
        told = {}
        while len(told) < 2:
            report = self.desk.until(t35="8", t150="F")
            told[report[11]] = report
        return told

    def changed_after_the_day(self, filled):
        """What desk and drop copy are told the day after; and nothing of it before that day began."""
        busted = self.desk.until(t35="8", t150="H")
        corrected = self.desk.until(t35="8", t150="G")
        self.assertEqual([busted[tag] for tag in (11, 19, 39, 14, 151, 6)],
                         ["b", filled["b"][17], "0", "0", str(BUSTED), "0"])
        self.assertEqual([corrected[tag] for tag in (11, 19, 39, 14, 151, 6, 31)],
                         ["c", filled["c"][17], "2", str(CORRECTED), "0", "25", "25"])
        for report in (busted, corrected):
            copied = self.copy.until(t35="8", t17=report[17])
            of_session = (8, 9, 10, 34, 49, 52, 56)
            self.assertEqual([pair for pair in copied if pair[0] not in of_session],
                             [pair for pair in report if pair[0] not in of_session])
        kinds = [one["input"]["what"] for one in self.records()]
        new_day = max(at for at, what in enumerate(kinds) if what == "TradingDayBegan")
        fills = [at for at, what in enumerate(kinds) if what == "VenueFilled"]
        self.assertLess(max(fills), new_day, "the machine was too slow: the day ended first")
        self.assertLess(new_day, kinds.index("FillBusted"))
        self.assertLess(new_day, kinds.index("FillCorrected"))

    def list_status(self):
        """(ClOrdID, OrdStatus, CumQty, LeavesQty, AvgPx) of each order of the list."""
        self.desk.send("M", "66=L1|")
        told = self.desk.until(t35="N", t429="2")
        lines = [[value for tag, value in told if tag == wanted] for wanted in (11, 39, 14, 151, 6)]
        return list(zip(*lines))

    def ask(self, sql):
        return support.rows_of(os.path.join(self.folder, "tables.db"), sql)

    def the_tables_restate(self):
        last = self.settled()["seq"]
        deadline = time.monotonic() + support.START_SECONDS
        while self.ask('SELECT "seq" FROM "watermark"')[0][0] < last:
            self.assertLess(time.monotonic(), deadline)
        rows = self.ask('SELECT "cl_ord_id", "kind", CAST("net_quantity" AS TEXT), CAST("price" AS TEXT) '
                        'FROM "executions" ORDER BY "seq", "index"')
        self.assertEqual(sorted(rows), sorted(
            [("b", "Trade", "1100", "25.01"), ("b", "Bust", "-1100", "25.01"),
             ("c", "Trade", "1200", "25.01"), ("c", "Reversal", "-1200", "25.01"),
             ("c", "Correction", "1200", "25")]))
        self.assertEqual(self.ask('SELECT CAST("bought" AS TEXT), CAST("net" AS TEXT), '
                                  'CAST("bought_value" AS TEXT) FROM "positions"'),
                         [("1200", "1200", "30000")])
        self.assertEqual(self.ask('SELECT "cl_ord_id", CAST("filled" AS TEXT), CAST("average_price" AS TEXT) '
                                  'FROM "orders" WHERE "list_id" = \'L1\' ORDER BY "order_id"'),
                         [("b", "0", "0"), ("c", "1200", "25")])

    def report_rows(self, report):
        out = os.path.join(self.folder, f"{report}.csv")
        self.penstock("audit", "export", report, "--config", "penstock.toml", "--out", out, "--reason", "why")
        with open(out, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def the_reports_restate(self):
        fills = self.report_rows("fills")
        sums = {}
        for row in fills:
            sums[row["cl_ord_id"]] = sums.get(row["cl_ord_id"], 0) + int(row["net_quantity"])
        self.assertEqual(sums, {"b": 0, "c": CORRECTED})
        self.assertEqual([row["kind"] for row in fills].count("Trade"), 2, "the originals are there")
        blotter = {row["cl_ord_id"]: row for row in self.report_rows("blotter")}
        self.assertEqual([blotter["b"][name] for name in ("status", "cum_quantity", "average_price")],
                         ["NEW", "0", "0"])
        self.assertEqual([blotter["c"][name] for name in ("status", "cum_quantity", "average_price")],
                         ["FILLED", str(CORRECTED), "25"])

    def yesterday(self):
        """The book as it stood when the new day began: orders as they were known then."""
        began = [one["time"] for one in self.records() if one["input"]["what"] == "TradingDayBegan"][-1]
        book = self.penstock("audit", "book", "--config", "penstock.toml", "--at", began, "--all")
        rows = {row["cl_ord_id"]: row for row in csv.DictReader(book.splitlines())}
        return [(name, rows[name]["filled"], rows[name]["average_price"]) for name in ("b", "c")]

    def leaves(self):
        """Every record as the audit has it."""
        data = b""
        for where, _, names in os.walk(self.audit("tile", "entries")):
            for name in names:
                with open(os.path.join(where, name), "rb") as file:
                    data += file.read()
        return data

    def originals(self):
        """The bytes of the venue's reports of the fills."""
        return [one["raw"].encode("latin-1") for one in self.records()
                if one["input"]["what"] == "VenueFilled"]

    def test_what_was_filled_restates_and_the_originals_stay(self):
        filled = self.enter()
        self.changed_after_the_day(filled)
        now = [("b", "0", "0", str(BUSTED), "0"), ("c", "2", str(CORRECTED), "0", "25")]
        self.assertEqual(self.list_status(), now)
        self.the_tables_restate()
        self.the_reports_restate()
        self.assertEqual(self.yesterday(), [("b", str(BUSTED), "25.01"), ("c", str(CORRECTED), "25.01")])
        # What was is proven, and a restart gives the same.
        originals = self.originals()
        self.assertEqual(len(originals), 2)
        self.penstockd.end(signal.SIGKILL)
        self.start_penstockd()
        numbers, self.desk = self.desk.next_out, self.connect("DESK1")
        self.desk.next_out = numbers
        self.desk.log_on()
        self.assertEqual(self.list_status(), now)
        self.stop()
        self.assert_sound()
        for raw in originals:
            self.assertIn(raw, self.leaves())


if __name__ == "__main__":
    unittest.main()
