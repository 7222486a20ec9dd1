#include "apps/penstock_witness/http_door.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <set>

namespace penstock::apps {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Problem = boost::system::error_code;
using Response = http::response<http::string_body>;

constexpr std::string_view kPath = "/add-checkpoint";
/// Longer headers than any client of this protocol sends.
constexpr std::uint32_t kMaxHeaderBytes = 8192;

Response response_to(const http::request<http::string_body>& request, const AddCheckpoint& add_checkpoint) {
    Response response{http::status::not_found, request.version()};
    response.keep_alive(request.keep_alive());
    response.set(http::field::content_type, "text/plain; charset=utf-8");
    const bool is_ours = std::string_view(request.target().data(), request.target().size()) == kPath;
    if (!is_ours) {
        response.body() = "only POST /add-checkpoint\n";
    } else if (request.method() != http::verb::post) {
        response.result(http::status::method_not_allowed);
        response.set(http::field::allow, "POST");
    } else {
        compliance::WitnessAnswer answer = add_checkpoint(request.body());
        response.result(answer.status);
        response.set(http::field::content_type, answer.content_type);
        response.body() = std::move(answer.body);
    }
    response.prepare_payload();
    return response;
}

}  // namespace

class HttpDoor::Impl : public std::enable_shared_from_this<Impl> {
  public:
    Impl(asio::io_context& io, AddCheckpoint add_checkpoint)
        : io_(io), acceptor_(io), add_checkpoint_(std::move(add_checkpoint)) {}

    std::optional<std::string> open(const std::string& host, std::uint16_t port) {
        Problem problem;
        const auto address = asio::ip::make_address(host, problem);
        if (problem) return host + " is no address";
        const asio::ip::tcp::endpoint endpoint(address, port);
        acceptor_.open(endpoint.protocol(), problem);
        if (!problem) acceptor_.set_option(asio::socket_base::reuse_address(true), problem);
        if (!problem) acceptor_.bind(endpoint, problem);
        if (!problem) acceptor_.listen(asio::socket_base::max_listen_connections, problem);
        if (problem)
            return "cannot listen on " + host + ":" + std::to_string(port) + ": " + problem.message();
        accept();
        return std::nullopt;
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    void close() {
        Problem ignored;
        acceptor_.close(ignored);
        for (const auto& connection : connections_) connection->stream.cancel();
    }

  private:
    struct Connection {
        explicit Connection(asio::ip::tcp::socket socket) : stream(std::move(socket)) {}
        beast::tcp_stream stream;
        beast::flat_buffer buffer;
        std::optional<http::request_parser<http::string_body>> parser;
        Response response;
    };
    using Shared = std::shared_ptr<Connection>;

    void accept() {
        acceptor_.async_accept([self = shared_from_this()](Problem problem, asio::ip::tcp::socket socket) {
            if (!self->acceptor_.is_open()) return;
            // Refused, the socket closes as it goes out of scope.
            if (!problem && self->connections_.size() < kMaxConnections) {
                const auto connection = std::make_shared<Connection>(std::move(socket));
                self->connections_.insert(connection);
                self->read(connection);
            }
            self->accept();
        });
    }

    void read(const Shared& connection) {
        connection->parser.emplace();
        connection->parser->body_limit(compliance::kMaxRequestBytes);
        connection->parser->header_limit(kMaxHeaderBytes);
        connection->stream.expires_after(std::chrono::seconds(kPatience));
        http::async_read(connection->stream, connection->buffer, *connection->parser,
                         [self = shared_from_this(), connection](Problem problem, std::size_t) {
                             self->answer(connection, problem);
                         });
    }

    void answer(const Shared& connection, Problem problem) {
        if (problem == http::error::body_limit) {
            connection->response = Response{http::status::payload_too_large, 11};
            connection->response.keep_alive(false);
            connection->response.prepare_payload();
        } else if (problem) {
            connections_.erase(connection);
            return;
        } else {
            connection->response = response_to(connection->parser->get(), add_checkpoint_);
        }
        http::async_write(connection->stream, connection->response,
                          [self = shared_from_this(), connection](Problem failed, std::size_t) {
                              const bool goes_on =
                                  !failed && connection->response.keep_alive() && self->acceptor_.is_open();
                              if (goes_on) return self->read(connection);
                              Problem ignored;
                              connection->stream.socket().shutdown(asio::socket_base::shutdown_both, ignored);
                              self->connections_.erase(connection);
                          });
    }

    asio::io_context& io_;
    asio::ip::tcp::acceptor acceptor_;
    AddCheckpoint add_checkpoint_;
    std::set<Shared> connections_;
};

HttpDoor::HttpDoor(asio::io_context& io, AddCheckpoint add_checkpoint)
    : impl_(std::make_shared<Impl>(io, std::move(add_checkpoint))) {}
HttpDoor::~HttpDoor() = default;
std::optional<std::string> HttpDoor::open(const std::string& host, std::uint16_t port) {
    return impl_->open(host, port);
}
std::uint16_t HttpDoor::port() const { return impl_->port(); }
void HttpDoor::close() { impl_->close(); }

}  // namespace penstock::apps
