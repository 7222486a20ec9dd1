#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/penstockd/audit.hpp"
#include "apps/penstockd/control_door.hpp"
#include "apps/penstockd/snapshot_taker.hpp"
#include "apps/penstockd/tape.hpp"
#include "apps/runtime/event_loop.hpp"
#include "apps/runtime/fix_log.hpp"
#include "apps/runtime/journal_check.hpp"
#include "apps/runtime/log.hpp"
#include "apps/runtime/shipper.hpp"
#include "apps/runtime/snapshots.hpp"
#include "apps/runtime/system_clock.hpp"
#include "config/config.hpp"
#include "fix/client_door.hpp"
#include "fix/recovered_numbers.hpp"
#include "fix/sent_in_journal.hpp"
#include "gateways/fix_venue/trading_days.hpp"
#include "gateways/fix_venue/venue_door.hpp"
#include "oms/engine/pipeline.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::apps {

/// The whole of penstockd, put together: who knows whom is written here and nowhere else.
class Server {
  public:
    enum class Events { Printed, Silent };
    Server(const config::Config& config, Log& log, Events events);
    ~Server();

    /// Recovers and binds. Nothing when it worked, else what is wrong in a line for operators. Nothing
    /// is listened to before recovery is complete.
    std::optional<std::string> start();
    /// The first step of start() alone: opens the journal and executes it again, from the newest snapshot or
    /// all of it.
    enum class From { NewestSnapshot, FirstRecord };
    std::optional<std::string> recover(From from);
    /// Serves until SIGINT or SIGTERM; then drains and closes.
    void run();

    std::vector<std::uint16_t> ports() const { return engine_.ports(); }
    std::uint64_t state_hash() const { return core_.state_hash(); }
    const persistence::Recovery& recovery() const { return recovery_; }

  private:
    std::string hash_text() const;
    std::filesystem::path snapshots() const { return config_.state_directory / "snapshots"; }
    std::optional<ReadOn> restore(From from);
    void make_sessions();
    void define_all();
    void end_old_sessions();
    void begin_trading_days();
    Seq halt_after_restore();
    void forget_restore(Seq halted);
    void check_journal();
    std::optional<std::string> open_control();
    std::optional<std::string> open_audit();
    void touch_memory();
    void connect_session(std::size_t index);
    void wake_on_durable();
    void tell_time();
    void drain();
    void await_logouts();
    bool end_turn();
    bool before_sleep();

    config::Config config_;
    Log& log_;
    FixLogFiles fix_logs_;
    boost::asio::io_context io_;
    SystemClock clock_;
    oms::Core core_;
    std::unique_ptr<persistence::SegmentJournal> journal_;
    persistence::Recovery recovery_;
    Timestamp last_time_;  // of the last recovered record
    Seq restored_;         // the record of the snapshot it began with
    std::optional<SnapshotTaker> snapshot_taker_;
    std::optional<ControlDoor> control_;
    std::optional<Shipper> shipper_;
    std::optional<JournalCheck> journal_check_;       // after a start from a snapshot
    std::unique_ptr<compliance::AuditThread> audit_;  // none: the configuration asks for none
    fix::RecoveredNumbers numbers_;
    oms::IdSpace ids_;
    std::unique_ptr<oms::Pipeline> pipeline_;
    std::unique_ptr<fix::ClientDoor> client_door_;
    std::unique_ptr<fix::DropCopyDoor> drop_copy_door_;
    std::vector<std::unique_ptr<gateways::VenueDoor>> venue_doors_;
    fix::FixEngine engine_;
    std::unique_ptr<fix::FixEgress> egress_;
    std::vector<fix::SentInJournal*> sent_;  // one a session, owned by the session
    std::optional<Tape> tape_;
    std::optional<gateways::TradingDays> trading_days_;
    bool prints_events_;
    EventLoop loop_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer time_timer_;
    boost::asio::steady_timer drain_timer_;
    std::optional<boost::asio::posix::stream_descriptor> durable_;
    bool is_draining_ = false;
    std::chrono::steady_clock::time_point drain_until_;
};

}  // namespace penstock::apps
