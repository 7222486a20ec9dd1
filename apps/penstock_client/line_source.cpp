#include "apps/penstock_client/line_source.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <fstream>
#include <sstream>

namespace penstock::client {

std::optional<std::string> LineSource::open(const std::string& file) {
    // A redirected file cannot be waited for, and need not be.
    struct stat about {};
    const bool is_stdin = file == "-";
    const bool is_file = !is_stdin || (::fstat(STDIN_FILENO, &about) == 0 && S_ISREG(about.st_mode));
    if (!is_file) {
        boost::system::error_code error;
        input_.assign(::dup(STDIN_FILENO), error);
        if (!error) return std::nullopt;
        is_over_ = true;  // such as /dev/null, which has nothing to say
        return std::nullopt;
    }
    std::ifstream stream(is_stdin ? "/dev/stdin" : file);
    if (!stream) return "cannot read " + file;
    std::ostringstream text;
    text << stream.rdbuf();
    buffer_ = text.str();
    is_over_ = true;
    return std::nullopt;
}

std::optional<std::string> LineSource::take_line() {
    const std::size_t end = buffer_.find('\n');
    if (end == std::string::npos && (!is_over_ || buffer_.empty())) return std::nullopt;
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end == std::string::npos ? end : end + 1);
    return line;
}

void LineSource::next(OnLine on_line) {
    auto line = take_line();
    if (line || is_over_) {
        boost::asio::post(io_, [on_line = std::move(on_line), line = std::move(line)] { on_line(line); });
        return;
    }
    boost::asio::async_read_until(
        input_, boost::asio::dynamic_buffer(buffer_, kMaxLine), '\n',
        [this, on_line = std::move(on_line)](const boost::system::error_code& error, std::size_t) {
            if (error == boost::asio::error::operation_aborted) return;
            is_over_ |= static_cast<bool>(error);
            on_line(take_line());
        });
}

void LineSource::close() {
    boost::system::error_code ignored;
    input_.close(ignored);
}

}  // namespace penstock::client
