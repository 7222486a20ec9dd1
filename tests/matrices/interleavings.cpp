// Reads stories from standard input, as interleavings.py writes them, and explores each: exit code 1 when
// any interleaving breaks a rule.
//   scenario C.3.a day|gtc chained|serial
//   client D|F|G QUANTITY accept|refuse
//   venue fill|bust|correct|end|expire|done|restate|suspend|stop QUANTITY
// One cancels other is a line `pair NAME block|reduce`, and the two scenarios of its orders.
#include <iostream>
#include <sstream>

#include "tests/matrices/explorer.hpp"

namespace penstock::matrices {
namespace {

std::vector<Story> read(std::istream& in) {
    std::vector<Story> stories;
    int missing_legs = 0;  // of the pair that is being read
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string what, first, second, third;
        words >> what >> first >> second >> third;
        if (what == "pair") {
            stories.push_back({first, second == "block", {}});
            missing_legs = 2;
        } else if (what == "scenario") {
            if (missing_legs-- <= 0) stories.push_back({first, false, {}});
            Scenario& made = stories.back().legs.emplace_back();
            made.is_gtc = second == "gtc";
            made.is_serial = third == "serial";
        } else if (what == "client") {
            stories.back().legs.back().client.push_back(
                {first.at(0), *Quantity::parse(second), third == "accept"});
        } else if (what == "venue") {
            stories.back().legs.back().venue.push_back({first, *Quantity::parse(second)});
        }
    }
    return stories;
}

struct Count {
    std::size_t stories = 0;
    unsigned long long interleavings = 0;
    std::size_t situations = 0;
};

int explore_all(const std::vector<Story>& stories) {
    Count singles;
    Count pairs;
    int failures = 0;
    for (const Story& story : stories) {
        Explorer explorer(story);
        Count& count = story.is_pair() ? pairs : singles;
        ++count.stories;
        count.interleavings += explorer.explore();
        count.situations += explorer.situations();
        if (explorer.failure().empty()) continue;
        ++failures;
        std::cout << story.name << (story.legs.front().is_serial ? " serial" : "") << ": "
                  << explorer.failure() << "\n";
    }
    for (const auto& [what, count] : {std::pair{"scenarios", singles}, std::pair{"pairs", pairs}})
        std::cout << "interleavings: " << count.stories << " " << what << ", " << count.interleavings
                  << " interleavings, " << count.situations << " situations\n";
    std::cout << "interleavings: " << failures << " failures\n";
    return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace penstock::matrices

int main() { return penstock::matrices::explore_all(penstock::matrices::read(std::cin)); }
