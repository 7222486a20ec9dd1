#pragma once

#include <variant>

#include "compliance/tlog/files.hpp"
#include "compliance/witness/rules.hpp"

namespace penstock::compliance {

/// The witness with its memory, a folder of two files a log: `<id>.log` (origin and keys, a line each) and
/// `<id>.seen` (the newest checkpoint it countersigned, as a note with its own signature), where id is the
/// hash of the origin in hex. A log without a `.seen`, or with one that does not verify, stops the start: a
/// witness that forgot must not sign again. One thread; `files` outlives it.
class Witness {
  public:
    using Opened = std::variant<Witness, std::string>;  // or what is wrong, as a sentence

    static Opened open(Files& files, SignerKey signer, UnknownOrigin unknown_origin);
    /// Makes the two files of a log that is to be witnessed from now on; a log that is known gets the keys
    /// that are new, and keeps what was seen of it. Nothing when it went well.
    static std::optional<std::string> add_log(Files& files, const SignerKey& signer, const WitnessedLog& log,
                                              std::uint64_t unix_time);

    /// Judges, makes the new state durable, and only then answers. When the folder fails it answers 500,
    /// now and ever after: what is on the disk is not known any more.
    WitnessAnswer add_checkpoint(std::string_view request, std::uint64_t unix_time);

    bool has_failed() const { return has_failed_; }
    const WitnessRules& rules() const { return rules_; }
    const WitnessState& state() const { return state_; }

  private:
    Witness(Files& files, WitnessRules rules) : files_(&files), rules_(std::move(rules)) {}
    std::optional<std::string> load(const std::string& id);

    Files* files_;
    WitnessRules rules_;
    WitnessState state_;
    bool has_failed_ = false;
};

}  // namespace penstock::compliance
