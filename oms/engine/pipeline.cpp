#include "oms/engine/pipeline.hpp"

#include <algorithm>

namespace penstock::oms {

void Pipeline::continue_after(Seq last, Timestamp time) {
    last_ = last;
    released_ = last;
    last_time_ = time;
}

Seq Pipeline::accept(const InputBody& body, Origin origin, std::string_view raw) {
    // The clock of the machine may be set back; the journal's never is.
    last_time_ = std::max(last_time_, clock_.now());
    last_.value += 1;
    input_.seq = last_;
    input_.time = last_time_;
    input_.origin = origin;
    input_.body = body;
    outbox_.clear();
    numbers_.clear();
    core_.step(input_, outbox_);
    for (Egress* egress : egresses_) egress->stage(last_, last_time_, outbox_.view(), numbers_);
    journal_.append({input_, outbox_.view(), numbers_, raw});
    return last_;
}

bool Pipeline::end_turn() {
    if (released_ == last_) return false;
    journal_.flush();
    const Seq durable = journal_.durable();
    if (durable > released_) {
        released_ = durable;
        for (Egress* egress : egresses_) egress->release(durable);
    }
    return released_ != last_;
}

}  // namespace penstock::oms
