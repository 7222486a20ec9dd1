#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "oms/domain/time.hpp"

namespace penstock::compliance {

/// A witness that is asked for countersignatures.
struct WitnessSettings {
    std::string url;   // "http://host:port", below which it answers POST /add-checkpoint
    std::string vkey;  // its public key
};

/// The audit of a penstockd: whether, as whom, and who countersigns.
struct AuditSettings {
    bool enabled = false;
    std::string origin;                       // first line of checkpoints; empty: the name of the key
    std::filesystem::path key_file;           // the log's secret key, made by `penstockd audit-keygen`
    std::filesystem::path previous_key_file;  // while the key is changed: the one before; else empty
    /// A checkpoint is published at least so often while records come.
    Duration checkpoint_interval = Duration::seconds(1);
    std::vector<WitnessSettings> witnesses;  // at most kMaxWitnesses
};
inline constexpr std::size_t kMaxWitnesses = 8;

}  // namespace penstock::compliance
