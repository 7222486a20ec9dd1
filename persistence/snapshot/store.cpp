#include "persistence/snapshot/store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "persistence/snapshot/file_sink.hpp"

namespace penstock::persistence {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kAside = "snapshot.new";

bool is_snapshot(const std::string& name) {
    return name.size() == 27 && name.starts_with("s-") && name.ends_with(".snap");
}

std::string failed_to(std::string_view what, const fs::path& path, int error) {
    return path.string() + ": cannot " + std::string(what) + ": " + errno_text(error);
}

/// The names in a directory of which `wanted` is true, greatest first. A directory that is not there has
/// none.
template <class Wanted>
std::vector<fs::path> names(const fs::path& directory, Wanted&& wanted) {
    std::vector<fs::path> found;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(directory, failed))
        if (wanted(entry.path().filename().string())) found.push_back(entry.path());
    std::ranges::sort(found, std::greater{});
    return found;
}

std::string_view as_bytes(const SnapshotHeader& header) {
    return {reinterpret_cast<const char*>(&header), sizeof header};
}

std::string write_file(const fs::path& path, const SnapshotParts& parts) {
    Fd fd;
    if (const int error = open_file(path, O_RDWR | O_CREAT | O_TRUNC, fd))
        return failed_to("create", path, error);
    FileSink sink(fd.get(), sizeof(SnapshotHeader));
    SnapshotHeader header;
    header.magic = kSnapshotMagic;
    header.version = kSnapshotVersion;
    header.uuid = parts.uuid;
    header.place = parts.place;
    header.layout = parts.layout;
    header.state_hash = parts.state_hash;
    const std::vector<std::uint64_t> index = parts.index.numbers();
    sink.write({reinterpret_cast<const char*>(index.data()), index.size() * sizeof index[0]});
    header.index_bytes = sink.bytes();
    parts.core(sink);
    header.core_bytes = sink.bytes() - header.index_bytes;
    parts.learned(sink);
    header.learned_bytes = sink.bytes() - header.index_bytes - header.core_bytes;
    int error = sink.flush();
    sink.hash().add(as_bytes(header));
    header.digest = sink.hash().finish();
    if (error == 0) error = write_at(fd.get(), as_bytes(header).data(), sizeof header, 0);
    if (error == 0) error = sync_data(fd.get());
    return error == 0 ? std::string() : failed_to("write", path, error);
}

}  // namespace

std::string snapshot_name(std::uint64_t seq) {
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "s-%020llu.snap", static_cast<unsigned long long>(seq));
    return name.data();
}

std::optional<std::string> SnapshotStore::lock() {
    std::error_code failed;
    fs::create_directories(directory_, failed);
    const fs::path path = directory_ / "LOCK";
    if (const int error = open_file(path, O_RDWR | O_CREAT, lock_)) return failed_to("open", path, error);
    if (::flock(lock_.get(), LOCK_EX | LOCK_NB) == 0) return std::nullopt;
    return directory_.string() + ": another process is writing a snapshot";
}

std::optional<std::string> SnapshotStore::write(const SnapshotParts& parts) const {
    const fs::path aside = directory_ / kAside;
    const fs::path named = directory_ / snapshot_name(parts.place.last_seq);
    std::string failure = write_file(aside, parts);
    if (failure.empty() && std::rename(aside.c_str(), named.c_str()) != 0)
        failure = failed_to("rename", aside, errno);
    if (!failure.empty()) {
        ::unlink(aside.c_str());
        return failure;
    }
    if (const int error = sync_directory(directory_)) return failed_to("sync", directory_, error);
    remove_old();
    return std::nullopt;
}

std::vector<fs::path> SnapshotStore::newest_first() const { return names(directory_, is_snapshot); }

/// What cannot be removed is left, and tried again next time.
void SnapshotStore::remove_old() const {
    const auto is_damaged = [](const std::string& name) { return name.ends_with(".damaged"); };
    for (const auto& kept : {newest_first(), names(directory_, is_damaged)})
        for (std::size_t at = kKept; at < kept.size(); ++at) ::unlink(kept[at].c_str());
}

void SnapshotStore::put_aside(const fs::path& file) {
    const fs::path aside = file.string() + ".damaged";
    std::error_code ignored;
    fs::rename(file, aside, ignored);
}

std::optional<std::string> SnapshotStore::read(const fs::path& file, const Uuid& uuid, std::uint64_t layout,
                                               Snapshot& snapshot) const {
    if (const int error = Mapping::map(file, snapshot.mapping)) return "cannot read: " + errno_text(error);
    const std::string_view bytes = snapshot.mapping.bytes();
    SnapshotHeader& header = snapshot.header;
    if (bytes.size() < sizeof header) return "damaged: too short";
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.magic != kSnapshotMagic) return "damaged: no snapshot";
    // Before the digest: a snapshot of another version may have it elsewhere.
    if (header.version != kSnapshotVersion)
        return "format " + std::to_string(header.version) + ", this program reads " +
               std::to_string(kSnapshotVersion);
    const std::string_view parts = bytes.substr(sizeof header);
    if (header.index_bytes > parts.size() || header.core_bytes > parts.size() - header.index_bytes ||
        header.learned_bytes != parts.size() - header.index_bytes - header.core_bytes)
        return "damaged: its parts do not fill it";
    Sha256 hash;
    hash.add(parts);
    SnapshotHeader hashed = header;
    hashed.digest = {};
    hash.add(as_bytes(hashed));
    if (hash.finish() != header.digest) return "damaged: its bytes do not match their SHA-256";
    if (header.uuid != uuid) return "of another journal";
    if (header.layout != layout) return "written by a program that lays out its state otherwise";
    std::vector<std::uint64_t> index(header.index_bytes / sizeof(std::uint64_t));
    std::memcpy(index.data(), parts.data(), index.size() * sizeof index[0]);
    if (header.index_bytes % sizeof index[0] != 0 || !snapshot.index.take(index))
        return "damaged: its index is none";
    snapshot.core = parts.substr(header.index_bytes, header.core_bytes);
    snapshot.learned = parts.substr(header.index_bytes + header.core_bytes);
    return std::nullopt;
}

}  // namespace penstock::persistence
