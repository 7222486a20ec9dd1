#pragma once

#include <functional>
#include <set>
#include <string>

#include "persistence/projection/postgres_link.hpp"
#include "persistence/projection/settings.hpp"
#include "persistence/projection/store.hpp"

namespace penstock::projection {

/// A projection in a schema of a PostgreSQL database. Aside, the schema is called "<name>_rebuild". Rows
/// come by COPY; tables with history are partitioned by the day of their record, so that old days can be
/// detached.
class PostgresStore final : public Store {
  public:
    PostgresStore(const Settings& settings, Place place);
    Outcome open(Timestamp now) override;
    Outcome read_mark(const persistence::Uuid& journal, Mark& mark) override;
    Outcome apply(const Batch& batch) override;
    Outcome look(Mark& mark) override;
    Outcome publish() override;

  private:
    Outcome connect();
    Outcome migrate(Timestamp now);
    Outcome in_transaction(const std::function<Outcome()>& work);
    Outcome put_rows(const Batch& batch);
    Outcome make_days(const Batch& batch);
    Outcome read(Mark& mark, std::string& journal, const char* how);
    std::string named(std::string_view text) const {
        return "schema \"" + schema_ + "\": " + std::string(text);
    }

    Settings settings_;
    Place place_;
    std::string schema_;
    PostgresLink link_;
    std::set<std::int64_t> days_;  // that have partitions
};

}  // namespace penstock::projection
