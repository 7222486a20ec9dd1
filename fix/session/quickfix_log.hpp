#pragma once

#include <quickfix/Log.h>

#include "fix/session/rule_engine.hpp"

namespace penstock {
namespace fix {

/// QuickFIX's log, handed to our host, which redacts and writes it without holding anybody up.
class QuickFixLog : public FIX::Log {
  public:
    explicit QuickFixLog(RuleHost& host) : host_(host) {}
    void clear() override {}
    void backup() override {}
    void onIncoming(const std::string& message) override { host_.log(message, true, false); }
    void onOutgoing(const std::string& message) override { host_.log(message, false, true); }
    void onEvent(const std::string& text) override { host_.log(text, false, false); }

  private:
    RuleHost& host_;
};

class QuickFixLogs : public FIX::LogFactory {
  public:
    explicit QuickFixLogs(RuleHost& host) : host_(host) {}
    FIX::Log* create() override { return new QuickFixLog(host_); }
    FIX::Log* create(const FIX::SessionID&) override { return new QuickFixLog(host_); }
    void destroy(FIX::Log* log) override { delete log; }

  private:
    RuleHost& host_;
};

}  // namespace fix
}  // namespace penstock
