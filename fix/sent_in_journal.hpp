#pragma once

#include <optional>
#include <unordered_map>

#include "fix/egress.hpp"
#include "fix/session/sent_messages.hpp"
#include "oms/ports/journal.hpp"

namespace penstock::fix {

/// Sent messages made again from the journal: the record says what was said, and encoding it again
/// gives the same bytes, but for the time when the machine's clock was set back since. Memory: sixteen bytes
/// a message until the session's numbers are reset.
class SentInJournal final : public SentMessages {
  public:
    SentInJournal(oms::Journal& journal, FixEgress& egress) : journal_(journal), egress_(egress) {}

    void keep(std::uint32_t number, Seq record, std::string_view) override { records_[number] = record; }
    bool fetch(std::uint32_t number, std::string& out) override;
    void clear() override { records_.clear(); }
    /// What went out under this number since the numbers were last reset; nothing for session messages.
    std::optional<oms::Output> output(std::uint32_t number);

    /// The session whose messages these are. Before the first fetch.
    void belongs_to(FixSession& session) { session_ = &session; }

  private:
    bool find(std::uint32_t number, oms::Record& record, std::uint32_t& output);

    oms::Journal& journal_;
    FixEgress& egress_;
    FixSession* session_ = nullptr;
    std::unordered_map<std::uint32_t, Seq> records_;
};

}  // namespace penstock::fix
