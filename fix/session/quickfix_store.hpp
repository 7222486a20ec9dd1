#pragma once

#include <quickfix/MessageStore.h>
#include <quickfix/SessionState.h>

#include "fix/session/rule_engine.hpp"

namespace penstock {
namespace fix {

/// QuickFIX's message store, answered by our host: numbers and sent messages live with the journal.
class QuickFixStore : public FIX::MessageStore {
  public:
    QuickFixStore(RuleHost& host, FIX::UtcTimeStamp& now, FIX::SessionState* const& state)
        : host_(host), now_(now), state_(state) {}

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
        if (state_ && state_->resendRange().second < number) state_->resendRange(0, 0);
    }
    void incrNextSenderMsgSeqNum() noexcept override { host_.set_next_out(host_.next_out() + 1); }
    void incrNextTargetMsgSeqNum() noexcept override { host_.count_in(); }

    // "Just now": resets by the clock are ours to decide, with time zones QuickFIX does not know. QuickFIX
    // asks for it to compare days with the time it was handed, which is this one, or has just read for
    // itself; an older one would be of another day for a message that is in hand at midnight.
    FIX::UtcTimeStamp getCreationTime() const noexcept override {
        now_.setCurrent();
        return now_;
    }
    void reset() noexcept override {
        host_.reset_numbers();
        if (!state_) return;
        state_->clearQueue();
        state_->resendRange(0, 0);
    }
    void refresh() noexcept override {}

  private:
    RuleHost& host_;
    FIX::UtcTimeStamp& now_;
    // What waits for a gap, and the gap that was asked for. QuickFIX 1.15.1 keeps both when the numbers are
    // set or start again at one: an old message would be taken under a new number, and a new gap not asked
    // for.
    FIX::SessionState* const& state_;
};

class QuickFixStores : public FIX::MessageStoreFactory {
  public:
    explicit QuickFixStores(RuleHost& host) : host_(host) {}
    /// Call with every hand-over of time to the session.
    const FIX::UtcTimeStamp& set_now() {
        now_.setCurrent();
        return now_;
    }
    /// Of the session that the store was created for, once it is there.
    void set_state(FIX::SessionState* state) { state_ = state; }
    FIX::MessageStore* create(const FIX::SessionID&) override {
        return new QuickFixStore(host_, now_, state_);
    }
    void destroy(FIX::MessageStore* store) override { delete store; }

  private:
    RuleHost& host_;
    FIX::UtcTimeStamp now_;
    FIX::SessionState* state_ = nullptr;
};

}  // namespace fix
}  // namespace penstock
