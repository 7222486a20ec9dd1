#include "fix/session/password_checker.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/post.hpp>

#include "fix/session/password.hpp"

namespace penstock::fix {

PasswordChecker::~PasswordChecker() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

bool PasswordChecker::check(std::weak_ptr<const void> asker, std::string password, std::string hash,
                            Done done) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() >= kMaxWaiting)
            std::erase_if(waiting_, [](const Job& job) { return job.asker.expired(); });
        if (waiting_.size() >= kMaxWaiting) return false;
        waiting_.push_back({std::move(asker), std::move(password), std::move(hash), std::move(done)});
    }
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    changed_.notify_one();
    return true;
}

void PasswordChecker::run() {
    // On Linux a priority is a thread's, in spite of the name. Less than the order path, not the least.
    constexpr int kLess = 5;
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLess));
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
        if (is_stopping_) return;
        const Job job = std::move(waiting_.front());
        waiting_.pop_front();
        // Never locked here: the last owner of a connection must not be this thread.
        if (job.asker.expired()) continue;
        lock.unlock();
        const bool matches = password_matches(job.password, job.hash);
        boost::asio::post(io_, [done = job.done, matches] { done(matches); });
        lock.lock();
    }
}

}  // namespace penstock::fix
