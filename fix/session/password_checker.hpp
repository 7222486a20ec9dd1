#pragma once

#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace penstock::fix {

/// Checks passwords on a thread of its own, one after the other in the order asked: a check takes tens of
/// milliseconds by design, which no order is to wait for. All calls and answers on the io_context's thread.
class PasswordChecker {
  public:
    /// Logons that wait. At the bound a logon is refused: the last in the line must be answered before its
    /// peer gives up, ten seconds in most engines.
    static constexpr std::size_t kMaxWaiting = 64;
    using Done = std::function<void(bool matches)>;

    explicit PasswordChecker(boost::asio::io_context& io) : io_(io) {}
    /// Waits for the check under way; what waits is not answered.
    ~PasswordChecker();
    PasswordChecker(const PasswordChecker&) = delete;
    PasswordChecker& operator=(const PasswordChecker&) = delete;

    /// False when kMaxWaiting wait. `asker` is not kept alive; when it is gone nothing is checked for it.
    bool check(std::weak_ptr<const void> asker, std::string password, std::string hash, Done done);

  private:
    struct Job {
        std::weak_ptr<const void> asker;
        std::string password;
        std::string hash;
        Done done;
    };

    void run();

    boost::asio::io_context& io_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> waiting_;
    bool is_stopping_ = false;
    std::thread thread_;  // from the first check on
};

}  // namespace penstock::fix
