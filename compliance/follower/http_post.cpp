#include "compliance/follower/http_post.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <memory>

namespace penstock::compliance {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::string_view kScheme = "http://";

/// A socket that never waits longer than its deadline.
class Connection {
  public:
    explicit Connection(const addrinfo& to)
        : fd_(::socket(to.ai_family, to.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, to.ai_protocol)),
          until_(Clock::now() + std::chrono::seconds(kHttpSeconds)) {
        if (fd_ < 0) return;
        const bool is_begun = ::connect(fd_, to.ai_addr, to.ai_addrlen) == 0 || errno == EINPROGRESS;
        int error = 0;
        socklen_t size = sizeof error;
        is_open_ = is_begun && await(POLLOUT) &&
                   ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        if (fd_ >= 0) ::close(fd_);
    }
    bool is_open() const { return is_open_; }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent < 0 && errno == EAGAIN && await(POLLOUT)) continue;
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// Until the other side closes: we asked it to.
    std::string receive() {
        std::string bytes;
        char buffer[4096];
        while (bytes.size() < kMaxAnswer && await(POLLIN)) {
            const ssize_t got = ::recv(fd_, buffer, sizeof buffer, 0);
            if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
            if (got <= 0) break;
            bytes.append(buffer, static_cast<std::size_t>(got));
        }
        return bytes;
    }

  private:
    bool await(short events) const {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until_ - Clock::now());
        pollfd one{fd_, events, 0};
        return left.count() > 0 && ::poll(&one, 1, static_cast<int>(left.count())) == 1;
    }

    int fd_;
    Clock::time_point until_;
    bool is_open_ = false;
};

HttpAnswer parse_answer(std::string_view bytes) {
    HttpAnswer answer;
    const std::size_t head = bytes.find("\r\n\r\n");
    if (!bytes.starts_with("HTTP/1.") || head == std::string_view::npos || bytes.size() < 12)
        return {0, "its answer is no HTTP"};
    const std::string_view digits = bytes.substr(9, 3);
    std::from_chars(digits.data(), digits.data() + digits.size(), answer.status);
    answer.body = bytes.substr(head + 4);
    return answer;
}

}  // namespace

std::optional<HttpUrl> parse_http_url(std::string_view url) {
    if (!url.starts_with(kScheme)) return std::nullopt;
    url.remove_prefix(kScheme.size());
    HttpUrl parsed;
    const std::size_t slash = std::min(url.find('/'), url.size());
    parsed.path = url.substr(slash);
    while (parsed.path.ends_with('/')) parsed.path.pop_back();
    std::string_view place = url.substr(0, slash);
    const std::size_t colon = place.rfind(':');
    // An IPv6 address has colons too, inside its brackets.
    if (colon != std::string_view::npos && place.find(']', colon) == std::string_view::npos) {
        parsed.port = place.substr(colon + 1);
        place = place.substr(0, colon);
    }
    if (place.starts_with('[') && place.ends_with(']')) place = place.substr(1, place.size() - 2);
    parsed.host = place;
    const bool is_port =
        !parsed.port.empty() && parsed.port.size() <= 5 &&
        std::all_of(
            parsed.port.begin(), parsed.port.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
    const bool is_plain = url.find_first_of(" \r\n") == std::string_view::npos;
    return parsed.host.empty() || !is_port || !is_plain ? std::nullopt : std::optional(parsed);
}

HttpAnswer http_post(const HttpUrl& url, std::string_view target, std::string_view body) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(url.host.c_str(), url.port.c_str(), &hints, &found) != 0)
        return {0, "its name cannot be resolved"};
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, ::freeaddrinfo);
    const std::string request =
        "POST " + url.path + std::string(target) + " HTTP/1.1\r\nHost: " + url.host +
        "\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
        Connection connection(*at);
        if (!connection.is_open()) continue;
        if (!connection.send(request)) return {0, "the connection broke"};
        return parse_answer(connection.receive());
    }
    return {0, "it cannot be connected to"};
}

}  // namespace penstock::compliance
