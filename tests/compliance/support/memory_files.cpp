#include "tests/compliance/support/memory_files.hpp"

namespace penstock::compliance::test {

bool MemoryFiles::dies() {
    if (calls_++ == die_at_) is_dead_ = true;
    return is_dead_;
}

bool MemoryFiles::is_folder(const std::string& path) const {
    const auto found = now_.lower_bound(path + "/");
    return found != now_.end() && found->first.starts_with(path + "/");
}

Result<std::string> MemoryFiles::read(const std::string& path) {
    if (is_dead_) return Fault::IoError;
    const auto found = now_.find(path);
    if (found == now_.end()) return Fault::NotFound;
    return found->second;
}

Status MemoryFiles::write(const std::string& path, std::string_view bytes) {
    const bool was_dead = is_dead_;
    if (!dies()) {
        now_[path] = bytes;
    } else if (!was_dead) {
        now_[path] = bytes.substr(0, torn_);
    }
    if (was_dead) return Fault::IoError;
    changed_.insert(path);
    unsynced_.insert(path);
    return is_dead_ ? Fault::IoError : Fault::None;
}

Status MemoryFiles::rename(const std::string& from, const std::string& to) {
    if (dies()) return Fault::IoError;
    const auto found = now_.find(from);
    if (found == now_.end()) return Fault::NotFound;
    now_[to] = found->second;
    now_.erase(from);
    if (unsynced_.erase(from) == 1) unsynced_.insert(to);
    changed_.insert(from);
    changed_.insert(to);
    return Fault::None;
}

Status MemoryFiles::remove(const std::string& path) {
    if (dies()) return Fault::IoError;
    if (now_.erase(path) == 1) {
        changed_.insert(path);
        return Fault::None;
    }
    // A folder goes with its last file here, and one that is full stays.
    return is_folder(path) ? Fault::IoError : Fault::NotFound;
}

Status MemoryFiles::sync() {
    if (dies()) return Fault::IoError;
    durable_ = now_;
    changed_.clear();
    unsynced_.clear();
    return Fault::None;
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& folder) {
    if (is_dead_) return Fault::IoError;
    std::vector<std::string> names;
    const std::string prefix = folder.empty() ? "" : folder + "/";
    for (auto at = now_.lower_bound(prefix); at != now_.end(); ++at) {
        if (!at->first.starts_with(prefix)) break;
        const std::string rest = at->first.substr(prefix.size());
        const std::string name = rest.substr(0, rest.find('/'));
        if (names.empty() || names.back() != name) names.push_back(name);
    }
    return names;
}

MemoryFiles MemoryFiles::after_power_failure(std::uint64_t choice) const {
    Tree left = durable_;
    unsigned bit = 0;
    for (const std::string& path : changed_) {
        const bool is_kept = (choice >> (bit++ % 64U) & 1U) != 0;
        const auto found = now_.find(path);
        if (!is_kept) continue;
        if (found == now_.end()) {
            left.erase(path);
        } else {
            const bool is_torn = unsynced_.count(path) == 1 && (choice >> (bit++ % 64U) & 1U) != 0;
            left[path] = is_torn ? found->second.substr(0, found->second.size() / 2) : found->second;
        }
    }
    return MemoryFiles(left);
}

}  // namespace penstock::compliance::test
