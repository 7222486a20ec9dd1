// Any text as penstock.toml, as a QuickFIX .cfg, and as a venue sheet: problems are told, and nothing is
// thrown.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "config/config.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/places.hpp"

namespace {

using namespace penstock;
namespace fs = std::filesystem;

/// A folder of this process, so that several may run at once.
const fs::path& folder() {
    static const fs::path kFolder = [] {
        const fs::path made = fs::temp_directory_path() / ("penstock-fuzz-" + std::to_string(::getpid()));
        fs::create_directories(made);
        std::atexit([] {
            fs::remove_all(fs::temp_directory_path() / ("penstock-fuzz-" + std::to_string(::getpid())));
        });
        return made;
    }();
    return kFolder;
}

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

void check(const config::Loaded& loaded) {
    fuzz::require(
        loaded.config.has_value() == loaded.problems.empty(), "no configuration without a problem told");
    for (const config::Problem& problem : loaded.problems)
        fuzz::require(!config::to_text(problem).empty(), "a problem has words");
}

}  // namespace

std::vector<std::string> penstock::fuzz::seeds() {
    const fs::path source = penstock::tests::source_dir();
    std::vector<std::string> seeds;
    for (const char* const file :
         {"config/demo/penstock.toml", "config/demo/sessions.cfg", "config/demo/client.cfg"})
        seeds.push_back(content_of(source / file));
    return seeds;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const char* const name : {"penstock.toml", "sessions.cfg"})
        std::ofstream(folder() / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    check(config::load(folder() / "penstock.toml"));
    check(config::load_quickfix_cfg(folder() / "sessions.cfg"));
    return 0;
}
