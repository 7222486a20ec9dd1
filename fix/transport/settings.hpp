#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "oms/domain/time.hpp"

namespace penstock::fix {

/// TLS for a listener or a connection. TLS 1.2 is the least spoken.
struct TlsSettings {
    bool enabled = false;
    std::string certificate_file;  // PEM chain; listeners need one
    std::string private_key_file;
    std::string ca_file;                    // who may sign the peer's certificate; empty: the system's
    bool require_peer_certificate = false;  // mutual TLS on a listener
    std::string server_name;                // initiators: the name the venue's certificate must carry
};

/// Where FIX clients connect.
struct ListenerSettings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free one
    TlsSettings tls;
    std::vector<std::string> allowed_addresses;  // empty: everybody who can reach the port
    /// Connections without a logged-on session. At the bound a new one is closed at once.
    std::size_t max_pending_connections = 256;
    /// New connections a second; more wait in the kernel's queue.
    std::size_t max_accepts_per_second = 1000;
    /// From the TCP connection to a finished Logon(A), TLS handshake included; then it is closed.
    Duration logon_deadline = Duration::seconds(10);
    std::size_t max_message_bytes_before_logon = 8 * 1024;
};

/// Bounds of one connection.
struct ConnectionLimits {
    std::size_t max_message_bytes = 64 * 1024;
    /// Bytes a slow reader may leave unread before it is disconnected; it recovers by ResendRequest.
    std::size_t max_send_queue_bytes = 8 * 1024 * 1024;
};

}  // namespace penstock::fix
