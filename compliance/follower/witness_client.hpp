#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "compliance/follower/http_post.hpp"
#include "compliance/tlog/checkpoint.hpp"
#include "compliance/tlog/tiles.hpp"
#include "oms/domain/time.hpp"

namespace penstock::compliance {

/// Posts a body to one witness; http_post, or a test's.
using PostToWitness = std::function<HttpAnswer(std::string_view body)>;
/// A line for operators.
using Say = std::function<void(std::string_view)>;

/// Asks one witness to countersign checkpoints (c2sp.org/tlog-witness), newest first: those in between are
/// passed over. A witness that cannot be reached or refuses costs a warning, not trading: it is asked again
/// after kFirstWait, twice that, and so on up to kLongestWait. One thread.
class WitnessClient {
  public:
    WitnessClient(VerifierKey key, PostToWitness post, Say say)
        : key_(std::move(key)), post_(std::move(post)), say_(std::move(say)) {}

    static constexpr Duration kFirstWait = Duration::seconds(1);
    static constexpr Duration kLongestWait = Duration::seconds(60);

    /// Is it time to ask about a checkpoint of `size`? `now` of a clock that never goes back.
    bool is_due(std::uint64_t size, Timestamp now) const;
    /// Asks; the countersignature, when it was given and verifies. `reader` has the tiles of the checkpoint.
    std::optional<NoteSignature> ask(const Note& note, const TreeHead& head, NodeReader& reader,
                                     Timestamp now);

    const std::string& name() const { return key_.name; }
    /// The size it countersigned last, as far as we know.
    std::uint64_t cosigned() const { return cosigned_; }

  private:
    std::optional<NoteSignature> take(const HttpAnswer& answer, const Note& note) const;
    void took(std::uint64_t size, Timestamp now);
    void refused(const std::string& why, const TreeHead& head, Timestamp now);

    VerifierKey key_;
    PostToWitness post_;
    Say say_;
    std::uint64_t cosigned_ = 0;
    std::string trouble_;  // what was said last; empty: none
    Duration wait_;        // after the next failure
    Timestamp not_before_;
};

}  // namespace penstock::compliance
