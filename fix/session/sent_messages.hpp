#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "oms/domain/ids.hpp"

namespace penstock::fix {

/// MsgSeqNums without a gap.
struct NumberRange {
    std::uint32_t from = 0;  // 0: empty
    std::uint32_t to = 0;

    bool empty() const { return from == 0; }
    bool is_next(std::uint32_t number) const { return empty() || number == to + 1; }
    /// Takes in `first` to `last`. `first` is next.
    void add(std::uint32_t first, std::uint32_t last) {
        if (empty()) from = first;
        to = last;
    }
};

/// Application messages sent on one session, for ResendRequest(2).
class SentMessages {
  public:
    virtual ~SentMessages() = default;
    /// `record` is the journal record the message came from; `bytes` the whole message, or empty for
    /// one that was numbered while nobody was logged on.
    virtual void keep(std::uint32_t number, Seq record, std::string_view bytes) = 0;
    /// False when there is no such application message: a gap fill stands for it.
    virtual bool fetch(std::uint32_t number, std::string& out) = 0;
    virtual void clear() = 0;
};

/// Keeps the bytes in memory. For clients and simulated venues, whose sessions do not outlive them.
/// Bound: the newest kMessages; older ones are gap-filled.
class SentInMemory final : public SentMessages {
  public:
    static constexpr std::size_t kMessages = 100'000;
    void keep(std::uint32_t number, Seq, std::string_view bytes) override {
        messages_[number] = bytes;
        if (messages_.size() > kMessages) messages_.erase(messages_.begin());
    }
    bool fetch(std::uint32_t number, std::string& out) override {
        const auto found = messages_.find(number);
        if (found == messages_.end()) return false;
        out = found->second;
        return true;
    }
    void clear() override { messages_.clear(); }

  private:
    std::map<std::uint32_t, std::string> messages_;
};

}  // namespace penstock::fix
