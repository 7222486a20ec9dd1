// Any bytes as a journal record: what can be read is written the same way again.
#include "persistence/journal/wire.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/persistence/journal/random_record.hpp"

namespace {

using namespace penstock;

}  // namespace

std::vector<std::string> penstock::fuzz::seeds() {
    persistence::Random random(7);
    std::vector<std::string> seeds;
    for (std::size_t i = 0; i < 64; ++i)
        seeds.push_back(persistence::encoded(persistence::random_record(random, i + 1, i, i)));
    return seeds;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    oms::Record record;
    if (persistence::decode({reinterpret_cast<const char*>(data), size}, record) != Fault::None) return 0;
    const std::string once = persistence::encoded(record);
    oms::Record again;
    fuzz::require(persistence::decode(once, again) == Fault::None, "what was written can be read");
    fuzz::require(persistence::encoded(again) == once, "what was read is written the same way");
    return 0;
}
