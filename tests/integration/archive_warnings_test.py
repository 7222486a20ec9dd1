"""What goes wrong with the archive while penstockd runs is a warning in its log, and trading goes on."""
import unittest

import operators
import support


class ArchiveWarnings(operators.Operator):
    def test_an_archive_that_cannot_be_written_is_a_warning_of_its_own(self):
        self.start_venue()
        self.configure(support.session_section("CLIENT1"))
        self.write("file", "in the way")
        self.add_to_configuration('\n[storage]\narchive = "file/archive"\n', journal="snapshot_records = 10")
        self.start_penstockd()
        client = self.trader("CLIENT1")
        said = self.penstockd.wait_for("the archive takes no more segments (log/snapshot.log says why)")
        self.assertIn(" warning ", said)
        self.assertIn(" error the archive takes no more segments: ", self.penstockd.output())
        self.assertNotIn("no snapshot was taken", self.penstockd.output())
        self.assert_trades(client)


if __name__ == "__main__":
    unittest.main()
