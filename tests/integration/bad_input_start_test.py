"""What penstockd refuses to start with, and how it says so."""
import os
import unittest

import support

CLIENT = support.session_section("DESK1")


class BadStart(support.System):
    def assert_refused(self, *expected):
        """It ends with 2, having said each of these and that nothing was started."""
        program = self.start("penstockd", "--config", "penstock.toml")
        self.assertEqual(program.process.wait(support.START_SECONDS), 2)
        program.end()
        for text in (*expected, "nothing was started"):
            self.assertIn(text, program.output())
        self.assertNotIn("ready", program.output())
        self.assertFalse(os.path.exists(os.path.join(self.folder, "state")), "something was created")

    def edit(self, old, new):
        """Replaces text of a good configuration. The number of the line it was in."""
        path = self.configure(CLIENT, venue=False)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(text.count(old), 1, f"'{old}' in\n{text}")
        self.write("penstock.toml", text.replace(old, new))
        return text[:text.index(old)].count("\n") + 1

    def test_a_good_configuration_starts(self):
        self.configure(CLIENT, venue=False)
        self.start_penstockd()
        self.assertEqual(self.penstockd.end(), 0)

    def test_a_wrong_value_is_named_with_file_line_key_and_what_was_expected(self):
        line = self.edit('durability = "process"', 'durability = "fast"')
        self.assert_refused(f"penstock.toml:{line}: journal.durability: "
                            'is "fast"; expected "power" or "process"')

    def test_an_unknown_key_is_named(self):
        line = self.edit("port = 0", "prot = 0\nport = 0")
        self.assert_refused(f"penstock.toml:{line}: fix.listener.prot: ", 'did you mean "port"?')

    def test_a_missing_key_is_named(self):
        self.edit('sender_comp_id = "PENSTOCK"', "")
        self.assert_refused("fix.session.sender_comp_id: is missing; expected")

    def test_a_number_out_of_range_is_named(self):
        line = self.edit("port = 0", "port = 70000")
        self.assert_refused(f"penstock.toml:{line}: fix.listener.port: ", "65535")

    def test_a_number_that_is_not_exact_is_named(self):
        line = self.edit('max_quantity = "100000"', "max_quantity = 0.1")
        self.assert_refused(f"penstock.toml:{line}: account.max_quantity: ")

    def test_an_account_that_does_not_exist_is_named(self):
        self.edit('name = "DESK-A"', 'name = "DESK-B"')
        self.assert_refused('fix.session.accounts: "DESK-A" is not defined; '
                            'expected an [[account]] of this name')

    def test_broken_syntax_is_named(self):
        line = self.edit('id = "P1"', 'id = "P1')
        self.assert_refused(f"penstock.toml:{line}: ")

    def test_every_mistake_is_named_at_once(self):
        path = self.configure(CLIENT, venue=False)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.write("penstock.toml", text.replace("port = 0", "port = true").replace("process", "never"))
        self.assert_refused("journal.durability", "fix.listener.port")

    def test_a_file_that_is_not_there_is_named(self):
        self.assert_refused("penstock.toml")

    def test_a_host_beyond_loopback_without_tls_is_refused(self):
        line = self.edit("[[fix.listener]]", '[[fix.listener]]\nhost = "0.0.0.0"')
        self.assert_refused(f'penstock.toml:{line}: fix.listener.host: is "0.0.0.0", beyond loopback, '
                            "without tls")


class SecondInstance(support.System):
    def test_a_second_penstockd_on_the_same_state_is_refused_with_words(self):
        self.start_system(CLIENT)
        client = self.trader("DESK1")
        second = self.start("penstockd", "--config", "penstock.toml")
        self.assertEqual(second.process.wait(support.START_SECONDS), 1)
        second.end()
        owner = self.penstockd.process.pid
        self.assertIn(f"cannot start: state/journal: in use by process {owner}", second.output())
        self.assertNotIn("ready", second.output())
        self.assert_trades(client)

    def test_a_port_that_is_taken_is_named(self):
        self.configure(CLIENT, venue=False)
        self.start_penstockd()
        with open(os.path.join(self.folder, "penstock.toml"), encoding="utf-8") as file:
            text = file.read()
        text = text.replace("port = 0", f"port = {self.port}").replace('"state"', '"other"')
        self.write("other.toml", text)
        second = self.start("penstockd", "--config", "other.toml")
        self.assertEqual(second.process.wait(support.START_SECONDS), 1)
        second.end()
        self.assertIn(f"cannot listen on 127.0.0.1:{self.port}: Address already in use", second.output())


if __name__ == "__main__":
    unittest.main()
