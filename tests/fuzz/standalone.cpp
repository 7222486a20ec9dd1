// Runs a fuzz target without libFuzzer: on its seeds, on files, and on seeds changed at random. No coverage
// guides it, so it finds less; but it needs no other compiler and gives the same inputs on every machine.
#include <sys/types.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string_view>

#include "tests/fuzz/target.hpp"

namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t bound) { return bound == 0 ? 0 : random() % bound; }

/// One change of the kinds that break parsers: a bit, a byte, a run that is lost, doubled or from elsewhere.
void change(std::string& input, const std::string& other, Random& random) {
    const std::size_t at = below(random, input.size() + 1);
    const std::size_t length = below(random, std::min<std::size_t>(16, input.size() - at) + 1);
    switch (below(random, 6)) {
        case 0:
            if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << below(random, 8)));
            break;
        case 1:
            if (at < input.size()) input[at] = static_cast<char>(random());
            break;
        case 2: input.erase(at, length); break;
        case 3: input.insert(at, input.substr(at, length)); break;
        case 4: input.insert(at, 1, "0129=\x01|-.\xff"[below(random, 10)]); break;
        default: {
            const std::size_t from = below(random, other.size());
            input.insert(at, other.substr(from, below(random, 32)));
        }
    }
}

void run(std::string_view input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

int usage() {
    std::fprintf(stderr,
                 "usage: fuzz_NAME [--runs N] [--seed S] [--write-seeds DIRECTORY] [FILE...]\n"
                 "  runs the target on the files, or on its seeds and N (10000) changes of them\n");
    return 2;
}

void write_seeds(const std::filesystem::path& directory) {
    std::filesystem::create_directories(directory);
    int number = 0;
    for (const std::string& seed : penstock::fuzz::seeds())
        std::ofstream(directory / ("seed-" + std::to_string(number++)), std::ios::binary) << seed;
}

void run_changes(std::uint64_t runs, std::uint64_t seed) {
    Random random(seed);
    const std::vector<std::string> seeds = penstock::fuzz::seeds();
    for (const std::string& one : seeds) run(one);
    for (std::uint64_t i = 0; i < runs; ++i) {
        std::string input = seeds[below(random, seeds.size())];
        for (std::size_t changes = 1 + below(random, 6); changes > 0; --changes)
            change(input, seeds[below(random, seeds.size())], random);
        run(input);
    }
    std::printf("%zu seeds and %llu changes of them\n", seeds.size(), static_cast<unsigned long long>(runs));
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t runs = 10'000;
    std::uint64_t seed = 1;
    std::vector<std::string> files;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (!word.starts_with("--"))
            files.emplace_back(word);
        else if (i + 1 == argc)
            return usage();
        else if (word == "--runs")
            runs = std::strtoull(argv[++i], nullptr, 10);
        else if (word == "--seed")
            seed = std::strtoull(argv[++i], nullptr, 10);
        else if (word == "--write-seeds") {
            write_seeds(argv[++i]);
            return 0;
        } else
            return usage();
    }
    for (const std::string& file : files) {
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            std::fprintf(stderr, "%s: cannot be read\n", file.c_str());
            return 1;
        }
        run(std::string(std::istreambuf_iterator<char>(in), {}));
    }
    if (files.empty()) run_changes(runs, seed);
    return 0;
}
