#include "oms/engine/core.hpp"
#include "oms/engine/state_bytes.hpp"

namespace penstock::oms {
namespace {

constexpr Capacity kNothing{.orders = 1, .requests = 1, .fills = 1, .refusals = 1};

}  // namespace

void Core::snapshot(ByteSink& out) const {
    StateWriter writer(out);
    writer(now_);
    writer(world_);
}

Status Core::restore(std::string_view snapshot) {
    World world(kNothing);
    StateReader reader(snapshot);
    reader(now_);
    reader(world);
    const bool is_whole = reader.is_done();
    if (!is_whole) {
        world = World(kNothing);
        now_ = {};
    }
    world_ = std::move(world);
    return is_whole ? Fault::None : Fault::Corrupt;
}

}  // namespace penstock::oms
