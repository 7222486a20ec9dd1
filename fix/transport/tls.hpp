#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fix/transport/settings.hpp"

namespace penstock::fix {

/// Certificates and rules, loaded once and shared by the connections that use them.
class TlsContext {
  public:
    enum class Side { Server, Client };
    /// Nothing when the files do not load; `error` then names the file and OpenSSL's reason.
    static std::shared_ptr<TlsContext> load(const TlsSettings& settings, Side side, std::string& error);
    ~TlsContext();

  private:
    friend class TlsStream;
    struct Impl;
    explicit TlsContext(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// TLS over memory: ciphertext in and out are plain bytes, the socket stays with the connection.
class TlsStream {
  public:
    TlsStream(std::shared_ptr<TlsContext> context, const std::string& server_name);
    ~TlsStream();

    /// Takes what the socket read, appends what it decrypts to, and what must be sent back. False: the
    /// peer broke the protocol or is not who it must be; `error` says why.
    bool receive(std::string_view ciphertext, std::string& plain, std::string& to_send, std::string& error);
    /// Encrypts. Before the handshake is done the bytes wait inside.
    void send(std::string_view plain, std::string& to_send);
    /// The client's first flight.
    void start(std::string& to_send);
    /// The common name (CN) of the peer's verified certificate; nothing when it showed none.
    std::optional<std::string> peer_common_name() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace penstock::fix
