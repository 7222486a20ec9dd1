#include "tests/sim/operator.hpp"

#include <vector>

namespace penstock::sim {

void Operator::look_at(Process& process) {
    // A copy: what is accepted changes them.
    const std::vector<oms::Position> positions = process.core().world().positions.all();
    for (const oms::Position& position : positions) {
        const bool errs = !world_.is_healed && position.has_opening && world_.random.percent(2);
        if (errs) {
            const auto other = add(position.difference, Quantity::whole(1));
            accept(process, position, position.differs && other ? *other : Quantity::whole(7));
        }
        const bool accepts = position.differs && (world_.is_healed || world_.random.one_in(3));
        if (accepts) accept(process, position, position.difference);
    }
}

void Operator::accept(Process& process, const oms::Position& position, Quantity difference) {
    const oms::Directory& directory = process.core().world().directory;
    const oms::PositionKey& key = position.key;
    world_.note([&] {
        return "people accept a difference in " + std::string(directory[key.instrument].symbol.view());
    });
    process.inbox().accept(
        oms::AcceptPosition{
            directory[key.venue].name, directory[key.account].name, directory[key.instrument].symbol,
            difference, Text::truncated("Ann"), Text::truncated("the venue is right")},
        {}, {});
}

}  // namespace penstock::sim
