"""Projections beside penstockd: a locked database, a projector that is killed, or a commit that waits for a
standby that is gone, stops no trading."""
import os
import re
import signal
import sqlite3
import subprocess
import time
import unittest

import operators
import postgres
import support


class Projecting(operators.Operator):
    """A system with orders, and a projector beside it. What it prints is kept."""

    def start_projecting(self, where):
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))
        self.add_to_configuration(f"\n[projection]\n{where}\n")
        self.start_penstockd()
        self.desk = self.trader("CLIENT1")
        self.orders = 0

    def trade(self, count):
        for _ in range(count):
            self.desk.order(f"o{self.orders}", 10, "24.00")
            self.desk.report(f"o{self.orders}", "0")
            self.orders += 1

    def wait_for_lag(self):
        """The journal shows its newest records a tenth of a second later."""
        deadline = time.monotonic() + support.START_SECONDS
        lag = ""
        while time.monotonic() < deadline and not re.search(r"lag: [1-9]\d* records, \d+\.\d{3} s", lag):
            lag = self.penstock("projection", "status", "--config", "penstock.toml")
        self.assertRegex(lag, r"lag: [1-9]\d* records")


class Sqlite(Projecting):
    def setUp(self):
        super().setUp()
        self.projector = None
        self.addCleanup(self.kill_projector)
        self.start_projecting('sqlite = "tables.db"\ndeadline_s = 1')

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

    def ask(self, sql):
        return support.rows_of(os.path.join(self.folder, "tables.db"), sql)

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


# A commit of the projection waits for no standby, by its own setting. Here it is made to: what it sets for
# itself is undone in the transaction, just before the commit.
WAIT_FOR_STANDBY = """
CREATE FUNCTION public.waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM set_config('synchronous_commit', 'on', true); RETURN NULL; END $$;
CREATE TRIGGER waits AFTER UPDATE ON penstock.watermark EXECUTE FUNCTION public.waits()"""
WAITS = "EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep')"


class Postgres(Projecting):
    """The standby that commits are to wait for is gone: COMMIT says nothing, and no timeout of the server
    ends it."""

    def setUp(self):
        super().setUp()
        if why := postgres.why_not():
            self.skipTest(why)
        self.server = postgres.Server()
        self.addCleanup(self.server.close)
        self.start_projecting(f'postgres = "{self.server.connection}"\ndeadline_s = 2')

    def wait_for_orders(self, count):
        self.server.wait_until("(SELECT count(*) FROM penstock.orders WHERE first_cl_ord_id LIKE 'o%') = "
                               f"{count}")

    def start_projector(self):
        self.projecting = self.start("penstock", "projection", "run", "--config", "penstock.toml")

    def assert_there_once(self):
        rows, distinct = self.server.ask('SELECT count(*) FROM penstock.order_events', 'SELECT count(*) FROM '
                                         '(SELECT DISTINCT "seq", "index" FROM penstock.order_events) one')
        self.assertEqual(rows, distinct)
        seqs, last = self.server.ask("SELECT count(DISTINCT seq) FROM penstock.audit_index",
                                     "SELECT seq FROM penstock.watermark")
        self.assertEqual(seqs, last)

    def test_no_standby_holds_it_up(self):
        self.start_projector()
        self.projecting.wait_for("the tables are where the journal is")
        self.server.set_standbys("gone")
        others = self.server.begin("CREATE TABLE public.waits_for_it ()")  # commits as everybody does
        self.server.wait_until(WAITS)
        self.trade(20)
        self.wait_for_orders(20)
        self.assertIsNone(others.poll())
        self.server.set_standbys("")
        self.assertEqual(others.communicate(timeout=support.START_SECONDS)[1], "")
        self.assertEqual(self.projecting.end(), 0)
        self.assert_there_once()

    def test_a_commit_that_never_answers_is_given_up_and_done_once(self):
        self.start_projector()
        self.projecting.wait_for("the tables are where the journal is")
        self.trade(10)
        self.wait_for_orders(10)
        self.server.set_standbys("gone")
        self.server.ask(WAIT_FOR_STANDBY)
        self.trade(20)
        self.server.wait_until(WAITS)
        self.projecting.wait_for("the tables stand still: PostgreSQL does not answer within 2 s")
        # Trading goes on, and the lag is told.
        self.assertLess(self.assert_trades(self.desk), 2)
        self.wait_for_lag()
        # It is told to end while a commit waits: it ends, and does not claim to know.
        self.assertEqual(self.projecting.end(), 0)
        self.start_projector()
        self.server.set_standbys("")
        self.wait_for_orders(30)
        self.trade(5)
        self.wait_for_orders(35)
        self.assertEqual(self.projecting.end(), 0)
        self.assert_there_once()

    def test_a_wait_that_is_cancelled_is_no_rollback(self):
        """PostgreSQL says "committed locally", as a warning: the rows are there, and stay there once."""
        self.start_projector()
        self.projecting.wait_for("the tables are where the journal is")
        self.server.set_standbys("gone")
        self.server.ask(WAIT_FOR_STANDBY)
        self.trade(20)
        for _ in range(3):
            self.server.wait_until(WAITS)
            self.server.ask("SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
                            "WHERE wait_event = 'SyncRep'")
        self.server.set_standbys("")
        self.trade(10)
        self.wait_for_orders(30)
        self.assertEqual(self.projecting.end(), 0)
        self.assert_there_once()


if __name__ == "__main__":
    unittest.main()
