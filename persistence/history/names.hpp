#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "oms/domain/input.hpp"
#include "persistence/history/rows.hpp"

namespace penstock::history {

/// The limits of an account and the record that set them.
struct LimitsInForce {
    Seq seq;
    oms::SetLimits limits;
};

/// The newest quote of an instrument at a venue, and its record.
struct QuoteSeen {
    Seq seq;
    oms::QuoteChanged quote;
};

/// What ids stand for, learned from the definitions in the journal as the core learns it: ids count from one
/// in order of definition. As many entries as the configuration has names.
class Names {
  public:
    /// Takes definitions, limits and quotes; and makes rows of what people have set, of sessions and of the
    /// machine.
    void learn(const oms::Input& input, Rows& rows);

    SessionName session(SessionId id) const { return at(sessions_, id.value).name; }
    bool is_venue(SessionId id) const { return at(sessions_, id.value).role == oms::SessionRole::Venue; }
    VenueName venue(VenueId id) const { return at(venues_, id.value); }
    AccountName default_account(SessionId id) const { return at(sessions_, id.value).default_account; }
    const LimitsInForce* limits(const AccountName& account) const;
    /// Where an order of it goes when it does not say.
    VenueName default_venue(const Symbol& symbol) const;
    const QuoteSeen* quote(const VenueName& venue, const Symbol& symbol) const;
    /// As Book::visit_state.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit&& visit) {
        visit(self.sessions_);
        visit(self.venues_);
        visit(self.limits_);
        visit(self.default_venues_);
        visit(self.quotes_);
        visit(self.told_);
    }

  private:
    struct Session {
        SessionName name;
        oms::SessionRole role = oms::SessionRole::Client;
        AccountName default_account;
    };
    struct Hash {
        template <class Text>
        std::size_t operator()(const Text& text) const {
            return std::hash<std::string_view>{}(text.view());
        }
    };

    template <class T>
    static const T& at(const std::vector<T>& all, std::uint32_t id) {
        return id < all.size() ? all[id] : all[0];
    }
    void define(const oms::DefineSession& body);
    void define(const oms::DefineVenue& body);
    void tell(const oms::Input& input, std::string_view object, Rows& rows);

    // Place 0 is "none".
    std::vector<Session> sessions_{1};
    std::vector<VenueName> venues_{1};
    std::unordered_map<AccountName, LimitsInForce, Hash> limits_;
    std::unordered_map<Symbol, VenueName, Hash> default_venues_;
    std::unordered_map<Symbol, std::vector<QuoteSeen>, Hash> quotes_;  // index: VenueId
    std::map<std::string, std::string> told_;                          // definitions as they stand, by name
};

}  // namespace penstock::history
