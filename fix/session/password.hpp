#pragma once

#include <string>

namespace penstock::fix {

/// Before the first use in a process. False when the library cannot start: no session may then log on.
bool prepare_passwords();

/// Does the password belong to this argon2id hash (libsodium's text form)? Takes tens of milliseconds
/// by design; see PasswordChecker. Any thread.
bool password_matches(const std::string& password, const std::string& hash);

/// The hash to put into a configuration. Empty when memory ran out.
std::string hash_password(const std::string& password);

}  // namespace penstock::fix
