#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "fix/codec/encode.hpp"
#include "fix/session/engine.hpp"
#include "oms/ports/egress.hpp"

namespace penstock::fix {

/// A venue's own wishes about a body: fields it wants added or left out. Ascending tags in and out.
using BodyDialect = std::function<void(std::string_view msg_type, std::string& body)>;

/// The way out over FIX: outputs become messages of the session they name, and execution reports also
/// go to every drop copy session. Held by the connections until their record is durable.
class FixEgress final : public oms::Egress {
  public:
    FixEgress(FixEngine& engine, const oms::IdSpace& ids) : engine_(engine), ids_(ids) {}

    /// After the core has issued the session's id. `dialect` may be empty.
    void add(FixSession& session, BodyDialect dialect = {});
    void add_drop_copy(FixSession& session);

    void stage(Seq seq, Timestamp time, std::span<const oms::Output> outputs, oms::Staged& staged) override;
    void release(Seq durable) override { engine_.release(durable); }

    /// The body of an output as this session gets it; the MsgType, or empty when it gets none. Valid
    /// until the next call.
    struct Encoded {
        std::string_view msg_type;
        std::string_view body;
    };
    Encoded encode(const oms::Output& output, SessionId session);

  private:
    struct Way {
        FixSession* session = nullptr;
        BodyDialect dialect;
    };
    FixEngine& engine_;
    oms::IdSpace ids_;
    std::vector<Way> ways_;  // index: SessionId
    std::vector<FixSession*> drop_copies_;
    std::array<char, kMaxBody> buffer_{};
    BodyWriter writer_{buffer_.data(), buffer_.size()};
    std::string changed_;
};

}  // namespace penstock::fix
