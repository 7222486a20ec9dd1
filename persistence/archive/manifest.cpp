#include "persistence/archive/manifest.hpp"

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "persistence/archive/index.hpp"
#include "persistence/snapshot/file_sink.hpp"

namespace penstock::persistence {
namespace {

constexpr const char* kManifest = "MANIFEST";

constexpr std::string_view kTitle = "penstock-backup 1";

std::string sha256_text(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    const Digest digest = hash.finish();
    return hex_of(digest.data(), digest.size());
}

bool read_line(const std::string& line, Manifest& manifest) {
    std::istringstream in(line);
    std::string kind;
    std::string hex;
    in >> kind;
    if (kind == "journal")
        return in >> hex && parse_hex(hex, manifest.journal.data(), manifest.journal.size());
    if (kind == "seq") return static_cast<bool>(in >> manifest.seq);
    if (kind == "made") return static_cast<bool>(in >> manifest.made.ns >> manifest.by);
    if (kind != "file") return false;
    auto& [path, copied] = manifest.files.emplace_back();
    return in >> copied.bytes >> hex && parse_hex(hex, copied.sha256.data(), copied.sha256.size()) &&
           in.get() == ' ' && std::getline(in, path) && !path.empty() && path.front() != '/' &&
           path.find("..") == std::string::npos;
}

}  // namespace

std::optional<std::string> write_manifest(const std::filesystem::path& folder, const Manifest& manifest) {
    std::ostringstream out;
    out << kTitle << "\njournal " << hex_of(manifest.journal.data(), manifest.journal.size()) << "\nseq "
        << manifest.seq << "\nmade " << manifest.made.ns << ' ' << manifest.by << '\n';
    for (const auto& [path, copied] : manifest.files)
        out << "file " << copied.bytes << ' ' << hex_of(copied.sha256.data(), copied.sha256.size()) << ' '
            << path << '\n';
    const std::string text = out.str();
    return replace_file(folder / kManifest, text + "sha256 " + sha256_text(text) + "\n");
}

std::optional<std::string> read_manifest(const std::filesystem::path& folder, Manifest& manifest) {
    const auto path = folder / kManifest;
    std::ifstream file(path, std::ios::binary);
    if (!file) return path.string() + ": cannot be read: that is no backup that was finished";
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t end = text.rfind("sha256 ");
    if (end == std::string::npos || text.substr(end) != "sha256 " + sha256_text(text.substr(0, end)) + "\n")
        return path.string() + ": is damaged: its SHA-256 is another";
    std::istringstream lines(text.substr(0, end));
    std::string line;
    std::getline(lines, line);
    if (line != kTitle) return path.string() + ": of a newer format; use the program that wrote it";
    while (std::getline(lines, line))
        if (!read_line(line, manifest)) return path.string() + ": a line that says nothing: " + line;
    return std::nullopt;
}

std::optional<std::string> check_files(const std::filesystem::path& folder, const Manifest& manifest) {
    std::set<std::string> backed_up{kManifest};
    for (const auto& [path, copied] : manifest.files) {
        CopiedFile found;
        if (auto error = digest_file(folder / path, found)) return error;
        if (found.bytes != copied.bytes || found.sha256 != copied.sha256)
            return (folder / path).string() + ": is not what was backed up: another SHA-256";
        backed_up.insert(path);
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (!entry.is_directory() && !backed_up.contains(entry.path().lexically_relative(folder).string()))
            return entry.path().string() + ": was not backed up, " + kManifest +
                   " does not name it: move it out of the backup";
    return std::nullopt;
}

}  // namespace penstock::persistence
