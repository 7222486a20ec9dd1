#include "persistence/projection/postgres_link.hpp"

#include <poll.h>
#include <postgresql/libpq-fe.h>

#include <algorithm>
#include <chrono>

namespace penstock::projection {
namespace {

constexpr std::size_t kCopyPiece = std::size_t{256} << 10U;

std::int64_t now_ns() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

std::string without_line_end(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    std::ranges::replace(text, '\n', ' ');
    return text;
}

void take_rows(const PGresult* result, PostgresRows& rows) {
    rows.clear();
    for (int row = 0; row < PQntuples(result); ++row) {
        auto& cells = rows.emplace_back();
        for (int at = 0; at < PQnfields(result); ++at)
            cells.push_back(PQgetisnull(result, row, at) != 0 ? "\\N" : PQgetvalue(result, row, at));
    }
}

}  // namespace

void PostgresLink::Finish::operator()(pg_conn* connection) const { PQfinish(connection); }
void PostgresLink::Clear::operator()(pg_result* result) const { PQclear(result); }

Outcome PostgresLink::connect(const std::string& connection) {
    const std::int64_t until_ns = now_ns() + deadline_.ns;
    connection_.reset(PQconnectStart(connection.c_str()));
    if (!connection_) return lost("out of memory");
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    if (PQstatus(connection_.get()) == CONNECTION_BAD) status = PGRES_POLLING_FAILED;
    while (status != PGRES_POLLING_OK) {
        if (status == PGRES_POLLING_FAILED) return lost("cannot be reached");
        if (auto problem = wait(status == PGRES_POLLING_READING ? POLLIN : POLLOUT, until_ns)) return problem;
        status = PQconnectPoll(connection_.get());
    }
    // Notices say nothing an operator must know: "already exists, skipping".
    PQsetNoticeReceiver(
        connection_.get(), [](void*, const PGresult*) {}, nullptr);
    PQsetnonblocking(connection_.get(), 1);
    return std::nullopt;
}

Outcome PostgresLink::wait(short events, std::int64_t until_ns) {
    const std::int64_t left_ms = (until_ns - now_ns()) / 1'000'000;
    pollfd polled{PQsocket(connection_.get()), events, 0};
    const int ready = left_ms <= 0 ? 0 : ::poll(&polled, 1, static_cast<int>(left_ms));
    if (ready == 0)
        return lost("does not answer within " + std::to_string(deadline_.ns / 1'000'000'000) + " s");
    return std::nullopt;  // an error of the socket shows at the next call, and a signal at its own time
}

Outcome PostgresLink::flush(std::int64_t until_ns) {
    for (int left = PQflush(connection_.get()); left != 0; left = PQflush(connection_.get())) {
        if (left < 0) return lost("is gone");
        if (auto problem = wait(POLLIN | POLLOUT, until_ns)) return problem;
        // A server that has something to say may not listen before it was heard.
        if (PQconsumeInput(connection_.get()) == 0) return lost("is gone");
    }
    return std::nullopt;
}

Outcome PostgresLink::next_result(Result& result, std::int64_t until_ns) {
    while (PQisBusy(connection_.get()) != 0) {
        if (auto problem = wait(POLLIN, until_ns)) return problem;
        if (PQconsumeInput(connection_.get()) == 0) return lost("is gone");
    }
    result.reset(PQgetResult(connection_.get()));
    return std::nullopt;
}

/// All answers that are due; the first that says no counts.
Outcome PostgresLink::drain(std::int64_t until_ns, PostgresRows* rows) {
    Outcome first;
    for (;;) {
        Result result;
        if (auto problem = next_result(result, until_ns)) return problem;
        if (!result) return first;
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_TUPLES_OK && rows != nullptr) take_rows(result.get(), *rows);
        const bool is_good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
        if (!is_good && !first) first = said_no(result.get());
        if (status == PGRES_COPY_IN) return lost("asks for rows nobody has");
    }
}

Outcome PostgresLink::execute(const std::string& sql, PostgresRows* rows) {
    if (!connection_) return lost("is not connected");
    const std::int64_t until_ns = now_ns() + deadline_.ns;
    if (PQsendQuery(connection_.get(), sql.c_str()) == 0) return lost("is gone");
    if (auto problem = flush(until_ns)) return problem;
    return drain(until_ns, rows);
}

Outcome PostgresLink::copy(const std::string& target, std::string_view data) {
    if (!connection_) return lost("is not connected");
    const std::int64_t until_ns = now_ns() + deadline_.ns;
    if (PQsendQuery(connection_.get(), ("COPY " + target + " FROM STDIN").c_str()) == 0)
        return lost("is gone");
    if (auto problem = flush(until_ns)) return problem;
    Result begun;
    if (auto problem = next_result(begun, until_ns)) return problem;
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
        const StoreProblem no = said_no(begun.get());
        if (auto problem = drain(until_ns, nullptr)) return problem;
        return no;
    }
    while (!data.empty()) {
        const std::string_view piece = data.substr(0, kCopyPiece);
        const int put = PQputCopyData(connection_.get(), piece.data(), static_cast<int>(piece.size()));
        if (put < 0) return lost("is gone");
        if (auto problem = flush(until_ns)) return problem;
        if (put == 1) data.remove_prefix(piece.size());
    }
    while (true) {
        const int put = PQputCopyEnd(connection_.get(), nullptr);
        if (put < 0) return lost("is gone");
        if (auto problem = flush(until_ns)) return problem;
        if (put == 1) return drain(until_ns, nullptr);
    }
}

StoreProblem PostgresLink::lost(std::string_view what) {
    std::string words = connection_ ? without_line_end(PQerrorMessage(connection_.get())) : std::string();
    connection_.reset();
    return {StoreProblem::Kind::Unavailable,
            "PostgreSQL " + std::string(what) + (words.empty() ? "" : " (" + words + ")") +
                "; it is tried again"};
}

StoreProblem PostgresLink::said_no(const PGresult* result) {
    const char* const field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string state = field == nullptr ? "" : field;
    const std::string words = "PostgreSQL: " + without_line_end(PQresultErrorMessage(result));
    // Class 42: names and rights; 23: keys; 22: values; 3F: no such schema. All else passes, or may.
    const std::string_view kind = std::string_view(state).substr(0, 2);
    const bool is_for_a_person = kind == "42" || kind == "23" || kind == "22" || kind == "3F";
    if (!is_for_a_person) return {StoreProblem::Kind::Unavailable, words + "; it is tried again"};
    if (state == "42501")
        return {StoreProblem::Kind::Refused, words + ": the user of the connection must own the schema"};
    return {
        StoreProblem::Kind::Refused,
        words +
            ": the tables are not those a projection makes. `penstock projection rebuild` makes them anew"};
}

}  // namespace penstock::projection
