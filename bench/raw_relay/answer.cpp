#include "bench/raw_relay/answer.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "bench/relay/fix_link.hpp"
#include "bench/support/clock.hpp"

namespace penstock::bench {
namespace {

constexpr std::size_t kBuffer = std::size_t{256} << 10U;

int wait_for_peer(int listener, const volatile int& stopped) {
    while (stopped == 0) {
        pollfd waiting{listener, POLLIN, 0};
        if (::poll(&waiting, 1, 500) <= 0) continue;
        const int fd = accept_one(listener);
        if (fd >= 0) return fd;
    }
    return -1;
}

bool send_all(int fd, const std::vector<char>& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t put = ::send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (put < 0 && errno != EAGAIN && errno != EINTR) return false;
        if (put > 0) sent += static_cast<std::size_t>(put);
    }
    return true;
}

}  // namespace

void answer_requests(int listener, bool spins, const volatile int& stopped) {
    const int fd = wait_for_peer(listener, stopped);
    std::vector<char> in(kBuffer);
    std::vector<char> out;
    std::size_t held = 0;
    while (fd >= 0 && stopped == 0) {
        pollfd waiting{fd, POLLIN, 0};
        if (!spins && ::poll(&waiting, 1, 500) <= 0) continue;
        const ssize_t got = ::recv(fd, in.data() + held, in.size() - held, 0);
        if (got == 0) break;
        if (got < 0) continue;
        held += static_cast<std::size_t>(got);
        AnswerHead head{0, now_ns()};
        out.clear();
        std::size_t at = 0;
        for (; at + kRequestBytes <= held; at += kRequestBytes) {
            std::memcpy(&head.number, in.data() + at, sizeof head.number);
            const std::size_t begin = out.size();
            out.resize(begin + kAnswerBytes);
            std::memcpy(out.data() + begin, &head, sizeof head);
        }
        std::memmove(in.data(), in.data() + at, held - at);
        held -= at;
        if (!send_all(fd, out)) break;
    }
    if (fd >= 0) ::close(fd);
}

}  // namespace penstock::bench
