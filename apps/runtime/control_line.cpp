#include "apps/runtime/control_line.hpp"

#include <pwd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <cstring>

#include "persistence/journal/disk.hpp"

namespace penstock::apps {
namespace {

constexpr long kAnswerSeconds = 30;
constexpr std::size_t kMaxAnswer = std::size_t{4} << 20U;

bool is_plain(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return std::isalnum(byte) != 0 || std::strchr("._-:/@", letter) != nullptr;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter != '\0' && is_plain(letter)) {
            out += letter;
            continue;
        }
        std::array<char, 4> hex{};
        std::snprintf(hex.data(), hex.size(), "%%%02X", static_cast<unsigned char>(letter));
        out += hex.data();
    }
    return out;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.front() != '%') {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        unsigned value = 0;
        if (text.size() < 3) return std::nullopt;
        const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 3, value, 16);
        if (error != std::errc{} || end != text.data() + 3) return std::nullopt;
        out += static_cast<char>(value);
        text.remove_prefix(3);
    }
    return out;
}

bool send_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t sent = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string receive_line(int fd) {
    std::string text;
    std::array<char, 4096> piece{};
    while (text.find('\n') == std::string::npos && text.size() < kMaxAnswer) {
        const ssize_t got = ::recv(fd, piece.data(), piece.size(), 0);
        if (got <= 0) break;
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
    return text.substr(0, text.find('\n'));
}

}  // namespace

std::string write_control_line(const ControlLine& line) {
    std::string text = line.verb;
    for (const auto& [name, value] : line.words) text += " " + name + "=" + escaped(value);
    return text;
}

std::optional<ControlLine> parse_control_line(std::string_view text) {
    ControlLine line;
    const auto next = [&] {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        return word;
    };
    line.verb = next();
    if (line.verb.empty()) return std::nullopt;
    while (!text.empty()) {
        const std::string_view word = next();
        const std::size_t equals = word.find('=');
        if (equals == 0 || equals == std::string_view::npos) return std::nullopt;
        auto value = unescaped(word.substr(equals + 1));
        if (!value) return std::nullopt;
        line.words[std::string(word.substr(0, equals))] = std::move(*value);
    }
    return line;
}

std::optional<ControlReply> ask_control(const std::string& socket, const ControlLine& line) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket.size() >= sizeof address.sun_path) return std::nullopt;
    std::memcpy(address.sun_path, socket.data(), socket.size());
    const persistence::Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd.is_open()) return std::nullopt;
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return std::nullopt;
    const timeval patience{kAnswerSeconds, 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (!send_all(fd.get(), write_control_line(line) + "\n"))
        return ControlReply{false, "penstockd closed the connection"};
    const std::string answer = receive_line(fd.get());
    if (answer.starts_with("ok ")) return ControlReply{true, answer.substr(3)};
    if (answer.starts_with("no ")) return ControlReply{false, answer.substr(3)};
    return ControlReply{false, "no answer from penstockd; whether it was done is not known"};
}

std::string user_at_host(unsigned uid) {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
    std::array<char, 4096> room{};
    passwd entry{};
    passwd* found = nullptr;
    const bool has_name =
        ::getpwuid_r(uid, &entry, room.data(), room.size(), &found) == 0 && found != nullptr;
    return (has_name ? std::string(entry.pw_name) : std::to_string(uid)) + "@" + host.data();
}

}  // namespace penstock::apps
