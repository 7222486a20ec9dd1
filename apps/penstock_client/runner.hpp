#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/penstock_client/command.hpp"
#include "apps/penstock_client/orders.hpp"
#include "apps/penstock_client/report.hpp"
#include "apps/penstock_client/requests.hpp"

namespace penstock::client {

// Exit codes of the program.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;       // an expectation was not met
inline constexpr int kExitUsage = 2;        // a command or option nobody understands
inline constexpr int kExitUnreachable = 6;  // cannot connect or log on

/// What commands need of the world: a FIX session, a terminal, a timer.
class RunnerPort {
  public:
    virtual ~RunnerPort() = default;
    virtual bool is_logged_on() const = 0;
    virtual void send(const Outgoing& message) = 0;
    virtual Timestamp now() = 0;
    /// A line for stdout.
    virtual void say(const std::string& line) = 0;
    /// What went wrong, for stderr.
    virtual void complain(const std::string& line) = 0;
    /// Runner::on_timeout is wanted after this time; a later call replaces an earlier one.
    virtual void start_timer(Duration after) = 0;
    virtual void stop_timer() = 0;
    /// Log out and end with this exit code.
    virtual void finish(int exit_code) = 0;
};

struct RunnerSettings {
    fix::Version version = fix::Version::Fix44;
    std::string run;         // begins the names made for orders
    bool is_script = false;  // the first failure ends it; otherwise it is only said
    std::string source;      // "orders.txt": named in complaints
    bool json = false;
};

/// Carries out commands one after the other and prints reports as they come. Pure but for its port.
class Runner {
  public:
    Runner(const RunnerSettings& settings, RunnerPort& port);

    /// May the next line be given? Not while it waits for something, nor when it has ended.
    bool is_ready() const { return !waiting_ && !has_ended_; }
    void on_line(std::string_view line);
    /// There are no more lines.
    void on_end();
    void on_message(const fix::MessageIndex& message);
    void on_state(bool is_logged_on);
    void on_timeout();
    /// Ctrl-C.
    void on_interrupt();

    /// Reports no `expect` has taken yet; more are forgotten, oldest first.
    static constexpr std::size_t kMaxUnread = 10'000;

  private:
    struct Waiting {
        std::string command;  // for complaints
        Expect expect;        // no words: waits for something else
        std::optional<WaitFor> wait;
        bool is_endless = false;
    };

    void run(const Command& command, std::string_view line);
    void run(const NewOrder& command);
    void run(const AmendOrder& command);
    void run(const SendList& command);
    void run(const AskList& command);
    void run(const CancelOrder& command);
    void run(const CancelAll& command);
    void run(const AskStatus& command);
    void list_orders();
    ClientOrder* find(const std::string& name);
    void send(const Outgoing& message);
    void wait(Waiting waiting);
    void look();
    bool is_met(const Waiting& waiting);
    bool take_unread(const std::vector<std::string>& words);
    void fail(const std::string& what, int exit_code);
    void end(int exit_code);
    RequestContext context() { return {settings_.version, port_.now()}; }

    RunnerSettings settings_;
    RunnerPort& port_;
    Orders orders_;
    Duration timeout_ = Duration::seconds(5);
    std::optional<Waiting> waiting_;
    std::deque<std::string> unread_;
    int line_number_ = 0;
    bool has_ended_ = false;
};

/// Are these words in the line, in this order? Others may stand between.
bool has_words(std::string_view line, const std::vector<std::string>& words);

}  // namespace penstock::client
