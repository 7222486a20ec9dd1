#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "oms/ports/snapshot.hpp"

namespace penstock::fix {

/// Where each session's numbers stand after a journal was replayed, and which record each sent
/// message came from. Inbound numbers stand exactly as far as the journal is durable, so a message
/// that was lost is asked for again and one that was kept is never applied twice.
class RecoveredNumbers final : public oms::Learner {
  public:
    struct Numbers {
        std::uint32_t next_in = 1;
        std::uint32_t next_out = 1;
        Timestamp moved_at;
        std::vector<std::pair<std::uint32_t, Seq>> sent;  // number, record

        friend bool operator==(const Numbers&, const Numbers&) = default;
    };

    void learn(const oms::Input& input, std::span<const oms::WireNumber> numbers) override;
    /// Two to four bytes a message: numbers and records go up in small steps.
    void save(oms::ByteSink& out) const override;
    bool load(std::string_view bytes) override;
    void forget() override { sessions_.clear(); }
    friend bool operator==(const RecoveredNumbers& a, const RecoveredNumbers& b) {
        return a.sessions_ == b.sessions_;
    }
    const Numbers& of(SessionId session) { return sessions_[session]; }

  private:
    std::map<SessionId, Numbers> sessions_;
};

}  // namespace penstock::fix
