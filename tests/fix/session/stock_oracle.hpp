#pragma once

#include <memory>
#include <string>

// A stock QuickFIX acceptor without sockets, for comparison. C++14 and no QuickFIX types here.

namespace penstock {
namespace fix {
namespace test {

class StockOracle {
  public:
    /// FIX.4.2, FIX.4.4 or FIXT.1.1; we are ISLD, the peer is TW, ResetOnLogon, everything else stock.
    static std::unique_ptr<StockOracle> make(const std::string& begin_string, const std::string& session_xml,
                                             const std::string& application_xml);
    virtual ~StockOracle() {}
    /// A new connection of the peer.
    virtual void connect() = 0;
    /// Bytes from the peer; what the acceptor writes in answer is appended to `out`.
    virtual void receive(const std::string& bytes, std::string& out) = 0;
    virtual bool is_connected() const = 0;
};

}  // namespace test
}  // namespace fix
}  // namespace penstock
