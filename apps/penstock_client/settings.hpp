#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "fix/session/settings.hpp"

namespace penstock::client {

/// What the command line says, as text and as it came.
struct Options {
    std::string config;  // a QuickFIX .cfg
    std::string host = "127.0.0.1";
    int port = 0;
    std::string sender;
    std::string target;
    std::string begin_string = "FIX.4.4";
    bool tls = false;
    std::string ca_file;
    std::string certificate_file;
    std::string key_file;
    std::string server_name;
    std::string username;
    std::string password_env;  // the environment variable the password is in
    std::string script;        // a file, or "-" for stdin
    bool json = false;
    std::string store;  // a folder
    std::string log;    // a folder
    int logon_timeout_s = 5;
};

struct ClientSettings {
    fix::SessionSettings session;
    std::filesystem::path store;  // the file with the session's numbers; empty: they start at one
    std::filesystem::path log;    // FIX messages in QuickFIX's layout; empty: none
    std::string script;           // empty: commands are typed
    bool json = false;
    Duration logon_timeout;
};

struct LoadedClient {
    std::optional<ClientSettings> settings;
    std::vector<std::string> problems;
    std::vector<std::string> warnings;
};
/// Reads the .cfg the options name, or makes a session of the options alone. Never throws.
LoadedClient load_client(const Options& options);

}  // namespace penstock::client
