#include "tests/sim/link.hpp"

#include <algorithm>

#include "tests/sim/fix_text.hpp"

namespace penstock::sim {

bool Link::can_connect() const {
    return !is_whole_ && !ends_[0].is_open && !ends_[1].is_open && ends_[0].session != nullptr &&
           ends_[1].session != nullptr;
}

void Link::connect() {
    ++connection_;
    is_whole_ = true;
    for (End& end : ends_) {
        end.is_open = true;
        end.incoming.clear();
        end.last_arrival = {};
    }
    world_.note([&] { return name_ + " connected"; });
    end_of(Side::Peer).session->opened();
    end_of(Side::Process).session->opened();
}

void Link::send(Side from, std::string_view bytes) {
    if (!is_whole_) return;
    world_.note([&] { return name_ + (from == Side::Process ? " < " : " > ") + readable(bytes); });
    End& to = end_of(other(from));
    const std::size_t first = world_.random.one_in(8) ? world_.random.below(bytes.size()) : bytes.size();
    for (const std::string_view piece : {bytes.substr(0, first), bytes.substr(first)}) {
        if (piece.empty()) continue;
        const std::int64_t longest_us = world_.is_healed ? 1'000 : world_.plan.delay_ms * 1'000;
        const Timestamp when = world_.agenda.now() + Duration{world_.random.between(20, longest_us) * 1'000};
        to.last_arrival = std::max(when, to.last_arrival);
        to.incoming.emplace_back(piece);
        world_.agenda.at(to.last_arrival,
                         [this, side = other(from), connection = connection_] { arrive(side, connection); });
    }
}

void Link::arrive(Side side, std::uint64_t connection) {
    End& end = end_of(side);
    if (connection != connection_ || end.incoming.empty() || !is_whole_) return;
    const std::string bytes = std::move(end.incoming.front());
    end.incoming.pop_front();
    end.session->on_bytes(bytes);
}

/// Of what is on its way a part arrives yet, up to any byte.
void Link::lose_tail(Side side) {
    End& end = end_of(side);
    std::string rest;
    for (const std::string& piece : end.incoming) rest += piece;
    end.incoming.clear();
    if (rest.empty() || end.session == nullptr) return;
    if (!world_.is_healed) rest.resize(world_.random.below(rest.size() + 1));
    if (!rest.empty()) end.session->on_bytes(rest);
}

void Link::cut() {
    if (!is_whole_) return;
    ++world_.tally.cuts;
    world_.note([&] { return name_ + " cut"; });
    is_whole_ = false;
    for (const Side side : {Side::Process, Side::Peer}) {
        lose_tail(side);
        const bool is_late = !world_.is_healed && world_.random.one_in(3);
        const std::int64_t late_ms = is_late ? world_.random.between(0, 3'000) : 0;
        world_.agenda.in(Duration::milliseconds(late_ms), [this, side, connection = connection_] {
            if (connection == connection_) notice(side);
        });
    }
}

void Link::notice(Side side) {
    End& end = end_of(side);
    if (!end.is_open) return;
    end.is_open = false;
    if (end.session != nullptr) end.session->closed();
    if (!ends_[0].is_open && !ends_[1].is_open && on_down) on_down();
}

void Link::process_died() {
    end_of(Side::Process).incoming.clear();
    const bool was_open = end_of(Side::Process).is_open;
    end_of(Side::Process).is_open = false;
    if (is_whole_) {
        is_whole_ = false;
        lose_tail(Side::Peer);
    }
    if (end_of(Side::Peer).is_open) {
        world_.agenda.in(
            Duration::milliseconds(world_.random.between(0, 500)), [this, connection = connection_] {
                if (connection == connection_) notice(Side::Peer);
            });
    } else if (was_open && on_down) {
        on_down();
    }
}

}  // namespace penstock::sim
