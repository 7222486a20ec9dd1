#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <iostream>

#include "apps/command_line/command_line.hpp"
#include "apps/penstockd/audit.hpp"
#include "apps/penstockd/server.hpp"
#include "apps/penstockd/snapshot_command.hpp"
#include "fix/session/password.hpp"

namespace {

using namespace penstock;

constexpr int kUsage = 2;
constexpr int kCannotStart = 1;

/// Thousands of sockets need more than the usual soft limit of 1,024 descriptors.
void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::optional<config::Config> load(const std::string& file) {
    config::Loaded loaded = config::load(file);
    for (const config::Problem& warning : loaded.warnings)
        std::fprintf(stderr, "warning: %s\n", config::to_text(warning).c_str());
    for (const config::Problem& problem : loaded.problems)
        std::fprintf(stderr, "error: %s\n", config::to_text(problem).c_str());
    return std::move(loaded.config);
}

/// Executes the journal again and says where that leads. Starts nothing and changes nothing but the
/// tail a crash left behind.
int replay_only(const std::string& file) {
    const auto config = load(file);
    if (!config) return kUsage;
    apps::Log log({});
    apps::Server server(*config, log, apps::Server::Events::Silent);
    if (const auto error = server.recover(apps::Server::From::FirstRecord)) {
        std::fprintf(stderr, "penstockd: %s\n", error->c_str());
        return kCannotStart;
    }
    std::printf("%llu records, last seq %llu, state hash %016llx\n",
                static_cast<unsigned long long>(server.recovery().records),
                static_cast<unsigned long long>(server.recovery().last.value),
                static_cast<unsigned long long>(server.state_hash()));
    return 0;
}

int serve(const std::string& file, bool quiet) {
    const auto config = load(file);
    if (!config) {
        std::fprintf(stderr, "penstockd: nothing was started. Mend the configuration and start again.\n");
        return kUsage;
    }
    raise_descriptor_limit();
    // A limit on the size of files is then an error the journal can tell of (EFBIG), as a full disk is.
    std::signal(SIGXFSZ, SIG_IGN);
    std::error_code failed;
    std::filesystem::create_directories(config->state_directory / "log", failed);
    if (failed) {
        std::fprintf(stderr, "penstockd: cannot create %s: %s\n", config->state_directory.c_str(),
                     failed.message().c_str());
        return kCannotStart;
    }
    apps::Log log(config->state_directory / "log" / "penstockd.log");
    apps::Server server(*config, log, quiet ? apps::Server::Events::Silent : apps::Server::Events::Printed);
    if (const auto error = server.start()) {
        std::fprintf(stderr, "penstockd: cannot start: %s\n", error->c_str());
        return kCannotStart;
    }
    std::string ports;
    for (const std::uint16_t port : server.ports()) ports += " " + std::to_string(port);
    std::printf("ready penstockd, FIX clients on port%s, %llu records recovered, state hash %016llx\n",
                ports.c_str(), static_cast<unsigned long long>(server.recovery().last.value),
                static_cast<unsigned long long>(server.state_hash()));
    std::fflush(stdout);
    server.run();
    std::printf("stopped, state hash %016llx\n", static_cast<unsigned long long>(server.state_hash()));
    return 0;
}

int print_hash() {
    std::string password;
    std::fprintf(stderr, "Password: ");
    std::getline(std::cin, password);
    const std::string hash = fix::hash_password(password);
    if (hash.empty()) return kCannotStart;
    std::printf("%s\n", hash.c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    using apps::Command;
    using apps::CommandLine;
    const CommandLine line(
        "penstockd: the Penstock order management server. Serves FIX clients, routes to venues.");
    const Command app = line.program();
    std::string file;
    bool quiet = false;
    app.add_option("--config", file, "penstock.toml; see config/README.md");
    app.add_flag("--quiet", quiet, "print no line for each order event");
    const Command hash =
        app.add_command("hash-password", "reads a password, prints what password_hash wants");
    const Command check =
        app.add_command("check", "reads the configuration, says what is wrong, starts nothing");
    const Command replay =
        app.add_command("replay", "executes the journal again, compares, prints the state hash");
    const Command take = app.add_command("snapshot", "writes a snapshot, also beside a penstockd that runs");
    take.footer(
        "Exit codes: 0 done, 1 no snapshot, 2 wrong configuration, 3 a snapshot, but no segment was "
        "archived.");
    const Command keygen = app.add_command("audit-keygen", "makes the audit's key, prints its public half");
    std::string key_name;
    std::string key_file;
    keygen.add_option("--name", key_name, "such as penstock.firm/prod/P1/audit").required();
    keygen.add_option("--key", key_file, "file for the secret, made with mode 0400").required();
    app.require_commands(0, 1);
    if (const auto ended = line.read(argc, argv)) return *ended;
    if (keygen.was_given()) return apps::audit_keygen(key_name, key_file);
    if (!fix::prepare_passwords()) return kCannotStart;
    if (hash.was_given()) return print_hash();
    if (file.empty()) {
        std::fprintf(stderr, "penstockd: --config FILE is needed; try config/demo or ./run\n");
        return kUsage;
    }
    if (check.was_given()) return load(file) ? 0 : kUsage;
    if (take.was_given()) {
        const auto config = load(file);
        return config ? apps::snapshot_command(*config) : kUsage;
    }
    if (replay.was_given()) return replay_only(file);
    return serve(file, quiet);
}
