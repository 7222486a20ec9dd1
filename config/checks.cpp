#include <algorithm>
#include <map>

#include "config/draft.hpp"
#include "config/values.hpp"

namespace penstock::config {
namespace {

bool is_acceptor(const DraftSession& one) { return !one.session.fix.is_initiator; }

void check_duplicates(Draft& draft) {
    std::map<std::string, Place> seen;
    for (const DraftSession& one : draft.sessions) {
        if (!one.is_identified) continue;
        fix::SessionSettings settings = one.session.fix;
        // A client is known by what it sends, and it never sends our qualifier.
        if (!settings.is_initiator) settings.qualifier.clear();
        const std::string name = name_of(settings);
        if (name_of(one.session.fix).size() > SessionName::kCapacity) {
            draft.findings.problem(
                one.place, "session",
                in_quotes(name) + " is longer than " + std::to_string(SessionName::kCapacity) +
                    " characters; expected shorter CompIDs");
        }
        if (settings.sender_comp_id.empty() || settings.target_comp_id.empty()) continue;
        const auto [other, is_new] = seen.emplace(name, one.place);
        if (is_new) continue;
        draft.findings.problem(one.place, "session",
                               in_quotes(name) + " is defined again; the first is at " + other->second.file +
                                   ":" + std::to_string(other->second.line) + "; expected other CompIDs");
    }
}

bool collide(const fix::ListenerSettings& left, const fix::ListenerSettings& right) {
    if (left.port == 0 || left.port != right.port) return false;
    return left.host == right.host || is_wildcard(left.host) || is_wildcard(right.host);
}

void check_ports(Draft& draft) {
    for (std::size_t i = 0; i < draft.listeners.size(); ++i) {
        const DraftListener& later = draft.listeners[i];
        for (std::size_t j = 0; j < i; ++j) {
            const DraftListener& first = draft.listeners[j];
            if (!collide(first.listener, later.listener)) continue;
            draft.findings.problem(
                later.place, "fix.listener.port",
                "is " + std::to_string(later.listener.port) + ", as that of the listener at " +
                    first.place.file + ":" + std::to_string(first.place.line) + "; expected another port");
        }
    }
}

/// Beyond loopback everybody may knock, so every session needs a proof of who is there.
void check_credentials(Draft& draft, bool all_ask_for_certificates) {
    for (const DraftSession& one : draft.sessions) {
        const fix::SessionSettings& settings = one.session.fix;
        if (!is_acceptor(one) || !settings.password_hash.empty()) continue;
        if (!settings.certificate_name.empty() && all_ask_for_certificates) continue;
        draft.findings.problem(
            one.place, "fix.session",
            in_quotes(name_of(settings)) +
                " can be reached from beyond loopback; expected username and password_hash, or "
                "certificate_name with require_peer_certificate on the listener");
    }
}

}  // namespace

void check_sessions(Draft& draft) {
    check_duplicates(draft);
    for (const DraftSession& one : draft.sessions) {
        if (!is_acceptor(one)) continue;
        // A session of a .cfg names its port, or has a problem already.
        if (draft.listeners.empty() && !one.from_cfg) {
            draft.findings.problem(one.place, "fix.session",
                                   "nobody can connect to " + in_quotes(name_of(one.session.fix)) +
                                       "; expected a [[fix.listener]]");
        }
        const bool any_certificate =
            std::any_of(draft.listeners.begin(), draft.listeners.end(),
                        [](const auto& l) { return l.listener.tls.require_peer_certificate; });
        if (!one.session.fix.certificate_name.empty() && !any_certificate) {
            draft.findings.problem(
                one.place, "fix.session.certificate_name",
                "needs certificates to look at; expected require_peer_certificate = true in "
                "the tls of a [[fix.listener]]");
        }
    }
}

void check_listeners(Draft& draft) {
    check_ports(draft);
    bool any_beyond = false;
    bool all_ask_for_certificates = true;
    for (const DraftListener& one : draft.listeners) {
        if (is_loopback(one.listener.host) || !ip_address(one.listener.host)) continue;
        any_beyond = true;
        all_ask_for_certificates = all_ask_for_certificates && one.listener.tls.require_peer_certificate;
        if (one.listener.tls.enabled) continue;
        draft.findings.problem(
            one.place, "fix.listener.host",
            "is " + in_quotes(one.listener.host) +
                ", beyond loopback, without tls; expected tls, or a host such as 127.0.0.1");
    }
    if (any_beyond) check_credentials(draft, all_ask_for_certificates);
}

void check_references(Draft& draft) {
    const Config& config = draft.config;
    for (const Mention& one : draft.accounts) {
        const bool known = std::any_of(config.accounts.begin(), config.accounts.end(),
                                       [&](const auto& account) { return account.name.view() == one.name; });
        if (known) continue;
        draft.findings.problem(one.place, one.key,
                               in_quotes(one.name) + " is not defined; expected an [[account]] of this name");
    }
    for (const Mention& one : draft.venues) {
        const bool known = std::any_of(config.venues.begin(), config.venues.end(), [&](const auto& venue) {
            return venue.name == one.name;
        });
        if (known) continue;
        draft.findings.problem(
            one.place, one.key, in_quotes(one.name) + " is not defined; expected a [[venue]] of this name");
    }
    for (const Mention& one : draft.venue_places) {
        const bool used = std::any_of(draft.venues.begin(), draft.venues.end(), [&](const Mention& venue) {
            return venue.name == one.name;
        });
        if (used) continue;
        draft.findings.warning(one.place, one.key, in_quotes(one.name) + " has no [[instrument]]");
    }
    for (const DraftSession& one : draft.sessions) {
        if (!one.from_cfg || one.is_named) continue;
        const std::string name = in_quotes(name_of(one.session.fix));
        draft.findings.warning(
            one.place, "session",
            is_acceptor(one) ? name + " may trade for no account; name it in [[fix.accounts_of]]"
                             : name + " is not used; name it as session in a [[venue]]");
    }
}

}  // namespace penstock::config
