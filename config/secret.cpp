#include "config/secret.hpp"

#include <cstdlib>
#include <system_error>

#include "config/values.hpp"

namespace penstock::config {
namespace {

namespace fs = std::filesystem;

bool is_reference(std::string_view text) { return text.starts_with("${") && text.ends_with("}"); }

std::string from_environment(Section& section, std::string_view key, const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value != nullptr && *value != '\0') return value;
    section.problem(key, "the environment variable " + name + " is not set; expected the secret in it");
    return {};
}

std::string from_file(Section& section, std::string_view key, const std::string& name) {
    const fs::path file = section.folder() / name;  // An absolute name stays as it is.
    auto secret = read_file(file);
    if (!secret) {
        section.problem(key, "cannot read " + file.string() + "; expected the secret in this file");
        return {};
    }
    std::error_code error;
    if ((fs::status(file, error).permissions() & fs::perms::others_read) != fs::perms::none) {
        section.warning(key, file.string() + " can be read by everybody on this machine; expected mode 0600");
    }
    while (!secret->empty() && (secret->back() == '\n' || secret->back() == '\r')) secret->pop_back();
    if (secret->empty()) section.problem(key, file.string() + " is empty; expected the secret in it");
    return *secret;
}

std::string resolve(Section& section, std::string_view key, const std::string& reference) {
    const std::string inside = reference.substr(2, reference.size() - 3);
    if (inside.starts_with("env:")) return from_environment(section, key, inside.substr(4));
    if (inside.starts_with("file:")) return from_file(section, key, inside.substr(5));
    section.problem(key, "is an unknown reference; expected \"${env:NAME}\" or \"${file:/path}\"");
    return {};
}

}  // namespace

std::string read_secret(Section& section, std::string_view key) {
    std::string text;
    section.read(key, text);
    if (text.empty()) return {};
    if (is_reference(text)) return resolve(section, key, text);
    section.problem(key,
                    "is a secret in plain text; keep it elsewhere and point at it with \"${env:NAME}\" or "
                    "\"${file:/path}\"");
    return {};
}

std::string read_maybe_secret(Section& section, std::string_view key) {
    std::string text;
    section.read(key, text);
    return is_reference(text) ? resolve(section, key, text) : text;
}

}  // namespace penstock::config
