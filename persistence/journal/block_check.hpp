#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "persistence/journal/chain.hpp"

namespace penstock::persistence {

/// Compares blocks of the hash chain with their seals. A block needs nothing of the others, so a second
/// thread can do it while the first reads on. Public functions are for one thread.
class BlockCheck {
  public:
    BlockCheck() = default;
    ~BlockCheck();
    BlockCheck(const BlockCheck&) = delete;
    BlockCheck& operator=(const BlockCheck&) = delete;

    /// From now on a thread of its own helps.
    void check_beside();
    /// A block, the chain before it, and the seal that ends it, which lies at `sealed_at`. `bytes` stay where
    /// they are until first_changed() has returned. False: it was looked at here and now, and was changed.
    bool add(const Digest& before, std::string_view bytes, const SealPayload& seal, std::uint64_t sealed_at);

    struct Changed {
        std::uint64_t start = 0;
        std::uint64_t sealed_at = 0;
    };
    /// Waits for all that were added. The first that is not what its seal says, if there is one.
    std::optional<Changed> first_changed();

  private:
    struct Block {
        Digest before;
        std::string_view bytes;
        SealPayload seal;
        std::uint64_t sealed_at = 0;
    };
    /// More than so many are not put aside: the caller's thread checks the next one itself.
    static constexpr std::size_t kMaxWaiting = 64;

    void run();
    bool take(Block& block);
    bool judge(const Block& block, Chain& chain);

    Chain chain_;  // of the caller's thread
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Block> waiting_;
    std::size_t under_way_ = 0;  // taken, not judged
    std::optional<Changed> found_;
    bool ends_ = false;
    std::thread thread_;
};

}  // namespace penstock::persistence
