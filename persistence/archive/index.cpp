#include "persistence/archive/index.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include "persistence/archive/whole_file.hpp"
#include "persistence/snapshot/file_sink.hpp"

namespace penstock::persistence {
namespace {

constexpr std::string_view kTitle = "penstock-archive 1 ";

std::string digest_text(const Digest& digest) { return hex_of(digest.data(), digest.size()); }

Digest sha256_of(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

std::string line_of(const ArchivedSegment& one) {
    std::ostringstream out;
    out << "segment " << one.first_seq << ' ' << one.last_seq << ' ' << one.first_time.ns << ' '
        << one.last_time.ns << ' ' << one.bytes << ' ' << digest_text(one.sha256) << ' ' << one.stored_bytes
        << ' ' << digest_text(one.stored_sha256) << ' ' << one.deleted.ns << '\n';
    return out.str();
}

bool read_digest(std::istream& in, Digest& digest) {
    std::string text;
    return in >> text && parse_hex(text, digest.data(), digest.size());
}

bool read_segment(std::istream& in, ArchivedSegment& one) {
    return in >> one.first_seq >> one.last_seq >> one.first_time.ns >> one.last_time.ns >> one.bytes &&
           read_digest(in, one.sha256) && in >> one.stored_bytes && read_digest(in, one.stored_sha256) &&
           in >> one.deleted.ns;
}

bool read_line(const std::string& line, ArchiveIndex& index) {
    std::istringstream in(line);
    std::string kind;
    in >> kind;
    if (kind == "segment") return read_segment(in, index.segments.emplace_back());
    if (kind != "hold") return false;
    LegalHold& hold = index.holds.emplace_back();
    return static_cast<bool>(in >> hold.from.ns >> hold.to.ns) && in.get() == ' ' &&
           static_cast<bool>(std::getline(in, hold.matter));
}

}  // namespace

const ArchivedSegment* ArchiveIndex::find(std::uint64_t first_seq) const {
    const auto found =
        std::ranges::find_if(segments, [&](const auto& one) { return one.first_seq == first_seq; });
    return found == segments.end() ? nullptr : &*found;
}

const LegalHold* ArchiveIndex::hold(std::string_view matter) const {
    const auto found = std::ranges::find(holds, matter, &LegalHold::matter);
    return found == holds.end() ? nullptr : &*found;
}

std::optional<std::string> read_index(const std::filesystem::path& folder, ArchiveIndex& index) {
    const auto path = folder / "INDEX";
    index = ArchiveIndex();
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto damaged = [&](const std::string& what) {
        return path.string() + ": " + what + "; restore it from a backup of the archive";
    };
    const std::size_t end = text.rfind("sha256 ");
    if (end == std::string::npos ||
        text.substr(end) != "sha256 " + digest_text(sha256_of(text.substr(0, end))) + "\n")
        return damaged("is damaged or cut short: its SHA-256 is another");
    std::istringstream lines(text.substr(0, end));
    std::string line;
    std::getline(lines, line);
    if (!line.starts_with(kTitle))
        return path.string() + ": of a newer format; use the program that wrote it";
    if (!parse_hex(line.substr(kTitle.size()), index.uuid.data(), index.uuid.size()))
        return damaged("no uuid");
    while (std::getline(lines, line))
        if (!read_line(line, index)) return damaged("a line that says nothing: " + line);
    return std::nullopt;
}

std::optional<std::string> write_index(const std::filesystem::path& folder, const ArchiveIndex& index) {
    std::string text = std::string(kTitle) + hex_of(index.uuid.data(), index.uuid.size()) + "\n";
    for (const ArchivedSegment& one : index.segments) text += line_of(one);
    for (const LegalHold& hold : index.holds)
        text += "hold " + std::to_string(hold.from.ns) + " " + std::to_string(hold.to.ns) + " " +
                hold.matter + "\n";
    text += "sha256 " + digest_text(sha256_of(text)) + "\n";
    return replace_file(folder / "INDEX", text);
}

std::string hex_of(const std::uint8_t* bytes, std::size_t size) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += kDigits[bytes[i] >> 4U];
        text += kDigits[bytes[i] & 15U];
    }
    return text;
}

bool parse_hex(std::string_view text, std::uint8_t* bytes, std::size_t size) {
    if (text.size() != 2 * size) return false;
    for (std::size_t i = 0; i < size; ++i) {
        const char* const at = text.data() + 2 * i;
        const auto [end, error] = std::from_chars(at, at + 2, bytes[i], 16);
        if (error != std::errc{} || end != at + 2) return false;
    }
    return true;
}

}  // namespace penstock::persistence
