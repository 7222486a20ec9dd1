#pragma once

#include <map>

#include "tests/sim/process.hpp"
#include "tests/sim/session.hpp"

namespace penstock::sim {

/// Messages that went out, made again from the journal as fix/sent_in_journal.cpp does.
class SentFromJournal final : public fix::SentMessages {
  public:
    explicit SentFromJournal(Process& process) : process_(process) {}

    void keep(std::uint32_t number, Seq record, std::string_view) override { records_[number] = record; }
    bool fetch(std::uint32_t number, std::string& out) override;
    void clear() override { records_.clear(); }
    std::optional<oms::Output> output(std::uint32_t number, Timestamp* time = nullptr);

    void belongs_to(const fix::SessionSettings& settings, SessionId id) {
        settings_ = &settings;
        id_ = id;
    }

  private:
    Process& process_;
    const fix::SessionSettings* settings_ = nullptr;
    SessionId id_;
    std::map<std::uint32_t, Seq> records_;
};

/// The process's end of a session: messages become inputs as in fix/client_door.cpp and
/// gateways/fix_venue/venue_door.cpp, numbers are journalled, and nothing leaves before its record.
class OurSession final : public Session {
  public:
    OurSession(Process& process, std::size_t link, const fix::SessionSettings& settings, bool is_venue,
               std::unique_ptr<SentFromJournal> sent);

    void is_known_as(SessionId id, const fix::RecoveredNumbers::Numbers& numbers);
    SessionId id() const { return id_; }

  private:
    Timestamp time() override { return process_.now(); }
    void write(std::string_view message, Seq record) override { process_.hold(link_, message, record); }
    void deliver(const fix::MessageIndex& message, std::uint32_t number) override;
    void deliver_venue(const fix::MessageIndex& message, std::uint32_t number);
    void state_changed(bool is_up) override;
    Seq numbers_moved() override;
    bool may_resend(std::string_view msg_type) override;

    Process& process_;
    std::size_t link_;
    bool is_venue_;
    SentFromJournal& sent_;
    SessionId id_;
};

}  // namespace penstock::sim
