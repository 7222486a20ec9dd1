#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "apps/runtime/control_line.hpp"
#include "oms/ports/egress.hpp"
#include "oms/ports/inbox.hpp"

namespace penstock::apps {

/// What somebody on this machine asks for.
struct ControlRequest {
    std::string who;  // "alice@host", by the kernel's word
    ControlLine line;
};

/// What comes of it: a refusal, or an answer, and perhaps an input that is accepted first.
struct ControlAnswer {
    std::optional<std::string> refusal;    // why not, in words; then nothing else counts
    std::optional<oms::InputBody> input;   // journalled; the answer is sent when its record is durable
    std::string json = "{}";               // the answer; asked for an input, "seq" is added in front
    std::function<void()> when_durable{};  // called before the answer is sent
    /// Asked with the outputs of the input: why the core did not do it, in words; nothing when it did.
    std::function<std::optional<std::string>(std::span<const oms::Output>)> why_not{};
};

/// The control door: a Unix-domain socket beside the state, for the `penstock` program of the same user or
/// root. A line asks, a line answers; apps/README.md has the protocol. Served by the event loop, core thread
/// only.
class ControlDoor {
  public:
    /// Bound: more connections are closed at once. Each has one request under way.
    static constexpr std::size_t kMaxConnections = 16;
    using Handler = std::function<ControlAnswer(const ControlRequest&)>;

    ControlDoor(boost::asio::io_context& io, oms::Inbox& inbox);
    ~ControlDoor();

    /// Sees what comes of the inputs that the door hands over, and sends nothing: for the pipeline.
    oms::Egress& outcome() { return outcome_; }
    /// Before open(). A verb has one handler.
    void on(const std::string& verb, Handler handler);
    /// Nothing when it listens, else why not.
    std::optional<std::string> open(const std::filesystem::path& socket);
    /// Sends the answers whose records are durable. Each turn.
    void release(Seq durable);
    /// Hangs up and removes the socket.
    void close();

  private:
    class Connection;
    class Outcome final : public oms::Egress {
      public:
        void stage(Seq, Timestamp, std::span<const oms::Output> made, oms::Staged&) override {
            if (is_wanted) outputs.assign(made.begin(), made.end());
        }
        void release(Seq) override {}

        bool is_wanted = false;
        std::vector<oms::Output> outputs;  // of the newest input
    };
    void accept_next();
    Seq accept(ControlAnswer& answer);
    ControlAnswer answer(const ControlRequest& request) const;

    boost::asio::io_context& io_;
    oms::Inbox& inbox_;
    Outcome outcome_;
    boost::asio::steady_timer pause_;
    boost::asio::local::stream_protocol::acceptor acceptor_;
    std::filesystem::path path_;
    std::map<std::string, Handler> handlers_;
    std::vector<std::shared_ptr<Connection>> connections_;
};

}  // namespace penstock::apps
