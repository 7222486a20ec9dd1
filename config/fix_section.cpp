#include <algorithm>

#include "config/draft.hpp"
#include "config/secret.hpp"
#include "config/values.hpp"

namespace penstock::config {
namespace {

void read_allowed_addresses(Section& section, std::vector<std::string>& allowed) {
    section.read("allowed_addresses", allowed);
    for (std::string& address : allowed) {
        const auto known = ip_address(address);
        if (known) {
            address = *known;
        } else {
            section.problem("allowed_addresses",
                            "has " + in_quotes(address) + "; expected single addresses such as \"10.1.2.3\"");
        }
    }
}

/// A port that the .cfg names as well is one listener, and penstock.toml says more about it. Unless the
/// .cfg gives it certificates: then it is for people to say which of the two they mean.
void take_over(const fix::ListenerSettings& listener, std::vector<DraftListener>& listeners) {
    std::erase_if(listeners, [&](const DraftListener& one) {
        const bool is_same = one.listener.port == listener.port && one.listener.host == listener.host;
        return one.from_cfg && is_same && !one.listener.tls.enabled;
    });
}

void read_listener(Section& section, Draft& draft) {
    fix::ListenerSettings listener;
    section.read("host", listener.host);
    if (const auto address = ip_address(listener.host)) {
        listener.host = *address;
    } else {
        section.problem(
            "host", "is " + in_quotes(listener.host) + "; expected an IP address such as \"127.0.0.1\"");
    }
    if (!section.has("port")) section.problem("port", "is missing; expected a port, or 0 for any free one");
    section.read("port", listener.port, {0, 65535});
    read_allowed_addresses(section, listener.allowed_addresses);
    section.read("max_pending_connections", listener.max_pending_connections, {1, 65536});
    section.read("max_accepts_per_second", listener.max_accepts_per_second, {1, 1'000'000});
    section.read("max_message_bytes_before_logon", listener.max_message_bytes_before_logon, {512, 1 << 20});
    section.read_seconds("logon_deadline_s", listener.logon_deadline, {1, 300});
    read_tls(section, listener.tls, TlsSide::Listener);
    section.finish();
    take_over(listener, draft.listeners);
    draft.listeners.push_back({std::move(listener), section.place()});
}

void read_role(Section& section, oms::SessionRole& role) {
    const auto choice = section.choice("role", {"client", "drop_copy"});
    if (choice) role = *choice == 0 ? oms::SessionRole::Client : oms::SessionRole::DropCopy;
}

void read_credentials(Section& section, fix::SessionSettings& settings) {
    section.refuse("password",
                   "is a password in plain text; expected password_hash with what `penstockd hash-password` "
                   "prints");
    settings.username = read_maybe_secret(section, "username");
    settings.password_hash = read_maybe_secret(section, "password_hash");
    section.read("certificate_name", settings.certificate_name);
    if (!settings.password_hash.empty() && !is_argon2id(settings.password_hash)) {
        section.problem("password_hash",
                        "is no argon2id hash; expected what `penstockd hash-password` prints, which begins "
                        "with \"$argon2id$\"");
    }
    if (section.has("username") != section.has("password_hash")) {
        section.problem(section.has("username") ? "username" : "password_hash",
                        "stands alone; expected username and password_hash together");
    }
}

/// What a client may trade for, and what the accounts must be checked against later.
void read_permissions(Section& section, SessionConfig& session, Draft& draft) {
    const auto mention = [&](const std::string& name, std::string_view key) {
        draft.accounts.push_back({name, section.place(key), section.path_of(key)});
    };
    section.read("accounts", session.accounts);
    for (const std::string& name : session.accounts) mention(name, "accounts");
    section.read("default_account", session.default_account);
    const std::string& chosen = session.default_account;
    const auto& list = session.accounts;
    if (!chosen.empty() && std::find(list.begin(), list.end(), chosen) == list.end()) {
        section.problem(
            "default_account", "is " + in_quotes(chosen) + "; expected one of this session's accounts");
    }
    if (session.role == oms::SessionRole::DropCopy) {
        for (const char* key : {"accounts", "default_account"}) {
            section.refuse(key, "has no meaning for a drop copy, which sees every report; expected none");
        }
    } else if (list.empty()) {
        section.warning("accounts", "is empty: every order of this session will be refused");
    }
}

/// Accounts of the session that have a word of their own.
void read_own_accounts(Section& section, std::string_view key, const SessionConfig& session,
                       std::vector<std::string>& out) {
    section.read(key, out);
    for (const std::string& name : out)
        if (std::find(session.accounts.begin(), session.accounts.end(), name) == session.accounts.end())
            section.problem(key, "has " + in_quotes(name) + "; expected accounts of this session");
}

/// What becomes of a client's orders when it is gone.
void read_disconnect(Section& section, SessionConfig& session) {
    section.read("cancel_on_disconnect", session.cancel_on_disconnect);
    section.read_seconds("disconnect_grace_s", session.disconnect_grace, {0, 3600});
    if (const auto choice = section.choice("disconnect_scope", {"all", "not_good_till"}))
        session.disconnect_scope = static_cast<oms::DisconnectScope>(*choice);
    if (const auto choice = section.choice("on_logout", {"cancel", "keep"}))
        session.on_logout = static_cast<oms::LogoutPolicy>(*choice);
    read_own_accounts(section, "cancel_accounts", session, session.cancel_accounts);
    read_own_accounts(section, "keep_accounts", session, session.keep_accounts);
    for (const std::string& name : session.keep_accounts) {
        const auto& cancelled = session.cancel_accounts;
        if (std::find(cancelled.begin(), cancelled.end(), name) != cancelled.end())
            section.problem("keep_accounts", "has " + in_quotes(name) + ", as cancel_accounts; expected one");
    }
}

/// What a client wants to be told and done for it; see oms::DefineSession.
void read_wishes(Section& section, SessionConfig& session) {
    if (session.role == oms::SessionRole::DropCopy) {
        for (const char* key : {"pending_reports", "one_request_at_a_time", "conflate_amends", "mass_cancel",
                                "cancel_on_disconnect", "disconnect_grace_s", "disconnect_scope", "on_logout",
                                "cancel_accounts", "keep_accounts"})
            section.refuse(key, "has no meaning for a drop copy, which places no orders; expected none");
        return;
    }
    if (const auto choice = section.choice("pending_reports", {"changes", "all", "none"}))
        session.pending_reports = static_cast<oms::PendingReports>(*choice);
    section.read("one_request_at_a_time", session.one_request_at_a_time);
    section.read("conflate_amends", session.conflate_amends);
    if (const auto choice = section.choice("mass_cancel", {"own", "accounts"}))
        session.mass_cancel = static_cast<oms::MassCancelReach>(*choice);
    read_disconnect(section, session);
}

void read_session(Section& section, Draft& draft) {
    DraftSession made{{}, section.place()};
    read_role(section, made.session.role);
    std::string text;
    section.require("begin_string", text, "FIX.4.4");
    const auto version = version_of(text);
    made.is_identified = version.has_value();
    if (version) {
        made.session.fix.version = *version;
    } else if (!text.empty()) {
        section.problem("begin_string", "is " + in_quotes(text) +
                                            "; expected \"FIX.4.2\", \"FIX.4.4\" or \"FIXT.1.1\" (5.0SP2)");
    }
    read_session_rules(section, made.session.fix);
    read_credentials(section, made.session.fix);
    read_permissions(section, made.session, draft);
    read_wishes(section, made.session);
    section.finish();
    draft.sessions.push_back(std::move(made));
}

/// [[fix.accounts_of]] says for a session of the .cfg what QuickFIX has no key for.
void read_accounts_of(Section& section, Draft& draft) {
    std::string name;
    section.require("session", name, "FIX.4.4:ISLD->TW");
    const auto found = std::find_if(
        draft.sessions.begin(), draft.sessions.end(),
        [&](const DraftSession& one) { return one.from_cfg && name_of(one.session.fix) == name; });
    DraftSession unknown;
    const bool is_known = found != draft.sessions.end() && !found->session.fix.is_initiator;
    if (!is_known && !name.empty()) {
        std::vector<std::string> names;
        for (const DraftSession& one : draft.sessions) {
            if (one.from_cfg && !one.session.fix.is_initiator) names.push_back(name_of(one.session.fix));
        }
        section.problem(
            "session", "is " + in_quotes(name) + "; expected an acceptor session of fix.settings_file" +
                           (names.empty() ? "" : ": " + one_of(names)));
    }
    DraftSession& session = is_known ? *found : unknown;
    if (session.is_named) section.problem("session", "is " + in_quotes(name) + " again; expected it once");
    session.is_named = true;
    read_role(section, session.session.role);
    read_credentials(section, session.session.fix);
    section.read_seconds("max_order_age_s", session.session.fix.max_order_age, {0, 86'400});
    section.read("use_fast_lane", session.session.fix.use_fast_lane);
    read_permissions(section, session.session, draft);
    read_wishes(section, session.session);
    section.finish();
}

}  // namespace

void read_fix(Section& root, Draft& draft) {
    auto section = root.table("fix");
    if (!section) {
        return root.problem("fix",
                            "is missing; expected [[fix.listener]] and [[fix.session]], or "
                            "settings_file in [fix]");
    }
    std::string settings_file;
    section->read("settings_file", settings_file);
    section->read("log_messages", draft.config.log_messages);
    if (!settings_file.empty()) {
        const std::filesystem::path file = section->folder() / settings_file;
        if (is_readable_file(file)) {
            read_quickfix_cfg(file, draft);
        } else {
            section->problem("settings_file", "cannot read " + file.string() + "; expected a QuickFIX .cfg");
        }
    }
    for (Section& one : section->tables("listener")) read_listener(one, draft);
    for (Section& one : section->tables("session")) read_session(one, draft);
    for (Section& one : section->tables("accounts_of")) read_accounts_of(one, draft);
    section->finish();
}

}  // namespace penstock::config
