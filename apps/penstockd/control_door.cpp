#include "apps/penstockd/control_door.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstring>

namespace penstock::apps {

namespace asio = boost::asio;
using Local = asio::local::stream_protocol;

namespace {

/// Before the next connection is taken, after one could not be.
constexpr std::chrono::milliseconds kPause{100};

}  // namespace

/// One who asks. It reads the next request when the last is answered, and is closed when it says nothing for
/// a minute or does not take its answer.
class ControlDoor::Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(ControlDoor& door, Local::socket socket)
        : door_(door), socket_(std::move(socket)), timer_(door.io_) {}

    bool is_open() const { return socket_.is_open(); }
    bool is_permitted() {
        ucred peer{};
        socklen_t size = sizeof peer;
        if (::getsockopt(socket_.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
        if (peer.uid != ::geteuid() && peer.uid != 0) return false;
        who_ = user_at_host(peer.uid);
        return true;
    }
    void read() {
        limit_time();
        asio::async_read_until(
            socket_, in_, '\n',
            [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
                error ? self->refuse_long(error) : self->take_line();
            });
    }
    void release(Seq durable) {
        if (waits_for_.is_none() || waits_for_ > durable) return;
        const Seq seq = waits_for_;
        waits_for_ = {};
        if (answer_.refusal) return say("no " + *answer_.refusal);
        if (answer_.when_durable) answer_.when_durable();
        const std::string rest = answer_.json.substr(1);
        say("ok {\"seq\":" + std::to_string(seq.value) + (rest == "}" ? "" : ",") + rest);
    }
    void close() {
        boost::system::error_code ignored;
        timer_.cancel();
        socket_.close(ignored);
    }

  private:
    void take_line() {
        std::string text(asio::buffers_begin(in_.data()), asio::buffers_end(in_.data()));
        const std::size_t end = text.find('\n');
        in_.consume(end + 1);
        text.resize(end);
        timer_.cancel();
        const auto line = parse_control_line(text);
        if (!line) return say("no that is no request; see apps/README.md");
        answer_ = door_.answer({who_, *line});
        if (answer_.refusal) return say("no " + *answer_.refusal);
        if (!answer_.input) return say("ok " + answer_.json);
        waits_for_ = door_.accept(answer_);
    }
    void refuse_long(const boost::system::error_code& error) {
        if (error != asio::error::not_found) return close();
        is_last_ = true;
        say("no a request has at most " + std::to_string(kMaxControlLine) + " bytes");
    }
    void say(std::string line) {
        limit_time();
        out_ = std::move(line) + "\n";
        asio::async_write(socket_, asio::buffer(out_),
                          [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
                              error || self->is_last_ ? self->close() : self->read();
                          });
    }
    void limit_time() {
        timer_.expires_after(std::chrono::minutes(1));
        timer_.async_wait([self = shared_from_this()](const boost::system::error_code& stopped) {
            if (!stopped) self->close();
        });
    }

    ControlDoor& door_;
    Local::socket socket_;
    asio::steady_timer timer_;
    asio::streambuf in_{kMaxControlLine};
    std::string out_;
    std::string who_;
    ControlAnswer answer_;
    Seq waits_for_;
    bool is_last_ = false;
};

ControlDoor::ControlDoor(asio::io_context& io, oms::Inbox& inbox)
    : io_(io), inbox_(inbox), pause_(io), acceptor_(io) {}
ControlDoor::~ControlDoor() = default;

void ControlDoor::on(const std::string& verb, Handler handler) { handlers_[verb] = std::move(handler); }

std::optional<std::string> ControlDoor::open(const std::filesystem::path& socket) {
    const auto failed = [&](const boost::system::error_code& error) {
        return "control door " + socket.string() + ": " + error.message();
    };
    boost::system::error_code error;
    // The journal's lock is ours: whoever made a socket here before is gone.
    ::unlink(socket.c_str());
    acceptor_.open(Local(), error);
    if (error) return failed(error);
    try {
        acceptor_.bind(Local::endpoint(socket.string()), error);
    } catch (const std::exception& no) {
        return "control door " + socket.string() + ": " + no.what();
    }
    if (error) return failed(error);
    path_ = socket;
    // Nobody can connect before it listens. The process's umask would be that of other threads, too.
    if (::chmod(socket.c_str(), S_IRUSR | S_IWUSR) != 0)
        return "control door " + socket.string() + ": cannot be kept to its user: " + std::strerror(errno);
    acceptor_.listen(static_cast<int>(kMaxConnections), error);
    if (error) return failed(error);
    accept_next();
    return std::nullopt;
}

/// The outcome is known at once, and told when the record is durable.
Seq ControlDoor::accept(ControlAnswer& answer) {
    outcome_.is_wanted = answer.why_not != nullptr;
    const Seq seq = inbox_.accept(*answer.input, {}, {});
    if (answer.why_not) answer.refusal = answer.why_not(outcome_.outputs);
    outcome_.is_wanted = false;
    return seq;
}

void ControlDoor::accept_next() {
    acceptor_.async_accept([this](const boost::system::error_code& error, Local::socket socket) {
        if (!acceptor_.is_open()) return;
        std::erase_if(connections_, [](const auto& one) { return !one->is_open(); });
        if (!error && connections_.size() < kMaxConnections) {
            auto connection = std::make_shared<Connection>(*this, std::move(socket));
            if (connection->is_permitted()) {
                connections_.push_back(connection);
                connection->read();
            }
        }
        if (!error) return accept_next();
        // Such as no file descriptor that is free: who asks waits a moment, the orders of others do not.
        pause_.expires_after(kPause);
        pause_.async_wait([this](const boost::system::error_code& stopped) {
            if (!stopped && acceptor_.is_open()) accept_next();
        });
    });
}

ControlAnswer ControlDoor::answer(const ControlRequest& request) const {
    const auto handler = handlers_.find(request.line.verb);
    if (handler != handlers_.end()) return handler->second(request);
    std::string known;
    for (const auto& [verb, unused] : handlers_) known += (known.empty() ? "" : ", ") + verb;
    ControlAnswer none;
    none.refusal = "unknown verb; known are " + known;
    return none;
}

void ControlDoor::release(Seq durable) {
    for (const auto& connection : connections_) connection->release(durable);
}

void ControlDoor::close() {
    boost::system::error_code ignored;
    pause_.cancel();
    acceptor_.close(ignored);
    for (const auto& connection : connections_) connection->close();
    connections_.clear();
    if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace penstock::apps
