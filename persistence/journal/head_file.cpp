#include "persistence/journal/head_file.hpp"

#include <fcntl.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <vector>

#include "persistence/journal/newer.hpp"

namespace penstock::persistence {
namespace {

JournalError io_error(const std::filesystem::path& path, std::string_view what, int error) {
    return {Fault::IoError, path.string(), 0,
            path.string() + ": cannot " + std::string(what) + ": " + errno_text(error) +
                ". Check the disk and permissions."};
}

bool has_segments(const std::filesystem::path& directory) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
        if (entry.path().filename().string().starts_with("j-")) return true;
    }
    return false;
}

/// The whole file. Both slots have the watermark, so that it survives damage to either.
std::string whole_head(HeadIdentity identity, Watermark watermark) {
    set_crc(identity);
    std::string bytes(3 * kHeadBlock, '\0');
    std::memcpy(bytes.data(), &identity, sizeof identity);
    for (std::uint64_t slot = 1; slot <= 2; ++slot) {
        watermark.generation = slot;
        set_crc(watermark);
        std::memcpy(bytes.data() + slot * kHeadBlock, &watermark, sizeof watermark);
    }
    return bytes;
}

/// HEAD files of earlier builds begin with one slot.
bool was_never_written(const Watermark& slot) {
    constexpr Watermark kNothing;
    return std::memcmp(&slot, &kNothing, sizeof slot) == 0;
}

template <class Block>
Block block_at(const std::vector<char>& bytes, std::uint64_t offset) {
    Block block;
    std::memcpy(&block, bytes.data() + offset, sizeof block);
    return block;
}

}  // namespace

std::optional<JournalError> HeadFile::open(const JournalSettings& settings, HeadFile& head) {
    head.path_ = settings.directory / "HEAD";
    std::error_code ignored;
    if (!std::filesystem::exists(head.path_, ignored)) {
        if (has_segments(settings.directory)) {
            return JournalError{Fault::Corrupt, head.path_.string(), 0,
                                head.path_.string() +
                                    ": missing, though there are segments. Without it a lost "
                                    "tail cannot be told from a whole journal. Restore it."};
        }
        if (auto error = head.create(settings)) return error;
    }
    if (const int error = open_file(head.path_, O_RDWR, head.fd_)) return io_error(head.path_, "open", error);
    return head.read(settings);
}

std::optional<JournalError> HeadFile::look(const JournalSettings& settings, HeadFile& head) {
    head.path_ = settings.directory / "HEAD";
    if (const int error = open_file(head.path_, O_RDONLY, head.fd_))
        return io_error(head.path_, "open", error);
    return head.read(settings);
}

std::optional<JournalError> HeadFile::create(const JournalSettings& settings) {
    HeadIdentity identity;
    identity.magic = kHeadMagic;
    identity.version = kFormatVersion;
    identity.created_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count();
    std::copy_n(settings.instance.view().data(), identity.instance.size(), identity.instance.data());
    if (::getrandom(identity.uuid.data(), identity.uuid.size(), 0) !=
        static_cast<ssize_t>(identity.uuid.size())) {
        return io_error(path_, "draw a random identity", errno);
    }
    identity.uuid[6] = static_cast<std::uint8_t>((identity.uuid[6] & 0x0FU) | 0x40U);  // RFC 9562, version 4
    identity.uuid[8] = static_cast<std::uint8_t>((identity.uuid[8] & 0x3FU) | 0x80U);
    const std::string bytes = whole_head(identity, {});
    const auto aside = settings.directory / "HEAD.new";
    Fd fd;
    if (const int error = open_file(aside, O_RDWR | O_CREAT | O_TRUNC, fd))
        return io_error(aside, "create", error);
    if (const int error = write_at(fd.get(), bytes.data(), bytes.size(), 0))
        return io_error(aside, "write", error);
    if (const int error = sync_data(fd.get())) return io_error(aside, "sync", error);
    if (std::rename(aside.c_str(), path_.c_str()) != 0) return io_error(path_, "rename", errno);
    if (const int error = sync_directory(settings.directory)) return io_error(path_, "sync", error);
    return std::nullopt;
}

std::string HeadFile::bytes_of(const JournalIdentity& identity, const Watermark& watermark) {
    HeadIdentity block;
    block.magic = kHeadMagic;
    block.version = kFormatVersion;
    block.uuid = identity.uuid;
    block.created_ns = identity.created.ns;
    std::copy_n(identity.instance.view().data(), identity.instance.size(), block.instance.data());
    return whole_head(block, watermark);
}

std::optional<JournalError> HeadFile::read(const JournalSettings& settings) {
    std::vector<char> bytes(3 * kHeadBlock);
    std::size_t got = 0;
    if (const int error = read_at(fd_.get(), bytes.data(), bytes.size(), 0, got))
        return io_error(path_, "read", error);
    const auto identity = block_at<HeadIdentity>(bytes, 0);
    if (!verifies(identity)) {
        return JournalError{
            Fault::Corrupt, path_.string(), 0,
            path_.string() + ": byte 0: the identity is damaged. Restore the file from a backup."};
    }
    if (identity.version != kFormatVersion)
        return JournalError{Fault::Incompatible, path_.string(), 0,
                            path_.string() + ": " + of_other_format(identity.version)};
    const auto first = block_at<Watermark>(bytes, kHeadBlock);
    const auto second = block_at<Watermark>(bytes, 2 * kHeadBlock);
    if (!verifies(first) && !verifies(second)) {
        const std::string which = was_never_written(second) ? "the only watermark that was written is damaged"
                                                            : "both watermarks are damaged";
        return JournalError{Fault::Corrupt, path_.string(), kHeadBlock,
                            path_.string() + ": byte 4096: " + which + ". Restore the file from a backup."};
    }
    const bool take_first = verifies(first) && (!verifies(second) || first.generation > second.generation);
    watermark_ = take_first ? first : second;

    const auto length = static_cast<std::size_t>(
        identity.instance[0] == '\0'   ? 0
        : identity.instance[1] == '\0' ? 1
                                       : 2);
    identity_.uuid = identity.uuid;
    identity_.created = Timestamp{identity.created_ns};
    identity_.instance = FixedText<2>::truncated({identity.instance.data(), length});
    identity_.epoch = watermark_.epoch + 1;
    if (settings.instance.empty() || identity_.instance == settings.instance) return std::nullopt;
    return JournalError{Fault::Incompatible, path_.string(), 0,
                        path_.string() + ": made by instance " + std::string(identity_.instance.view()) +
                            ", configured is " + std::string(settings.instance.view()) +
                            ". Two instances never share a journal; correct the setting or the directory."};
}

int HeadFile::move(Watermark next) {
    next.generation = watermark_.generation + 1;
    set_crc(next);
    // Odd generations lie in block 1, even ones in block 2, so the other stays whole meanwhile.
    const std::uint64_t offset = next.generation % 2 == 1 ? kHeadBlock : 2 * kHeadBlock;
    std::array<char, sizeof next> bytes{};
    std::memcpy(bytes.data(), &next, sizeof next);
    if (const int error = write_at(fd_.get(), bytes.data(), bytes.size(), offset)) return error;
    if (const int error = sync_data(fd_.get())) return error;
    watermark_ = next;
    return 0;
}

}  // namespace penstock::persistence
