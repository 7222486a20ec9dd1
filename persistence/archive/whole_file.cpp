#include "persistence/archive/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "persistence/journal/disk.hpp"
#include "persistence/snapshot/file_sink.hpp"

namespace penstock::persistence {
namespace {

std::string failed_to(std::string_view what, const std::filesystem::path& path, int error) {
    return path.string() + ": cannot " + std::string(what) + ": " + errno_text(error);
}

std::optional<std::string> put(const std::filesystem::path& path, std::string_view bytes, Digest* digest) {
    const std::filesystem::path aside = path.string() + ".new";
    Fd fd;
    if (const int error = open_file(aside, O_RDWR | O_CREAT | O_TRUNC, fd))
        return failed_to("create", aside, error);
    FileSink sink(fd.get(), 0);
    sink.write(bytes);
    int error = sink.flush();
    if (error == 0) error = sync_data(fd.get());
    if (error != 0) {
        ::unlink(aside.c_str());  // It must not take the room that others need.
        return failed_to("write", aside, error);
    }
    if (digest != nullptr) *digest = sink.hash().finish();
    if (std::rename(aside.c_str(), path.c_str()) != 0) return failed_to("rename", aside, errno);
    if (const int failed = sync_directory(path.parent_path())) return failed_to("sync", path, failed);
    return std::nullopt;
}

}  // namespace

std::string_view used_part(std::string_view segment) {
    std::size_t end = sizeof(SegmentHeader);
    RecordAt record;
    while (end < segment.size() && find_record(segment.substr(end), record) == Found::Whole)
        end += record.size;
    if (end >= segment.size() || segment.find_first_not_of('\0', end) != std::string_view::npos)
        return segment;
    return segment.substr(0, end);
}

std::optional<std::string> replace_file(const std::filesystem::path& path, std::string_view bytes) {
    return put(path, bytes, nullptr);
}

std::optional<std::string> copy_segment(const std::filesystem::path& from, std::uint64_t bytes,
                                        const std::filesystem::path& to, CopiedFile& copied) {
    Mapping mapping;
    if (const int error = Mapping::map(from, mapping)) return failed_to("read", from, error);
    const auto size = std::min<std::uint64_t>(bytes, mapping.bytes().size());
    const std::string_view all =
        bytes == kUsedPart ? used_part(mapping.bytes())
                           : mapping.bytes().substr(0, static_cast<std::size_t>(size));
    copied.bytes = all.size();
    return put(to, all, &copied.sha256);
}

std::optional<std::string> digest_file(const std::filesystem::path& path, CopiedFile& found) {
    Mapping mapping;
    if (const int error = Mapping::map(path, mapping)) return failed_to("read", path, error);
    Sha256 hash;
    hash.add(mapping.bytes());
    found = {mapping.bytes().size(), hash.finish()};
    return std::nullopt;
}

std::optional<std::string> remove_file(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed_to("remove", path, errno);
    if (const int error = sync_directory(path.parent_path())) return failed_to("sync", path, error);
    return std::nullopt;
}

}  // namespace penstock::persistence
