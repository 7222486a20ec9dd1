#pragma once

#include <quickfix/MessageStore.h>

#include "fix/session/rule_engine.hpp"

namespace penstock {
namespace fix {

/// QuickFIX's message store, answered by our host: numbers and sent messages live with the journal.
class QuickFixStore : public FIX::MessageStore {
  public:
    QuickFixStore(RuleHost& host, const FIX::UtcTimeStamp& now) : host_(host), now_(now) {}

    bool set(int number, const std::string& message) noexcept override {
        host_.keep_sent(static_cast<std::uint32_t>(number), message);
        return true;
    }
    void get(int begin, int end, std::vector<std::string>& out) const noexcept override {
        if (begin < 1 || end < begin) return;
        host_.fetch_sent(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), out);
    }
    int getNextSenderMsgSeqNum() const noexcept override { return static_cast<int>(host_.next_out()); }
    int getNextTargetMsgSeqNum() const noexcept override { return static_cast<int>(host_.next_in()); }
    void setNextSenderMsgSeqNum(int number) noexcept override {
        host_.set_next_out(static_cast<std::uint32_t>(number));
    }
    void setNextTargetMsgSeqNum(int number) noexcept override {
        host_.set_next_in(static_cast<std::uint32_t>(number));
    }
    void incrNextSenderMsgSeqNum() noexcept override { host_.set_next_out(host_.next_out() + 1); }
    void incrNextTargetMsgSeqNum() noexcept override { host_.set_next_in(host_.next_in() + 1); }

    // "Just now", to the nanosecond the session is being told: resets by the clock are ours to decide,
    // with time zones QuickFIX does not know.
    FIX::UtcTimeStamp getCreationTime() const noexcept override { return now_; }
    void reset() noexcept override { host_.reset_numbers(); }
    void refresh() noexcept override {}

  private:
    RuleHost& host_;
    const FIX::UtcTimeStamp& now_;
};

class QuickFixStores : public FIX::MessageStoreFactory {
  public:
    explicit QuickFixStores(RuleHost& host) : host_(host) {}
    /// Call with every hand-over of time to the session.
    const FIX::UtcTimeStamp& set_now() {
        now_.setCurrent();
        return now_;
    }
    FIX::MessageStore* create(const FIX::SessionID&) override { return new QuickFixStore(host_, now_); }
    void destroy(FIX::MessageStore* store) override { delete store; }

  private:
    RuleHost& host_;
    FIX::UtcTimeStamp now_;
};

}  // namespace fix
}  // namespace penstock
