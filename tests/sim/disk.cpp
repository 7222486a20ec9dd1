#include "tests/sim/disk.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

#include "persistence/journal/format.hpp"
#include "tests/sim/violation.hpp"

namespace penstock::sim {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kSector = 512;
constexpr std::size_t kBlock = persistence::kHeadBlock;

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

void Disk::apply(std::string& content, const Write& write) {
    if (content.size() < write.offset + write.bytes.size())
        content.resize(write.offset + write.bytes.size(), '\0');
    content.replace(write.offset, write.bytes.size(), write.bytes);
}

void Disk::write(const std::string& name, std::size_t offset, std::string_view bytes) {
    files_[name].pending.push_back({offset, std::string(bytes)});
}

void Disk::sync(const std::string& name) {
    File& file = files_[name];
    for (const Write& write : file.pending) apply(file.stable, write);
    file.pending.clear();
}

void Disk::rename(const std::string& from, const std::string& to) {
    auto node = files_.extract(from);
    node.key() = to;
    files_.insert(std::move(node));
}

void Disk::apply_by_sector(std::string& content, const Write& write) {
    for (std::size_t at = 0; at < write.bytes.size();) {
        const std::size_t in_sector = kSector - (write.offset + at) % kSector;
        const std::size_t size = std::min(in_sector, write.bytes.size() - at);
        Write part{write.offset + at, write.bytes.substr(at, size)};
        at += size;
        switch (random_.below(5)) {
            case 0: continue;
            case 1: part.bytes.resize(random_.below(size + 1)); break;
            case 2: part.bytes.assign(size, '\0'); break;
            case 3:
                for (char& c : part.bytes) c = static_cast<char>(random_.next());
                break;
            default: break;  // arrived whole
        }
        apply(content, part);
    }
}

void Disk::lose_power() {
    for (auto& [name, file] : files_) {
        for (const Write& write : file.pending) {
            const std::uint64_t fate = random_.below(4);
            if (fate == 0) continue;
            if (fate == 1)
                apply(file.stable, write);
            else
                apply_by_sector(file.stable, write);
        }
        file.pending.clear();
    }
}

void Disk::lose_process(LastWrite last) {
    for (auto& [name, file] : files_) {
        for (std::size_t i = 0; i < file.pending.size(); ++i) {
            Write& write = file.pending[i];
            const bool was_under_way =
                last == LastWrite::MayBeUnderWay && i + 1 == file.pending.size() && random_.one_in(4);
            if (was_under_way) write.bytes.resize(random_.below(write.bytes.size() + 1));
            apply(file.stable, write);
        }
        file.pending.clear();
    }
}

std::string Disk::content(const std::string& name) const {
    const auto found = files_.find(name);
    if (found == files_.end()) return {};
    std::string content = found->second.stable;
    for (const Write& write : found->second.pending) apply(content, write);
    return content;
}

void Disk::save(const fs::path& directory) const {
    fs::remove_all(directory);
    fs::create_directories(directory);
    for (const auto& [name, file] : files_) {
        const std::string bytes = content(name);
        std::ofstream out(directory / name, std::ios::binary);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (!out.flush()) throw std::runtime_error("cannot write " + (directory / name).string());
    }
}

void Disk::load(const fs::path& directory) {
    files_.clear();
    for (const auto& entry : fs::directory_iterator(directory)) {
        const std::string name = entry.path().filename().string();
        if (name == "LOCK" || name.starts_with("next-")) continue;
        files_[name].stable = read_file(entry.path());
    }
}

void Disk::tear_zeroing(File& file, const std::string& was) {
    for (std::size_t at = 0; at < std::min(was.size(), file.stable.size()); at += kSector) {
        const std::size_t size = std::min({kSector, was.size() - at, file.stable.size() - at});
        const bool is_zeroed = file.stable.find_first_not_of('\0', at) >= at + size;
        if (!is_zeroed || random_.one_in(2)) file.stable.replace(at, size, was, at, size);
    }
}

/// HEAD's two blocks are written in turn, so while one is torn the other is whole: the one before, if the
/// first of the repair's moves was under way, else the first.
void Disk::tear_watermark(File& head, const std::string& was) {
    const auto generation = [&](std::size_t block) {
        persistence::Watermark found;
        std::memcpy(&found, was.data() + block, sizeof found);
        return verifies(found) ? found.generation : 0;
    };
    const std::size_t older = generation(kBlock) < generation(2 * kBlock) ? kBlock : 2 * kBlock;
    const std::size_t newer = 3 * kBlock - older;
    const bool first_move = random_.one_in(2);
    const std::size_t torn = first_move ? older : newer;
    if (first_move) head.stable.replace(newer, kSector, was, newer, kSector);
    for (std::size_t i = 0; i < sizeof(persistence::Watermark); ++i)
        head.stable[torn + i] = static_cast<char>(random_.next());
}

void Disk::stop_repair_halfway(const Disk& before) {
    const bool while_zeroing = random_.one_in(2);
    for (auto& [name, file] : files_) {
        const auto old = before.files_.find(name);
        if (old == before.files_.end()) continue;  // renamed or made: done at once
        const std::string& was = old->second.stable;
        if (name == "HEAD" && while_zeroing)
            file.stable = was;
        else if (name == "HEAD")
            tear_watermark(file, was);
        else if (while_zeroing)
            tear_zeroing(file, was);
    }
}

bool Disk::damage(const std::string& name, std::size_t end) {
    std::string& content = files_[name].stable;
    if (end == 0 || end > content.size()) return false;
    char& byte = content[random_.below(end)];
    byte = static_cast<char>(byte ^ static_cast<char>(1U << random_.below(8)));
    return true;
}

}  // namespace penstock::sim
