#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "compliance/witness/rules.hpp"

namespace boost::asio {
class io_context;
}

namespace penstock::apps {

/// Answers the body of one request.
using AddCheckpoint = std::function<compliance::WitnessAnswer(std::string_view body)>;

/// The witness's HTTP door: POST /add-checkpoint, keep-alive, nothing else. One thread, so requests are
/// judged one after the other. At most kMaxConnections at a time; one more is closed at once. A
/// connection that says nothing for kPatience seconds is closed.
class HttpDoor {
  public:
    static constexpr std::size_t kMaxConnections = 64;
    static constexpr int kPatience = 15;

    HttpDoor(boost::asio::io_context& io, AddCheckpoint add_checkpoint);
    ~HttpDoor();
    /// Listens on an address such as "127.0.0.1"; port 0 takes any. What went wrong, or nothing.
    std::optional<std::string> open(const std::string& host, std::uint16_t port);
    std::uint16_t port() const;
    /// Takes no more connections and closes those there are; a request being answered is answered whole.
    void close();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace penstock::apps
