#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "oms/domain/input.hpp"
#include "risk/pre_trade.hpp"
#include "router/plan.hpp"

namespace penstock::oms {

struct Session {
    SessionName name;
    SessionRole role = SessionRole::Client;
    AccountId default_account;
    PendingReports pending_reports = PendingReports::OfChanges;
    bool one_request_at_a_time = false;
    bool cancel_on_disconnect = false;
    bool conflate_amends = true;
    Duration disconnect_grace;
    DisconnectScope disconnect_scope = DisconnectScope::All;
    LogoutPolicy on_logout = LogoutPolicy::AsLoss;
    MassCancelReach mass_cancel = MassCancelReach::Own;
    std::vector<bool> permitted;                     // index: AccountId
    std::vector<AccountOnDisconnect> on_disconnect;  // the same
    VenueId venue;                                   // when the role is Venue
    bool is_up = false;
    bool logged_out = false;  // how a client's last connection ended
    Timestamp cancel_due;     // its client is gone: when its orders are cancelled; none: they are not

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        auto& [session_name, its_role, account, reports, one_at_a_time, on_loss, conflate, grace, scope,
               logout, mass, permissions, policies, its_venue, up, out, due] = self;
        visit(session_name);
        visit(its_role);
        visit(account);
        visit(reports);
        visit(one_at_a_time);
        visit(on_loss);
        visit(conflate);
        visit(grace);
        visit(scope);
        visit(logout);
        visit(mass);
        visit(permissions);
        visit(policies);
        visit(its_venue);
        visit(up);
        visit(out);
        visit(due);
    }

    bool may_trade_for(AccountId account) const {
        return account.value < permitted.size() && permitted[account.value];
    }
    /// Of an account that was taken away meanwhile there is no word: it has orders here still.
    AccountOnDisconnect on_disconnect_of(AccountId account) const {
        return account.value < on_disconnect.size() ? on_disconnect[account.value]
                                                    : AccountOnDisconnect::AsSession;
    }
};

struct Venue {
    VenueName name;
    SessionId session;
    bool concurrent_amends = false;
    bool amend_quantity_is_total = true;
    Duration answer_timeout;
    bool asks_on_logon = false;
    std::uint32_t features = 0;  // of venue_does
    bool mass_status = false;
    Duration reconcile_within;
    bool trades_unreconciled = false;
    Duration check_every;
    bool infers_fills = false;
    Duration check_positions;
    Timestamp day_began;  // its latest trading day; none: not known
    Timestamp day_ends;   // as was told last

    bool has(std::uint32_t feature) const { return (features & feature) != 0; }
};

struct Instrument {
    Symbol symbol;
    VenueId default_venue;
    std::optional<Price> price_increment;
    std::optional<Quantity> quantity_increment;
};

struct Account {
    AccountName name;
    std::optional<risk::AccountLimits> limits;  // nothing: may not trade

    const risk::AccountLimits* known_limits() const { return limits ? &*limits : nullptr; }
};

/// The named things orders refer to. Ids count from one in order of definition and are never reused;
/// defining a known name again updates it. Lookups only: nothing iterates the maps.
class Directory {
  public:
    SessionId define(const DefineSession& session);
    /// None when the session is not defined as a venue session.
    VenueId define(const DefineVenue& venue);
    InstrumentId define(const DefineInstrument& instrument);
    AccountId define(const DefineAccount& account);
    void permit(const PermitAccount& permission);
    void set(const SetLimits& limits);
    void set_up(SessionId session, bool up);
    /// May new orders go there while it is up?
    void set_reconciled(VenueId venue, bool is_reconciled);
    void set_logged_out(SessionId session, bool logged_out);
    void set_cancel_due(SessionId session, Timestamp due);
    /// No day comes back: an earlier beginning than the latest one is that of a clock that was wrong.
    void set_day(VenueId venue, Timestamp began, Timestamp ends);

    SessionId session_id(const SessionName& name) const;
    VenueId venue_id(const VenueName& name) const;
    InstrumentId instrument_id(const Symbol& symbol) const;
    AccountId account_id(const AccountName& name) const;

    bool has(SessionId id) const { return id.value < sessions_.size() && !id.is_none(); }
    bool has(VenueId id) const { return id.value < venues_.size() && !id.is_none(); }
    const Session& operator[](SessionId id) const { return sessions_.at(id.value); }
    const Venue& operator[](VenueId id) const { return venues_.at(id.value); }
    const Instrument& operator[](InstrumentId id) const { return instruments_.at(id.value); }
    const Account& operator[](AccountId id) const { return accounts_.at(id.value); }

    bool is_up(VenueId id) const { return sessions_.at(venues_.at(id.value).session.value).is_up; }
    /// It is there, and what works there is confirmed as far as its sheet wants it.
    /// While halted no venue takes any: what an order would send by itself waits as for a logon.
    bool takes_orders(VenueId id) const {
        return !is_halted_ && is_up(id) && views_[id.value - 1].is_reconciled;
    }
    /// By an operator or a restore: see OperatorEffect.
    bool is_halted() const { return is_halted_; }
    void halt(bool is_halted) { is_halted_ = is_halted; }
    std::span<const router::VenueView> venue_views() const { return views_; }
    // All of a kind, by id; place 0 is unused.
    const std::vector<Session>& sessions() const { return sessions_; }
    const std::vector<Venue>& venues() const { return venues_; }
    const std::vector<Instrument>& instruments() const { return instruments_; }
    const std::vector<Account>& accounts() const { return accounts_; }

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.sessions_);
        visit(self.venues_);
        visit(self.instruments_);
        visit(self.accounts_);
        visit(self.views_);
        visit(self.is_halted_);
        if constexpr (!std::is_const_v<Self>) self.find_names();
    }

  private:
    /// Fills the maps from what they name.
    void find_names();

    struct Hash {
        template <class Text>
        std::size_t operator()(const Text& text) const {
            return std::hash<std::string_view>{}(text.view());
        }
    };
    template <class Text, class Id>
    using Names = std::unordered_map<Text, Id, Hash>;

    std::vector<Session> sessions_{1};
    std::vector<Venue> venues_{1};
    std::vector<Instrument> instruments_{1};
    std::vector<Account> accounts_{1};
    std::vector<router::VenueView> views_;
    bool is_halted_ = false;
    Names<SessionName, SessionId> session_names_;
    Names<VenueName, VenueId> venue_names_;
    Names<Symbol, InstrumentId> instrument_names_;
    Names<AccountName, AccountId> account_names_;
};

}  // namespace penstock::oms
