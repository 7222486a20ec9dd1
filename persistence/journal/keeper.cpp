#include "persistence/journal/keeper.hpp"

#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <iterator>

#include "persistence/journal/background.hpp"

namespace penstock::persistence {
namespace {

// The keeper is woken when as much waits. What it has not hashed yet when a new segment is entered is hashed
// then, while an order waits: usually no more than this, and more when no core is free for the keeper.
constexpr std::size_t kWakeAt = std::size_t{256} << 10U;
// Hashed in pieces of this size, some ten microseconds each, with the core free for the order path between
// them: on a machine with few cores both share one.
constexpr std::size_t kPiece = std::size_t{16} << 10U;

}  // namespace

Keeper::Keeper(const JournalSettings& settings, HeadFile& head, BatchWriter& writer, FailStop& fail_stop)
    : settings_(settings), head_(head), writer_(writer), fail_stop_(fail_stop), buffer_(kPiece) {}

Keeper::~Keeper() { stop(); }

void Keeper::start(std::shared_ptr<Segment> segment, const Digest& before, std::uint64_t block_start) {
    chain_.begin(before, block_start);
    unsettled_.push_back(segment);
    chained_ = std::move(segment);
    thread_ = std::thread([this] { run(); });
}

void Keeper::note_submitted(std::size_t bytes) {
    unhashed_ += bytes;
    if (unhashed_ < kWakeAt) return;
    unhashed_ = 0;
    {
        const std::lock_guard lock(wake_mutex_);
        kicked_ = true;
    }
    wake_.notify_one();
}

bool Keeper::take_seal(SealPayload& seal, std::uint64_t offset) {
    if (!seal_ready_.load(std::memory_order_acquire)) return false;
    // Never waits for a hash: the next batch can carry the seal as well.
    const std::unique_lock lock(chain_mutex_, std::try_to_lock);
    if (!lock || !has_pending_) return false;
    seal = pending_;
    has_pending_ = false;
    taken_ = true;
    carried_from_ = offset;
    seal_ready_.store(false);
    return true;
}

/// The last seal was taken: what is hashed from here on belongs to the block after it.
void Keeper::begin_sealed_block() {
    if (!taken_) return;
    chain_.begin(pending_.chain, pending_.end);
    begun_by_ = carried_from_;
}

Digest Keeper::change_segment(std::uint64_t end, std::shared_ptr<Segment> next) {
    {
        const std::lock_guard lock(entered_mutex_);
        entered_.push_back(next);
    }
    const std::lock_guard lock(chain_mutex_);
    begin_sealed_block();
    read_into_chain(*chained_, end);
    const Digest before = chain_.seal().chain;
    chain_.begin(before, 0);
    chained_ = std::move(next);
    has_pending_ = taken_ = false;
    begun_by_ = 0;
    seal_ready_.store(false);
    return before;
}

void Keeper::run() {
    give_way(Share::Less);
    using Clock = std::chrono::steady_clock;
    const auto interval = std::chrono::nanoseconds(settings_.watermark_interval.ns);
    auto next_move = Clock::now() + interval;
    bool stop = false;
    while (!stop) {
        {
            std::unique_lock lock(wake_mutex_);
            wake_.wait_until(lock, next_move, [this] { return kicked_ || stop_; });
            kicked_ = false;
            stop = stop_;
        }
        if (!fail_stop_.failed()) hash_up_to(writer_.point());
        if (Clock::now() < next_move && !stop) continue;
        move_watermark();
        next_move = Clock::now() + interval;
    }
}

void Keeper::hash_up_to(const Point& point) {
    while (!fail_stop_.failed() && hash_piece(point)) ::sched_yield();
}

/// False when nothing more of the point's segment is to be hashed.
bool Keeper::hash_piece(const Point& point) {
    const std::lock_guard lock(chain_mutex_);
    if (point.segment != chained_->first_seq()) return false;
    begin_sealed_block();
    taken_ = false;
    if (point.offset <= chain_.end()) return false;
    read_into_chain(*chained_, std::min<std::uint64_t>(point.offset, chain_.end() + kPiece));
    if (chain_.end() < point.offset) return true;
    pending_ = chain_.seal();
    has_pending_ = true;
    seal_ready_.store(true, std::memory_order_release);
    return false;
}

void Keeper::read_into_chain(const Segment& segment, std::uint64_t end) {
    while (chain_.end() < end) {
        const auto size =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), end - chain_.end()));
        std::size_t got = 0;
        int error = read_at(segment.fd(), buffer_.data(), size, chain_.end(), got);
        if (error == 0 && got != size) error = EIO;
        if (error != 0)
            return fail_stop_.disk_failed(segment.path().string(), "read back what was written", error);
        chain_.add(buffer_.data(), size);
    }
}

/// Segments that were left behind are finished: on the disk and under their names.
bool Keeper::settle_segments(const Point& point) {
    {
        const std::lock_guard lock(entered_mutex_);
        std::move(entered_.begin(), entered_.end(), std::back_inserter(unsettled_));
        entered_.clear();
    }
    while (!unsettled_.empty() && unsettled_.front()->first_seq() <= point.segment) {
        Segment& segment = *unsettled_.front();
        const bool current = segment.first_seq() == point.segment;
        int error = settings_.durability == Durability::Process ? sync_data(segment.fd()) : 0;
        if (error == 0 && !segment.is_named()) error = segment.take_name();
        // Out of descriptors, which strangers can bring about: what is durable is so under either name, a
        // start finds it, and the watermark can wait. Tried again at the next interval.
        if (error == EMFILE || error == ENFILE) return false;
        if (error != 0) {
            fail_stop_.disk_failed(segment.path().string(), "sync or name", error);
            return false;
        }
        if (current) break;
        unsettled_.pop_front();
    }
    return true;
}

bool Keeper::move_watermark() {
    if (fail_stop_.failed()) return false;
    const Point point = writer_.point();
    const Watermark& noted = head_.watermark();
    if (noted.segment == point.segment && noted.offset == point.offset) return true;
    if (!settle_segments(point)) return false;
    hash_up_to(point);
    return write_watermark(point);
}

bool Keeper::write_watermark(const Point& point) {
    Watermark next = head_.watermark();
    {
        const std::lock_guard lock(chain_mutex_);
        // The core went on to another segment, or the writer further: the next round will do.
        if (point.segment != chained_->first_seq() || chain_.end() != point.offset) return true;
        // The seal that begins this block is still on its way: a reader would look for it in vain.
        if (point.offset <= begun_by_) return true;
        const SealPayload seal = chain_.seal();
        next.block_start = seal.start;
        next.chain = seal.chain;
    }
    next.segment = point.segment;
    next.offset = point.offset;
    next.seq = point.seq;
    const int error = head_.move(next);
    if (error != 0) fail_stop_.disk_failed(head_.path().string(), "write", error);
    return error == 0;
}

SealPayload Keeper::seal_now() {
    hash_up_to(writer_.point());
    const std::lock_guard lock(chain_mutex_);
    begin_sealed_block();
    taken_ = has_pending_ = false;
    return chain_.seal();
}

void Keeper::accept(const SealPayload& seal) {
    const std::lock_guard lock(chain_mutex_);
    chain_.begin(seal.chain, seal.end);
}

void Keeper::stop() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(wake_mutex_);
        stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

}  // namespace penstock::persistence
