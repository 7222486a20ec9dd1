"""docs/fix/rules-of-engagement.md is what the tables of today make."""
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))
import engagement_page  # noqa: E402
import engagement_tables  # noqa: E402


class Page(unittest.TestCase):
    def test_is_up_to_date(self):
        committed = (ROOT / "docs/fix/rules-of-engagement.md").read_text()
        made = engagement_page.page(engagement_tables.Tables(ROOT))
        self.assertTrue(committed == made, "docs/fix/rules-of-engagement.md is out of date: run ./dev docs")


if __name__ == "__main__":
    unittest.main()
