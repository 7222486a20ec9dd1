#pragma once

#include <map>
#include <string_view>
#include <tuple>

#include "persistence/history/rows.hpp"
#include "persistence/projection/tables.hpp"

namespace penstock::projection {

/// Sums of executions for each account, instrument and venue; as many entries as there are such.
class Positions {
  public:
    struct Key {
        AccountName account;
        Symbol symbol;
        VenueName venue;
        friend bool operator<(const Key& left, const Key& right) { return left.views() < right.views(); }

      private:
        std::tuple<std::string_view, std::string_view, std::string_view> views() const {
            return {account.view(), symbol.view(), venue.view()};
        }
    };

    /// The position after it.
    const PositionRow& take(const history::Execution& execution);
    const std::map<Key, PositionRow>& all() const { return rows_; }

    template <class Self, class Visit>
    static void visit_state(Self& self, Visit&& visit) {
        visit(self.rows_);
    }

  private:
    std::map<Key, PositionRow> rows_;
};

}  // namespace penstock::projection
