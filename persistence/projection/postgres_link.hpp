#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/projection/store.hpp"

struct pg_conn;
struct pg_result;

namespace penstock::projection {

/// The rows of an answer, as text.
using PostgresRows = std::vector<std::vector<std::string>>;

/// One connection. Nothing waits longer than the deadline: a server, and a commit above all, may never answer
/// (no statement_timeout ends a commit that waits for a standby). After a deadline the connection is
/// given up, and whether the last thing was done is not known.
class PostgresLink {
  public:
    explicit PostgresLink(Duration deadline) : deadline_(deadline) {}

    Outcome connect(const std::string& connection);
    void close() { connection_.reset(); }
    bool is_open() const { return connection_ != nullptr; }
    /// Sends statements and waits for all answers. Rows of the last that has some.
    Outcome execute(const std::string& sql, PostgresRows* rows = nullptr);
    /// COPY target FROM STDIN in text format; `data` is all lines.
    Outcome copy(const std::string& target, std::string_view data);

  private:
    struct Finish {
        void operator()(pg_conn* connection) const;
    };
    struct Clear {
        void operator()(pg_result* result) const;
    };
    using Result = std::unique_ptr<pg_result, Clear>;

    Outcome wait(short events, std::int64_t until_ns);
    Outcome flush(std::int64_t until_ns);
    Outcome next_result(Result& result, std::int64_t until_ns);
    Outcome drain(std::int64_t until_ns, PostgresRows* rows);
    StoreProblem lost(std::string_view what);
    StoreProblem said_no(const pg_result* result);

    std::unique_ptr<pg_conn, Finish> connection_;
    Duration deadline_;
};

}  // namespace penstock::projection
