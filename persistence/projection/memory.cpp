#include "persistence/projection/memory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>

#include "persistence/history/memory.hpp"
#include "persistence/journal/disk.hpp"
#include "persistence/snapshot/file_sink.hpp"

namespace penstock::projection {
namespace fs = std::filesystem;
using persistence::Fd;
using persistence::Sha256;
namespace {

constexpr std::size_t kKept = 2;  // the older one for a database that has lost its newest transactions
constexpr std::uint64_t kMagic = 0x59524f4d454d5350;  // "PSMEMORY"

struct Header {
    std::uint64_t magic = kMagic;
    std::uint64_t layout = 0;
    persistence::Uuid journal{};
    persistence::JournalPlace place;
    persistence::Digest digest{};  // of all that follows, then of the header with this as zeros
};

std::string_view as_bytes(const Header& header) {
    return {reinterpret_cast<const char*>(&header), sizeof header};
}

template <class Self, class Visit>
void visit_all(Self& memory, Visit&& visit) {
    history::OrderEvents::visit_state(memory.events, visit);
    Positions::visit_state(memory.positions, visit);
    visit(memory.next_leaf);
}

std::uint64_t layout_of(const Memory& memory) {
    history::MemoryLayout layout;
    visit_all(memory, layout);
    return layout.value();
}

std::string failed_to(std::string_view what, const fs::path& path, int error) {
    return path.string() + ": cannot " + std::string(what) + ": " + persistence::errno_text(error);
}

std::uint64_t seq_of(const fs::path& file) {
    const std::string name = file.filename().string();
    std::uint64_t seq = 0;
    if (name.starts_with("m-") && name.ends_with(".memory"))
        std::from_chars(name.data() + 2, name.data() + name.size(), seq);
    return seq;
}

int write_file(int fd, const Memory& memory, const persistence::Uuid& journal) {
    persistence::FileSink sink(fd, sizeof(Header));
    history::MemoryWriter writer(sink);
    writer(memory.index.numbers());
    visit_all(memory, writer);
    int error = sink.flush();
    Header header;
    header.layout = layout_of(memory);
    header.journal = journal;
    header.place = memory.place;
    sink.hash().add(as_bytes(header));
    header.digest = sink.hash().finish();
    if (error == 0) error = persistence::write_at(fd, as_bytes(header).data(), sizeof header, 0);
    return error == 0 ? persistence::sync_data(fd) : error;
}

/// Nothing when `memory` is what the file says.
std::string read_file(const fs::path& file, const persistence::Uuid& journal, Memory& memory) {
    persistence::Mapping mapping;
    if (const int error = persistence::Mapping::map(file, mapping))
        return "cannot be read: " + persistence::errno_text(error);
    const std::string_view bytes = mapping.bytes();
    Header header;
    if (bytes.size() < sizeof header) return "is damaged: too short";
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.magic != kMagic || header.layout != layout_of(memory)) return "is of another Penstock";
    if (header.journal != journal) return "is of another journal";
    Sha256 hash;
    hash.add(bytes.substr(sizeof header));
    Header hashed = header;
    hashed.digest = {};
    hash.add(as_bytes(hashed));
    if (hash.finish() != header.digest) return "is damaged: its bytes do not match their SHA-256";
    history::MemoryReader reader(bytes.substr(sizeof header));
    std::vector<std::uint64_t> numbers;
    reader(numbers);
    visit_all(memory, reader);
    memory.place = header.place;
    if (reader.failed() || !reader.is_at_end() || !memory.index.take(numbers)) return "is damaged";
    return {};
}

}  // namespace

std::vector<fs::path> MemoryStore::newest_first() const {
    std::vector<fs::path> found;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder_, failed))
        if (seq_of(entry.path()) != 0) found.push_back(entry.path());
    std::ranges::sort(found, std::greater{}, seq_of);
    return found;
}

std::optional<std::string> MemoryStore::write(const Memory& memory, const persistence::Uuid& journal) const {
    std::error_code failed;
    fs::create_directories(folder_, failed);
    const std::string name = "m-" + std::to_string(memory.place.last_seq) + ".memory";
    const fs::path aside = folder_ / ("new-" + std::to_string(::getpid()));
    Fd fd;
    if (const int error = persistence::open_file(aside, O_RDWR | O_CREAT | O_TRUNC, fd))
        return failed_to("create", aside, error);
    if (const int error = write_file(fd.get(), memory, journal)) {
        ::unlink(aside.c_str());  // It must not take the room that others need.
        return failed_to("write", aside, error);
    }
    if (std::rename(aside.c_str(), (folder_ / name).c_str()) != 0) return failed_to("rename", aside, errno);
    if (const int error = persistence::sync_directory(folder_)) return failed_to("sync", folder_, error);
    const auto all = newest_first();
    for (std::size_t at = kKept; at < all.size(); ++at) fs::remove(all[at], failed);
    return std::nullopt;
}

std::unique_ptr<Memory> MemoryStore::newest(const oms::IdSpace& space, const persistence::Uuid& journal,
                                            Seq last, std::vector<std::string>& notes) const {
    for (const fs::path& file : newest_first()) {
        if (seq_of(file) > last.value) continue;
        auto memory = std::make_unique<Memory>(space);
        const std::string why = read_file(file, journal, *memory);
        if (why.empty()) return memory;
        notes.push_back(file.string() + " " + why + "; not used");
    }
    return nullptr;
}

}  // namespace penstock::projection
