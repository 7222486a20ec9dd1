#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <optional>
#include <string>

namespace penstock::client {

/// Lines of a file or of stdin, each given when it is asked for.
class LineSource {
  public:
    /// Nothing: there are no more.
    using OnLine = std::function<void(std::optional<std::string>)>;

    explicit LineSource(boost::asio::io_context& io) : io_(io), input_(io) {}
    /// `file`: a path, or "-" for stdin. Nothing when it worked, else what is wrong.
    std::optional<std::string> open(const std::string& file);
    /// Asks for one line; not again before it has come.
    void next(OnLine on_line);
    void close();

    /// A longer line ends the input.
    static constexpr std::size_t kMaxLine = 64 * 1024;

  private:
    std::optional<std::string> take_line();

    boost::asio::io_context& io_;
    boost::asio::posix::stream_descriptor input_;  // not open: everything is in the buffer
    std::string buffer_;
    bool is_over_ = false;
};

}  // namespace penstock::client
