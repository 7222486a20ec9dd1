"""tools/check_layers lets through what the table allows and catches what it does not."""
import unittest

import support


class Layers(support.Tree):
    def plant(self, name, *includes, rest=""):
        self.write(name, "#pragma once\n" + "".join(f"#include {target}\n" for target in includes) + rest)

    def test_the_table_itself_is_let_through(self):
        self.plant("oms/domain/a.hpp", "<vector>", '"oms/domain/b.hpp"')
        self.plant("risk/a.hpp", '"oms/domain/a.hpp"', '"marketdata/a.hpp"')
        self.plant("oms/engine/a.hpp", '"risk/a.hpp"', '"oms/ports/a.hpp"')
        self.plant("persistence/a.hpp", '"oms/ports/a.hpp"', "<sqlite3.h>", "<sys/stat.h>", '"records.pb.h"')
        self.plant("config/a.hpp", '"fix/settings.hpp"', "<toml++/toml.h>")
        self.plant("apps/command_line/command_line.cpp", "<CLI/CLI.hpp>")
        self.plant("apps/main.cpp", '"apps/command_line/command_line.hpp"', '"fix/a.hpp"')
        self.plant("apps/log.cpp", "<spdlog/spdlog.h>")
        self.plant("tests/fix/a_test.cpp", "<gtest/gtest.h>", "<quickfix/Session.h>", '"fix/a.hpp"')
        self.assert_clean("check_layers")

    def test_an_include_against_the_layers_is_caught(self):
        self.plant("oms/domain/a.hpp", '"oms/engine/core.hpp"')
        self.plant("risk/a.hpp", '"router/plan.hpp"')
        self.plant("gateways/a.hpp", '"fix/transport/tls.hpp"')
        self.plant("fix/a.hpp", '"persistence/journal/journal.hpp"')
        self.plant("oms/engine/a.hpp", '"tests/support/clock.hpp"')
        self.assert_caught("check_layers", "oms/domain/a.hpp:2:", "risk/a.hpp:2:", "gateways/a.hpp:2:",
                           "fix/a.hpp:2:", "oms/engine/a.hpp:2:")

    def test_config_sees_settings_and_nothing_else_of_a_room(self):
        self.plant("config/a.hpp", '"fix/session/session.hpp"')
        self.assert_caught("check_layers", "config/a.hpp:2:")

    def test_a_library_in_the_wrong_room_is_caught(self):
        wrong = {"oms/engine/a.hpp": "boost/asio.hpp", "risk/a.hpp": "openssl/evp.h",
                 "fix/a.hpp": "sqlite3.h", "fix/b.hpp": "boost/beast/http.hpp",
                 "persistence/a.hpp": "quickfix/Message.h",
                 "persistence/b.hpp": "gtest/gtest.h", "gateways/a.hpp": "toml++/toml.h",
                 "tests/persistence/a_test.cpp": "quickfix/Message.h", "fix/c.hpp": "spdlog/spdlog.h",
                 "marketdata/a.hpp": "unistd.h", "persistence/c.hpp": "rocksdb/db.h"}
        for name, header in wrong.items():
            self.plant(name, f"<{header}>")
        self.assert_caught("check_layers", *(f"{name}:2: <{header}>" for name, header in wrong.items()))

    def test_the_verifier_includes_nothing_of_ours_and_stays_short(self):
        self.plant("apps/penstock_verify/a.cpp", '"apps/penstock_verify/b.hpp"', "<openssl/evp.h>")
        self.assert_clean("check_layers")
        self.plant("apps/penstock_verify/b.hpp", '"oms/domain/result.hpp"')
        self.plant("apps/penstockd/a.cpp", "<openssl/evp.h>")
        self.write("apps/penstock_verify/c.cpp", "int c;\n" * 1000)
        self.assert_caught("check_layers", "apps/penstock_verify/b.hpp:2:", "apps/penstockd/a.cpp:2:",
                           "apps/penstock_verify/: 1005 lines in all")

    def test_cli11_and_spdlog_outside_their_facades_are_caught(self):
        self.plant("apps/options.cpp", "<CLI/CLI.hpp>")
        self.plant("apps/server.cpp", "<spdlog/spdlog.h>")
        self.assert_caught("check_layers", "apps/options.cpp:2:", "apps/server.cpp:2:")

    def test_a_sixth_file_with_quickfix_is_caught(self):
        for index in range(5):
            self.plant(f"fix/island/{index}.cpp", "<quickfix/Session.h>")
        self.assert_clean("check_layers")
        self.plant("fix/island/5.cpp", "<quickfix/Session.h>")
        self.assert_caught("check_layers", "QuickFIX is included by 6 files")

    def test_a_fourth_unit_that_beast_reaches_through_a_header_is_caught(self):
        self.plant("gateways/transport/http.hpp", "<boost/beast/http.hpp>")
        for index in range(3):
            self.plant(f"gateways/{index}.cpp", '"gateways/transport/http.hpp"')
        self.assert_clean("check_layers")
        self.plant("gateways/3.cpp", '"gateways/transport/http.hpp"')
        self.assert_caught("check_layers", "Beast reaches 4 translation units")

    def test_a_commented_include_does_not_count(self):
        self.write("oms/domain/a.hpp", '/*\n#include "fix/a.hpp"\n*/\n// #include <boost/asio.hpp>\n')
        self.assert_clean("check_layers")


if __name__ == "__main__":
    unittest.main()
