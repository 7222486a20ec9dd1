#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>

#include "apps/command_line/command_line.hpp"
#include "apps/penstock_witness/http_door.hpp"
#include "compliance/tlog/key_file.hpp"
#include "compliance/witness/witness.hpp"

namespace penstock::apps {
namespace {

using compliance::KeyType;
using compliance::read_key_file;
using compliance::ReadKey;
using compliance::Witness;

constexpr int kExitCannot = 1;   // a file or a port is not to be had
constexpr int kExitUsage = 2;    // what was asked for makes no sense
constexpr int kExitFailed = 70;  // the state folder failed while serving

struct Options {
    std::string key;
    std::string name;
    std::string state;
    std::vector<std::string> logs;
    std::string origin;
    std::string host = "127.0.0.1";
    std::uint16_t port = 7380;
    bool forbids_unknown = false;
};

int cannot(const std::string& why) {
    std::fprintf(stderr, "penstock-witness: %s\n", why.c_str());
    return kExitCannot;
}

void print_line(const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

std::uint64_t unix_now() {
    using std::chrono::system_clock;
    const auto since = system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

int keygen(const Options& options) {
    if (!compliance::is_new_key_name(options.name)) return cannot(compliance::kNewKeyNames), kExitUsage;
    const auto key = compliance::make_signer(options.name, KeyType::Cosignature, compliance::random_seed());
    if (const auto problem = compliance::write_key_file(options.key, key)) return cannot(*problem);
    print_line(compliance::to_vkey(compliance::verifier_of(key)));
    return 0;
}

int add_log(const Options& options) {
    const ReadKey read = read_key_file(options.key);
    if (!read.key) return cannot(read.problem);
    if (read.key->type != KeyType::Cosignature) return cannot("the key is not that of a witness");
    compliance::WitnessedLog log{options.origin, {}};
    for (const std::string& text : options.logs) {
        const auto key = compliance::parse_vkey(text);
        if (!key || key->type != KeyType::Ed25519)
            return cannot(text + " is no public key of a log"), kExitUsage;
        if (log.origin.empty()) log.origin = key->name;
        log.keys.push_back(*key);
    }
    compliance::DiskFiles files(options.state);
    if (const auto problem = Witness::add_log(files, *read.key, log, unix_now())) return cannot(*problem);
    print_line("witnesses " + log.origin);
    return 0;
}

int run_until_signal(boost::asio::io_context& io, Witness& witness, const Options& options) {
    HttpDoor door(io, [&](std::string_view body) {
        compliance::WitnessAnswer answer = witness.add_checkpoint(body, unix_now());
        if (answer.accepted)
            print_line("countersigned " + answer.accepted->origin + " size " +
                       std::to_string(answer.accepted->head.size));
        return answer;
    });
    if (const auto problem = door.open(options.host, options.port)) return cannot(*problem);
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code& failed, int) {
        if (!failed) door.close();
    });
    print_line("ready " + witness.rules().signer.name + " on " + options.host + ":" +
               std::to_string(door.port()) + ", " + std::to_string(witness.rules().logs.size()) + " logs");
    // What is on the disk is not known after a failure; a restart reads it again.
    while (!witness.has_failed() && io.run_one() > 0) {
    }
    if (!witness.has_failed()) return 0;
    cannot("the state folder cannot be written; nothing was countersigned that is not kept");
    return kExitFailed;
}

int serve(const Options& options) {
    ReadKey read = read_key_file(options.key);
    if (!read.key) return cannot(read.problem);
    compliance::DiskFiles files(options.state);
    const auto unknown =
        options.forbids_unknown ? compliance::UnknownOrigin::Forbidden : compliance::UnknownOrigin::NotFound;
    auto opened = Witness::open(files, std::move(*read.key), unknown);
    if (const auto* problem = std::get_if<std::string>(&opened)) return cannot(*problem);
    boost::asio::io_context io(1);
    return run_until_signal(io, std::get<Witness>(opened), options);
}

/// What a command returns becomes `exit_code`.
void describe(Command app, Options& options, int& exit_code) {
    app.require_commands(1, 1);
    const Command make = app.add_command("keygen", "make a key; prints the public half");
    make.add_option("--name", options.name, "name of the witness, such as witness.example/w1").required();
    make.add_option("--key", options.key, "file for the secret, made with mode 0400").required();
    make.on_given([&] { exit_code = keygen(options); });
    const Command add = app.add_command(
        "add-log", "begin to witness a log, from its first record; or another key of one, before it changes");
    add.add_option("--key", options.key, "file of the secret").required();
    add.add_option("--state", options.state, "folder of what was countersigned").required();
    add.add_option("--log", options.logs, "public key of the log; again for each").required();
    add.add_option("--origin", options.origin, "first line of its checkpoints (default: name of its key)");
    add.on_given([&] { exit_code = add_log(options); });
    const Command run = app.add_command("serve", "answer POST /add-checkpoint until a signal");
    run.add_option("--key", options.key, "file of the secret").required();
    run.add_option("--state", options.state, "folder of what was countersigned").required();
    run.add_option("--host", options.host, "address to listen on").shows_default();
    run.add_option("--port", options.port, "port; 0 takes any and prints it").shows_default();
    run.add_flag(
        "--unknown-log-403", options.forbids_unknown, "answer 403 for unknown logs, as older clients expect");
    run.on_given([&] { exit_code = serve(options); });
}

}  // namespace
}  // namespace penstock::apps

int main(int argc, char** argv) {
    using namespace penstock::apps;
    const CommandLine line(
        "Countersigns a log's checkpoints, from another machine, while the log only grows.");
    Options options;
    int exit_code = kExitUsage;
    describe(line.program(), options, exit_code);
    try {
        return line.read(argc, argv).value_or(exit_code);
    } catch (const std::exception& error) {
        return cannot(error.what());
    }
}
