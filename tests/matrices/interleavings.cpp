// Reads scenarios from standard input, as interleavings.py writes them, and explores each: exit code 1 when
// any interleaving breaks a rule.
//   scenario C.3.a day|gtc chained|serial
//   client D|F|G QUANTITY accept|refuse
//   venue fill|bust|correct|end|expire|done|restate|suspend|stop QUANTITY
#include <iostream>
#include <sstream>

#include "tests/matrices/explorer.hpp"

namespace penstock::matrices {
namespace {

std::vector<Scenario> read(std::istream& in) {
    std::vector<Scenario> scenarios;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string what, first, second, third;
        words >> what >> first >> second >> third;
        if (what == "scenario") {
            Scenario& made = scenarios.emplace_back();
            made.name = first;
            made.is_gtc = second == "gtc";
            made.is_serial = third == "serial";
        } else if (what == "client") {
            scenarios.back().client.push_back({first.at(0), *Quantity::parse(second), third == "accept"});
        } else if (what == "venue") {
            scenarios.back().venue.push_back({first, *Quantity::parse(second)});
        }
    }
    return scenarios;
}

int explore_all(const std::vector<Scenario>& scenarios) {
    unsigned long long interleavings = 0;
    std::size_t situations = 0;
    int failures = 0;
    for (const Scenario& scenario : scenarios) {
        Explorer explorer(scenario);
        interleavings += explorer.explore();
        situations += explorer.situations();
        if (explorer.failure().empty()) continue;
        ++failures;
        std::cout << scenario.name << (scenario.is_serial ? " serial" : "") << ": " << explorer.failure()
                  << "\n";
    }
    std::cout << "interleavings: " << scenarios.size() << " scenarios, " << interleavings
              << " interleavings, " << situations << " situations, " << failures << " failures\n";
    return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace penstock::matrices

int main() { return penstock::matrices::explore_all(penstock::matrices::read(std::cin)); }
