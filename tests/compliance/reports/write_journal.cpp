#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>

#include "oms/domain/print.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "tests/scenarios/all_scenarios.hpp"
#include "tests/scenarios/durable_system.hpp"
#include "tests/scenarios/scenario.hpp"

// Plays a scenario on the pipeline and the journal of penstockd, and writes beside it what the core has: the
// other side of the tests of reports. write_journal FOLDER SCENARIO.scn [RESTART_AT_STEP]

namespace penstock::scenarios {
namespace {

constexpr const char* kHostile = "<script>alert(1)</script>\xff\xfe=1+1,\"quoted\"\ttab";

/// A message as a client would have sent it: enough of it for reports that read tags.
std::string raw_of(const oms::InputBody& body) {
    const auto make = [](const char* type, std::string_view id, const std::string& rest) {
        return "8=FIX.4.4\x01"
               "35=" +
               std::string(type) +
               "\x01"
               "11=" +
               std::string(id) + "\x01" + rest + "58=" + kHostile +
               "\x01"
               "10=000\x01";
    };
    const std::string order =
        "1028=N\x01"
        "528=A\x01"
        "453=2\x01"
        "448=549300CLIENT\x01"
        "447=N\x01"
        "452=3\x01"
        "448=ALGO7\x01"
        "447=D\x01"
        "452=12\x01";
    if (const auto* m = std::get_if<oms::NewOrder>(&body)) return make("D", m->cl_ord_id.view(), order);
    if (const auto* m = std::get_if<oms::AmendOrder>(&body)) return make("G", m->cl_ord_id.view(), order);
    if (const auto* m = std::get_if<oms::CancelOrder>(&body)) return make("F", m->cl_ord_id.view(), {});
    if (const auto* m = std::get_if<oms::EnterList>(&body)) return make("E", m->list_id.view(), order);
    if (std::holds_alternative<oms::VenueFilled>(body))
        return "8=FIX.4.4\x01"
               "35=8\x01"
               "851=1\x01"
               "10=000\x01";
    return {};
}

SessionId session_of(const oms::InputBody& body) {
    return std::visit(
        [](const auto& m) {
            if constexpr (requires {
                              m.cl_ord_id;
                              m.session;
                          })
                return m.session;
            else if constexpr (std::is_same_v<std::decay_t<decltype(m)>, oms::EnterList>)
                return m.session;
            else
                return SessionId{};
        },
        body);
}

std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') made += '\\';
        made += letter;
    }
    return made + "\"";
}

/// The orders of a core, one JSON object a line.
std::string orders_of(const oms::World& world) {
    std::string out;
    world.orders.for_each_order([&](oms::Slot<oms::Order> slot) {
        const oms::Order& order = world.orders[slot];
        const Quantity leaves = oms::is_finished(order) ? Quantity{} : oms::leaves(order.state);
        const Price average = average_price(order.state.notional, order.state.filled, 8);
        out += "{\"order\":" + std::to_string(order.id.value) +
               ",\"cl_ord_id\":" + quoted(world.orders.text(order.cl_ord_id).view()) + ",\"status\":\"" +
               static_cast<char>(oms::ord_status(order.state)) + "\",\"quantity\":\"" +
               oms::to_text(order.state.quantity.value) + "\",\"filled\":\"" +
               oms::to_text(order.state.filled.value) + "\",\"leaves\":\"" + oms::to_text(leaves.value) +
               "\",\"average\":\"" + oms::to_text(average.value) + "\"}\n";
    });
    return out;
}

/// Every input durable before the next; the process is gone once, and comes back from its journal.
class RecordingSystem final : public System {
  public:
    RecordingSystem(const oms::Capacity& capacity, std::filesystem::path folder, std::size_t restart_at)
        : capacity_(capacity), folder_(std::move(folder)), restart_at_(restart_at) {
        start();
    }

    std::vector<oms::Output> step(const oms::InputBody& body, Timestamp now) override {
        if (++steps_ == restart_at_) {
            durable_->close();
            start();
        }
        out_.clear();
        const SessionId session = session_of(body);
        const oms::Origin origin{session, session.is_none() ? 0 : ++numbers_[session.value]};
        // A moment of its own for each step, so that the book of every moment is known.
        const Timestamp moment{now.ns + static_cast<std::int64_t>(steps_) * 1000};
        durable_->accept(body, moment, origin, raw_of(body));
        durable_->end_turn(moment);
        std::ofstream(folder_ / ("core-" + std::to_string(steps_) + ".jsonl"))
            << "{\"at\":\"" << oms::to_text(moment) << "\"}\n"
            << orders_of(core().world());
        return out_;
    }
    const oms::Core& core() const override { return durable_->core(); }
    std::string replay_difference() override { return {}; }
    void close() { durable_->close(); }

  private:
    void start() {
        durable_ = std::make_unique<DurableSystem>(capacity_, folder_);
        durable_->wire().leaves = [this](const oms::Record& record) {
            out_.insert(out_.end(), record.outputs.begin(), record.outputs.end());
        };
        const std::string wrong = durable_->recover([](const oms::Record&) {});
        if (!wrong.empty()) throw Failure(wrong);
    }

    oms::Capacity capacity_;
    std::filesystem::path folder_;
    std::size_t restart_at_;
    std::size_t steps_ = 0;
    std::unique_ptr<DurableSystem> durable_;
    std::vector<oms::Output> out_;
    std::map<std::uint32_t, std::uint32_t> numbers_;
};

int write(const std::filesystem::path& folder, const std::string& file, std::size_t restart_at) {
    const std::vector<Line> lines = parse_file(file);
    RecordingSystem system(capacity_of(lines), folder, restart_at);
    const auto failure = play(standard_world(), lines, system);
    if (failure) std::fprintf(stderr, "%s\n", failure->c_str());
    system.close();
    return failure ? EXIT_FAILURE : EXIT_SUCCESS;
}

}  // namespace
}  // namespace penstock::scenarios

int main(int argc, char** argv) {
    if (argc < 3) return EXIT_FAILURE;
    const std::size_t restart_at = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 0;
    try {
        return penstock::scenarios::write(argv[1], argv[2], restart_at);
    } catch (const penstock::scenarios::Failure& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return EXIT_FAILURE;
    }
}
