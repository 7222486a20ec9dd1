#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compliance/reports/tables.hpp"
#include "compliance/tlog/tiles.hpp"
#include "oms/domain/venue_cl_ord_id.hpp"
#include "persistence/journal/reader.hpp"

namespace penstock::reports {

/// Where the records of a report come from: a journal, or an audit, which has the same ones. One thread.
class Records {
  public:
    virtual ~Records() = default;
    /// First. What is wrong, or nothing.
    virtual std::optional<Problem> open() = 0;
    /// Which ClOrdIDs toward venues are ours.
    virtual oms::IdSpace space() const = 0;
    /// What to call it in a report: of a journal its uuid.
    virtual std::string name() const = 0;
    /// What shows that they are whole: a line of the report on integrity, and what was compared for it.
    struct Wholeness {
        std::string_view check;
        std::string_view how;
    };
    virtual Wholeness wholeness() const = 0;
    /// The newest record there is; zero when it is not known before they are read.
    virtual Seq last() const = 0;
    /// Shows every record from the first; `visit` returns false for no more, which is no problem.
    using Visit = std::function<bool(const oms::Record&)>;
    virtual std::optional<Problem> read(const Visit& visit) = 0;
};

class JournalRecords final : public Records {
  public:
    explicit JournalRecords(persistence::JournalSettings journal) : journal_(std::move(journal)) {}
    std::optional<Problem> open() override;
    oms::IdSpace space() const override;
    std::string name() const override;
    Wholeness wholeness() const override {
        return {"bytes and chain of the journal",
                "every record's checksum and the chain of hashes were compared"};
    }
    Seq last() const override { return reader_.last(); }
    std::optional<Problem> read(const Visit& visit) override;

  private:
    persistence::JournalSettings journal_;
    persistence::JournalReader reader_;
};

/// An audit, or a copy of one, without the journal it is of. open() reads it once from front to back and
/// compares the root with that of its checkpoint; whether the right key signed that is for penstock-verify
/// to say.
class AuditRecords final : public Records {
  public:
    explicit AuditRecords(std::filesystem::path folder) : files_(folder), folder_(std::move(folder)) {}
    std::optional<Problem> open() override;
    oms::IdSpace space() const override { return space_; }
    std::string name() const override { return "of the audit " + origin_; }
    Wholeness wholeness() const override {
        return {"records of the audit",
                "the root of its checkpoint was compared; who signed that, penstock-verify says"};
    }
    Seq last() const override { return last_; }
    std::optional<Problem> read(const Visit& visit) override;

  private:
    using VisitLeaf = std::function<bool(std::string_view leaf)>;
    std::optional<Problem> read_leaves(const VisitLeaf& visit);

    compliance::DiskFiles files_;
    std::filesystem::path folder_;
    std::string origin_;
    compliance::TreeHead head_;
    oms::IdSpace space_;
    Seq last_;
};

/// The space that gave out a ClOrdID(11) this record has sent to a venue, or a venue has acknowledged;
/// nothing when the record has none. A journal says its space in its HEAD, an audit only by what it did.
std::optional<oms::IdSpace> space_seen_in(const oms::Record& record);

}  // namespace penstock::reports
