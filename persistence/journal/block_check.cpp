#include "persistence/journal/block_check.hpp"

namespace penstock::persistence {

BlockCheck::~BlockCheck() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void BlockCheck::check_beside() {
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

bool BlockCheck::add(const Digest& before, std::string_view bytes, const SealPayload& seal,
                     std::uint64_t sealed_at) {
    const Block block{before, bytes, seal, sealed_at};
    if (thread_.joinable()) {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() < kMaxWaiting) {
            waiting_.push_back(block);
            changed_.notify_all();
            return true;
        }
    }
    return judge(block, chain_);
}

std::optional<BlockCheck::Changed> BlockCheck::first_changed() {
    for (Block block; take(block);) {
        judge(block, chain_);
        const std::lock_guard lock(mutex_);
        --under_way_;
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return under_way_ == 0; });
    return found_;
}

bool BlockCheck::take(Block& block) {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) return false;
    block = waiting_.front();
    waiting_.pop_front();
    ++under_way_;
    return true;
}

bool BlockCheck::judge(const Block& block, Chain& chain) {
    chain.begin(block.before, block.seal.start);
    chain.add(block.bytes.data(), block.bytes.size());
    if (chain.seal().chain == block.seal.chain) return true;
    const std::lock_guard lock(mutex_);
    if (!found_ || block.sealed_at < found_->sealed_at) found_ = {block.seal.start, block.sealed_at};
    return false;
}

void BlockCheck::run() {
    Chain chain;
    for (Block block;;) {
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return ends_ || !waiting_.empty(); });
            if (ends_) return;
        }
        if (!take(block)) continue;
        judge(block, chain);
        const std::lock_guard lock(mutex_);
        --under_way_;
        changed_.notify_all();
    }
}

}  // namespace penstock::persistence
