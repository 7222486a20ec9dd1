"""Projections beside penstockd: a locked database, or a projector that is killed, stops no trading."""
import os
import re
import signal
import sqlite3
import subprocess
import time
import unittest

import operators
import support


class Projection(operators.Operator):
    def setUp(self):
        super().setUp()
        self.projector = None
        self.addCleanup(self.kill_projector)
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))
        self.add_to_configuration('\n[projection]\nsqlite = "tables.db"\ndeadline_s = 1\n')
        self.start_penstockd()
        self.desk = self.trader("CLIENT1")
        self.orders = 0

    def start_projector(self):
        penstock = os.path.join(support.BUILD, "penstock")
        self.projector = subprocess.Popen([penstock, "projection", "run", "--config", "penstock.toml"],
                                          cwd=self.folder, stderr=subprocess.PIPE, text=True)

    def kill_projector(self, how=signal.SIGKILL):
        if self.projector is None:
            return None, ""
        self.projector.send_signal(how)
        said = self.projector.communicate(timeout=support.START_SECONDS)[1]
        code, self.projector = self.projector.returncode, None
        return code, said

    def trade(self, count):
        for _ in range(count):
            self.desk.order(f"o{self.orders}", 10, "24.00")
            self.desk.report(f"o{self.orders}", "0")
            self.orders += 1

    def ask(self, sql):
        database = sqlite3.connect(os.path.join(self.folder, "tables.db"))
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def wait_for_orders(self, count):
        deadline = time.monotonic() + support.START_SECONDS
        found = None
        while time.monotonic() < deadline:
            try:
                found = self.ask("SELECT count(*) FROM orders WHERE first_cl_ord_id LIKE 'o%'")[0][0]
            except sqlite3.OperationalError as error:
                found = str(error)
            if found == count:
                return
        self.fail(f"{found} orders, and not {count}")

    def wait_for_lag(self):
        """The journal shows its newest records a tenth of a second later."""
        deadline = time.monotonic() + support.START_SECONDS
        lag = ""
        while time.monotonic() < deadline and not re.search(r"lag: [1-9]\d* records, \d+\.\d{3} s", lag):
            lag = self.penstock("projection", "status", "--config", "penstock.toml")
        self.assertRegex(lag, r"lag: [1-9]\d* records")

    def test_a_day(self):
        self.trade(50)
        self.start_projector()
        self.wait_for_orders(50)
        # A projector that is killed.
        self.kill_projector()
        self.trade(50)
        self.start_projector()
        self.wait_for_orders(100)
        # Somebody locks the database: orders are taken as before.
        other = sqlite3.connect(os.path.join(self.folder, "tables.db"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        self.trade(50)
        self.wait_for_lag()
        other.execute("ROLLBACK")
        other.close()
        self.wait_for_orders(150)
        # penstockd is killed and comes back.
        self.penstockd.end(signal.SIGKILL)
        self.start_penstockd()
        numbers, self.desk = self.desk.next_out, self.connect("CLIENT1")
        self.desk.next_out = numbers
        self.desk.log_on()
        self.penstockd.wait_for("  reconciled  ")
        self.trade(10)
        self.wait_for_orders(160)
        # Somebody spoils the tables, which are made anew while the projector runs.
        database = sqlite3.connect(os.path.join(self.folder, "tables.db"))
        database.execute("DELETE FROM orders")
        database.commit()
        database.close()
        self.penstock("projection", "rebuild", "--config", "penstock.toml")
        self.wait_for_orders(160)
        self.trade(10)
        self.wait_for_orders(170)
        code, said = self.kill_projector(signal.SIGTERM)
        self.assertEqual((code, "ended; the tables have" in said), (0, True), said)
        events = self.ask('SELECT count(*), count(DISTINCT "seq" * 1000 + "index") FROM "order_events"')[0]
        self.assertEqual(events[0], events[1])
        self.assertRegex(self.penstock("projection", "status", "--config", "penstock.toml"),
                         r"projection: record \d+ of \d+")


if __name__ == "__main__":
    unittest.main()
