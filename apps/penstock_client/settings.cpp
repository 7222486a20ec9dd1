#include "apps/penstock_client/settings.hpp"

#include <algorithm>
#include <cstdlib>

#include "config/cfg_file.hpp"
#include "config/config.hpp"
#include "config/values.hpp"

namespace penstock::client {
namespace {

constexpr int kMaxPort = 65'535;

bool is_meant(const fix::SessionSettings& session, const Options& options) {
    return session.is_initiator && (options.sender.empty() || session.sender_comp_id == options.sender) &&
           (options.target.empty() || session.target_comp_id == options.target);
}

/// FileStorePath of the session in the .cfg: QuickFIX users expect its numbers to be kept there.
std::string store_of(const std::filesystem::path& file, const fix::SessionSettings& session) {
    config::Findings ignored;
    for (const config::CfgSection& section : config::read_cfg_file(file, ignored)) {
        const auto value = [&](const char* key) {
            const auto found = section.values.find(key);
            return found == section.values.end() ? std::string() : found->second.text;
        };
        if (value("sendercompid") == session.sender_comp_id &&
            value("targetcompid") == session.target_comp_id)
            return value("filestorepath");
    }
    return {};
}

std::optional<fix::SessionSettings> from_config(const Options& options, LoadedClient& loaded) {
    const config::Loaded read = config::load_quickfix_cfg(options.config);
    for (const config::Problem& problem : read.problems) loaded.problems.push_back(to_text(problem));
    for (const config::Problem& warning : read.warnings) loaded.warnings.push_back(to_text(warning));
    if (!read.config) return std::nullopt;
    std::vector<fix::SessionSettings> found;
    for (const config::SessionConfig& one : read.config->sessions)
        if (is_meant(one.fix, options)) found.push_back(one.fix);
    if (found.size() == 1) return found.front();
    if (found.empty())
        loaded.problems.push_back(
            options.config + ": has no initiator session that fits --sender and --target");
    else
        loaded.problems.push_back(options.config + ": has " + std::to_string(found.size()) +
                                  " initiator sessions; choose one with --sender and --target");
    return std::nullopt;
}

std::optional<fix::SessionSettings> from_options(const Options& options, LoadedClient& loaded) {
    fix::SessionSettings session;
    session.is_initiator = true;
    session.host = options.host;
    session.sender_comp_id = options.sender;
    session.target_comp_id = options.target;
    const auto version = config::version_of(options.begin_string);
    if (!version)
        loaded.problems.push_back(
            "--begin-string: expected FIX.4.2, FIX.4.4 or FIXT.1.1, found '" + options.begin_string + "'");
    if (options.sender.empty())
        loaded.problems.push_back("--sender: is missing; expected our SenderCompID(49)");
    if (options.target.empty())
        loaded.problems.push_back("--target: is missing; expected our TargetCompID(56)");
    if (options.port < 1 || options.port > kMaxPort)
        loaded.problems.push_back("--port: expected the port of the FIX acceptor, 1 to 65535");
    if (!loaded.problems.empty()) return std::nullopt;
    session.version = *version;
    session.port = static_cast<std::uint16_t>(options.port);
    // Without a store nobody remembers the numbers, so both sides begin anew.
    session.reset_on_logon = options.store.empty();
    return session;
}

void add_security(const Options& options, fix::SessionSettings& session, LoadedClient& loaded) {
    fix::TlsSettings& tls = session.tls;
    tls.enabled |= options.tls;
    if (!options.ca_file.empty()) tls.ca_file = options.ca_file;
    if (!options.certificate_file.empty()) tls.certificate_file = options.certificate_file;
    if (!options.key_file.empty()) tls.private_key_file = options.key_file;
    if (!options.server_name.empty()) tls.server_name = options.server_name;
    if (!options.username.empty()) session.username = options.username;
    if (options.password_env.empty()) return;
    const char* password = std::getenv(options.password_env.c_str());
    if (password == nullptr)
        loaded.problems.push_back(
            "--password-env: the environment variable " + options.password_env + " is not set");
    else
        session.password = password;
}

std::filesystem::path number_file(const std::filesystem::path& folder, const fix::SessionSettings& session) {
    return folder / (std::string(fix::begin_string(session.version)) + "-" + session.sender_comp_id + "-" +
                     session.target_comp_id + ".numbers");
}

}  // namespace

LoadedClient load_client(const Options& options) {
    LoadedClient loaded;
    const bool has_config = !options.config.empty();
    auto session = has_config ? from_config(options, loaded) : from_options(options, loaded);
    if (!session) return loaded;
    add_security(options, *session, loaded);
    if (!loaded.problems.empty()) return loaded;

    ClientSettings settings;
    std::string store = options.store;
    if (store.empty() && has_config) store = store_of(options.config, *session);
    // Who asks for a store on the command line wants the session to go on.
    if (!options.store.empty()) session->reset_on_logon = false;
    if (!store.empty()) settings.store = number_file(store, *session);
    settings.session = std::move(*session);
    settings.session.heartbeat_s = std::max(settings.session.heartbeat_s, 1);
    settings.log = options.log;
    settings.script = options.script;
    settings.json = options.json;
    settings.logon_timeout = Duration::seconds(options.logon_timeout_s);
    loaded.settings = std::move(settings);
    return loaded;
}

}  // namespace penstock::client
