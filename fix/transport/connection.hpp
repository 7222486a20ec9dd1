#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/transport/send_queue.hpp"
#include "fix/transport/settings.hpp"
#include "fix/transport/tls.hpp"

namespace penstock::fix {

class Connection;

/// Connections that hold bytes to send. A loop turn releases these and looks at no others.
using ReleaseList = std::vector<std::shared_ptr<Connection>>;

/// Who a connection reports to. Called on the loop's thread.
class ConnectionUser {
  public:
    virtual ~ConnectionUser() = default;
    /// One whole message, as framed. The bytes are gone when the call returns.
    virtual void on_frame(Connection& connection, std::string_view frame) = 0;
    /// The connection is dead; `why` is for the log. Called once, never from inside a call of ours.
    virtual void on_closed(Connection& connection, std::string_view why) = 0;
};

/// One TCP connection, plain or TLS: frames in, held bytes out. Not thread-safe; owned by shared_ptr
/// because a read may be in flight when its user lets go.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    using Socket = boost::asio::ip::tcp::socket;

    /// `tls` none: plain. Call start() once the user is set. `to_release` outlives the connection.
    Connection(Socket socket, const ConnectionLimits& limits, std::unique_ptr<TlsStream> tls,
               ReleaseList& to_release);

    void set_user(ConnectionUser* user) { user_ = user; }
    void set_max_message_bytes(std::size_t bytes) { limits_.max_message_bytes = bytes; }
    /// Begins to read. `connecting`: this side opens the TLS handshake.
    void start(bool connecting);

    /// Bytes to send once their record is durable; see SendQueue.
    void push(std::string_view bytes, Seq hold);
    void push_unsettled(std::string_view bytes);
    void settle(Seq hold) { out_.settle(hold); }
    /// So many bytes of a resend follow. The peer asked for them, so they do not count against the bound
    /// of the queue; who asks again before it has read them is cut off.
    void expect_resend(std::size_t bytes);
    /// Sends what is durable, in one write if the kernel takes it. True when bytes still wait for
    /// their record.
    bool release(Seq durable);
    /// Reads no more, and closes once everything pushed so far was released and sent, or at the first
    /// sign that the peer does not take it. `why` reaches the user's log, not the peer.
    void close(std::string_view why);
    /// Of the next bytes pushed only the first `bytes` leave; then it closes. For simulated venues.
    void cut_after(std::size_t bytes) { cut_after_ = bytes; }
    bool is_open() const { return socket_.is_open() && !closing_; }

    /// Cuts no more messages until `resume`. Up to the size of one message is read on, so that a peer that
    /// goes is noticed; the rest waits in the kernel. From inside on_frame.
    void hold() { is_held_ = true; }
    void resume();
    bool is_held() const { return is_held_; }
    /// Bytes that the kernel has not taken.
    std::size_t queued() const { return out_.size() + cipher_out_.size(); }

    std::string peer_address() const;
    std::optional<std::string> peer_common_name() const;

  private:
    void read();
    void on_read(std::size_t count);
    void read_on();
    void cut_frames();
    void send_released(Seq durable);
    void write_out();
    void finish_closing();
    void ask_for_release();
    void shut(std::string why);
    std::string_view cut(std::string_view bytes);

    Socket socket_;
    ConnectionLimits limits_;
    std::unique_ptr<TlsStream> tls_;
    ConnectionUser* user_ = nullptr;
    std::string peer_address_;
    std::string read_buffer_;  // as large as one message may be, up to 64 KiB
    std::string in_;           // bytes not yet cut into frames; bounded by max_message_bytes + one read
    SendQueue out_;
    std::size_t resend_bytes_ = 0;  // of a resend that the peer has not taken yet, at most
    ReleaseList& to_release_;
    bool is_listed_ = false;
    std::string cipher_out_;  // TLS bytes the kernel has not taken
    bool is_writing_ = false;
    bool is_held_ = false;
    bool is_reading_ = false;
    bool closing_ = false;  // nothing more is read
    std::optional<std::size_t> cut_after_;
    bool is_cut_ = false;  // nothing more is sent
    std::string close_reason_;
    bool reported_ = false;
};

}  // namespace penstock::fix
