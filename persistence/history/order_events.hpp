#pragma once

#include "oms/domain/venue_cl_ord_id.hpp"
#include "persistence/history/book.hpp"
#include "persistence/history/names.hpp"
#include "persistence/history/rows.hpp"

namespace penstock::history {

/// Turns the records of a journal into rows, one record after the other, from the first. The same records
/// give the same rows. Who wants the rows of a later time folds what is before with rows nobody takes: a
/// journal cannot be understood from its middle. One thread.
class OrderEvents {
  public:
    /// `space`: which ClOrdIDs toward venues are ours (JournalIdentity: instance, and epoch_of its creation).
    explicit OrderEvents(const oms::IdSpace& space) : space_(space), book_(names_) {}

    void fold(const oms::Record& record, Rows& rows);

    const Names& names() const { return names_; }
    const Book& book() const { return book_; }
    /// As Book::visit_state.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit&& visit) {
        Names::visit_state(self.names_, visit);
        Book::visit_state(self.book_, visit);
    }

  private:
    /// What every row of a record has in common.
    OrderEvent begin(const oms::Record& record, std::uint64_t index, std::string_view kind) const;
    void find_adopted(const oms::Record& record, OrderEvent& row) const;
    void find_by_execution(const oms::Record& record, OrderEvent& row) const;
    void add_legs(const oms::Record& record, Rows& rows) const;
    void add_execution(const oms::Record& record, std::uint64_t index, const oms::ExecutionReport& report,
                       Rows& rows) const;

    oms::IdSpace space_;
    Names names_;
    Book book_;
};

}  // namespace penstock::history
