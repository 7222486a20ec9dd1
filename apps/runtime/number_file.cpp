#include "apps/runtime/number_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

namespace penstock::apps {
namespace {

/// Two numbers of ten digits, which hold every number, so that a line never changes its length.
constexpr int kNumberBytes = 32;

}  // namespace

NumberFile::~NumberFile() {
    if (file_ >= 0) ::close(file_);
}

std::optional<std::string> NumberFile::open(const std::filesystem::path& file) {
    std::error_code ignored;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
    file_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file_ < 0) return "cannot open " + file.string() + ": " + std::strerror(errno);
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    read_ = text.str();
    return std::nullopt;
}

void NumberFile::recover(fix::FixSession& session) {
    Kept kept{&session, 1, 1};
    std::istringstream lines(read_);
    std::uint32_t in = 0, out = 0;
    std::string name;
    while (lines >> in >> out >> name)
        if (name == session.name() && in > 0 && out > 0) kept.in = in, kept.out = out;
    session.set_numbers(kept.in, kept.out);
    kept_.push_back(kept);
}

bool NumberFile::keep() {
    bool moved = false;
    for (Kept& kept : kept_) {
        const std::uint32_t in = kept.session->next_number_in(), out = kept.session->next_number_out();
        moved |= in != kept.in || out != kept.out;
        kept.in = in;
        kept.out = out;
    }
    if (!moved || file_ < 0) return true;
    std::string text;
    for (const Kept& kept : kept_) {
        char numbers[kNumberBytes];
        std::snprintf(numbers, sizeof numbers, "%010u %010u ", kept.in, kept.out);
        (text += numbers) += kept.session->name() + '\n';
    }
    if (::pwrite(file_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) return false;
    // Sessions that are configured no longer leave lines behind.
    const bool is_longer = read_.size() > text.size();
    read_.clear();
    return !is_longer || ::ftruncate(file_, static_cast<off_t>(text.size())) == 0;
}

}  // namespace penstock::apps
