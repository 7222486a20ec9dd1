#include "tests/persistence/projection/postgres_server.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "persistence/projection/postgres_link.hpp"

namespace penstock::projection {
namespace fs = std::filesystem;
namespace {

const fs::path kPrograms = "/usr/lib/postgresql/15/bin";
constexpr const char* kPort = "15432";  // of the socket's name; nothing listens on the network

PostgresLink linked(const std::string& connection) {
    PostgresLink link(Duration::seconds(10));
    const Outcome outcome = link.connect(connection);
    EXPECT_FALSE(outcome) << outcome->text;
    return link;
}

}  // namespace

std::string PostgresServer::why_not() {
    if (!fs::exists(kPrograms / "initdb")) return "no server of PostgreSQL 15 is installed (postgresql-15)";
    if (::geteuid() == 0 && std::system("runuser -u postgres -- true 2>/dev/null") != 0)
        return "root may not run a server, and there is no user postgres";
    return {};
}

PostgresServer::PostgresServer() {
    std::string name = (fs::temp_directory_path() / "penstock-pg-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    if (::geteuid() == 0) {
        EXPECT_EQ(std::system(("chown postgres " + folder_.string()).c_str()), 0);
    }
    EXPECT_EQ(run("initdb -D " + folder_.string() + "/data -U penstock --auth=trust --no-sync"), 0);
    std::ofstream(folder_ / "data" / "postgresql.conf", std::ios::app)
        << "fsync=off\nlisten_addresses=''\nunix_socket_directories='" << folder_.string()
        << "'\nport=" << kPort << "\n";
    start();
}

PostgresServer::~PostgresServer() {
    run("pg_ctl -D " + folder_.string() + "/data -m immediate -w stop");
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

int PostgresServer::run(const std::string& command) const {
    const std::string user = ::geteuid() == 0 ? "runuser -u postgres -- " : "";
    return std::system(("cd / && " + user + (kPrograms / command).string() + " >/dev/null 2>&1").c_str());
}

void PostgresServer::start() {
    // After a SIGKILL those it left behind may hold its memory for a moment more.
    constexpr int kTries = 100;
    int result = 1;
    for (int tries = 0; result != 0 && tries < kTries; ++tries)
        result = run("pg_ctl -D " + folder_.string() + "/data -w -l " + folder_.string() + "/log start");
    ASSERT_EQ(result, 0) << "the server does not start";
}

void PostgresServer::kill() {
    int pid = 0;
    std::ifstream(folder_ / "data" / "postmaster.pid") >> pid;
    ASSERT_GT(pid, 1);
    // Those that serve connections first: one that is left behind goes on until it looks whether it is alone.
    ASSERT_EQ(::kill(pid, SIGSTOP), 0);
    ASSERT_EQ(std::system(("pkill -KILL -P " + std::to_string(pid)).c_str()), 0);
    ASSERT_EQ(::kill(pid, SIGKILL), 0);
}

std::string PostgresServer::connection() const {
    return "host=" + folder_.string() + " port=" + kPort + " user=penstock dbname=postgres";
}

Settings PostgresServer::settings_of_new_database() {
    const std::string name = "d" + std::to_string(++databases_);
    PostgresLink link = linked(connection());
    EXPECT_FALSE(link.execute("CREATE DATABASE " + name));
    Settings settings;
    settings.postgres = "host=" + folder_.string() + " port=" + kPort + " user=penstock dbname=" + name;
    settings.deadline = Duration::seconds(5);
    return settings;
}

AllRows rows_of_postgres(const Settings& settings) {
    AllRows all;
    PostgresLink link = linked(settings.postgres);
    for (const Table table : kTables) {
        const TableShape& shape = shape_of(table);
        PostgresRows rows;
        const Outcome outcome = link.execute(
            "SELECT * FROM \"" + settings.schema + "\".\"" + std::string(shape.name) + "\"", &rows);
        EXPECT_FALSE(outcome) << outcome->text;
        for (const auto& row : rows) {
            std::string line;
            for (std::size_t at = 0; at < row.size(); ++at) {
                std::string cell = row[at];
                const ColumnType type = shape.columns[at].type;
                if (type == ColumnType::Flag && cell != "\\N") cell = cell == "t" ? "true" : "false";
                if (type == ColumnType::Bytes && cell != "\\N") cell = cell.substr(2);
                line += cell + "|";
            }
            all[static_cast<std::size_t>(table)].push_back(line);
        }
        std::ranges::sort(all[static_cast<std::size_t>(table)]);
    }
    return all;
}

}  // namespace penstock::projection
