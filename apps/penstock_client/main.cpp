#include <cstdio>
#include <stdexcept>

#include "apps/command_line/command_line.hpp"
#include "apps/penstock_client/client_host.hpp"
#include "apps/runtime/fix_log.hpp"
#include "apps/runtime/log.hpp"
#include "apps/runtime/system_clock.hpp"

namespace penstock::client {
namespace {

void add_options(apps::Command app, Options& options) {
    app.add_option("--config", options.config, "a QuickFIX .cfg with an initiator session");
    app.add_option("--host", options.host, "where to connect").shows_default();
    app.add_option("--port", options.port, "where to connect");
    app.add_option("--sender", options.sender, "our SenderCompID");
    app.add_option("--target", options.target, "our TargetCompID");
    app.add_option("--begin-string", options.begin_string, "FIX.4.2, FIX.4.4 or FIXT.1.1").shows_default();
    app.add_flag("--tls", options.tls, "connect with TLS");
    app.add_option("--ca", options.ca_file, "who may sign the server's certificate (PEM)");
    app.add_option("--cert", options.certificate_file, "our certificate (PEM)");
    app.add_option("--key", options.key_file, "its private key (PEM)");
    app.add_option("--server-name", options.server_name, "the name the server's certificate must carry");
    app.add_option("--username", options.username, "Username(553) of the Logon");
    app.add_option("--password-env", options.password_env, "environment variable with Password(554)");
    app.add_option("--script", options.script, "commands from this file, or - for stdin");
    app.add_flag("--json", options.json, "print each report as one JSON object a line");
    app.add_option("--store", options.store, "folder that keeps sequence numbers across runs");
    app.add_option("--log", options.log, "folder for FIX logs in QuickFIX's layout");
    app.add_option("--logon-timeout", options.logon_timeout_s, "seconds to wait for the Logon")
        .between(1, 3600)
        .shows_default();
}

int run(const Options& options) {
    const LoadedClient loaded = load_client(options);
    for (const std::string& line : loaded.warnings) std::fprintf(stderr, "warning: %s\n", line.c_str());
    for (const std::string& line : loaded.problems) std::fprintf(stderr, "%s\n", line.c_str());
    if (!loaded.settings) return kExitUsage;
    apps::SystemClock clock;
    std::unique_ptr<apps::FixLogFiles> files;
    if (!loaded.settings->log.empty()) {
        std::filesystem::create_directories(loaded.settings->log);
        files = std::make_unique<apps::FixLogFiles>(loaded.settings->log);
    }
    ClientHost host(clock, *loaded.settings, files ? files->writer() : fix::SessionLog());
    return host.run();
}

}  // namespace
}  // namespace penstock::client

int main(int argc, char** argv) {
    using namespace penstock::client;
    using penstock::apps::CommandLine;
    const CommandLine line(
        "A FIX client for people and scripts. Exit codes: 0 good, 1 an expectation failed, 2 usage, "
        "6 cannot connect or log on.");
    const auto app = line.program();
    Options options;
    add_options(app, options);
    app.footer(std::string("Commands:\n") + std::string(help_text()));
    try {
        if (const auto ended = line.read(argc, argv)) return *ended;
        return run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "penstock-client: %s\n", error.what());
        return kExitUsage;
    }
}
