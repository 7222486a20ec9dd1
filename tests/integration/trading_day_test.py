"""The trading day of a venue ends: day orders that penstockd keeps inside end with it."""
import datetime
import unittest

import support

SOON = 5  # seconds until the day ends: time for a start and two orders


class TradingDay(support.System):
    def start_with_day(self):
        """A system whose trading day ends SOON."""
        self.start_venue()
        path = self.configure(support.session_section("DESK1"))
        self.ends = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=SOON)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        day = f'trading_day = {{ end = "{self.ends:%H:%M:%S}", time_zone = "UTC", on_weekends = true }}\n'
        self.write("penstock.toml", text.replace('sheet = "sim44"\n', 'sheet = "sim44"\n' + day))
        self.start_penstockd()

    def park(self, client, name, tif):
        client.send("D", f"11={name}|18=S|21=1|38=10|40=2|44=24.00|54=1|55=DUNE|59={tif}|60=NOW|")
        self.assertEqual(client.report(name, "0")[39], "9")

    def test_a_day_order_that_is_kept_inside_expires(self):
        self.start_with_day()
        client = self.trader("DESK1")
        self.park(client, "day", 0)
        self.park(client, "gtc", 1)
        expired = client.report("day", "C")
        self.assertEqual((expired[39], expired[151]), ("C", "0"))
        now = datetime.datetime.now(datetime.timezone.utc)
        self.assertGreaterEqual(now, self.ends.replace(microsecond=0))
        client.send("H", "11=gtc|54=1|55=DUNE|790=q|")
        self.assertEqual(client.until(t35="8", t11="gtc", t790="q")[151], "10")


if __name__ == "__main__":
    unittest.main()
