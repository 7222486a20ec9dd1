#pragma once

#include <gtest/gtest.h>

#include <string>

#include "compliance/tlog/tiled_log.hpp"

namespace penstock::compliance::test {

inline LogSettings test_log(OldPartials old_partials = OldPartials::Remove) {
    Seed seed{};
    seed[0] = 42;
    return {"penstock.example/test/1/audit",
            make_signer("penstock.example/test/1/audit", KeyType::Ed25519, seed), old_partials};
}

inline std::string record(std::uint64_t index) { return "record " + std::to_string(index); }

/// The log, or a test failure with what the problem was.
inline TiledLog must(TiledLog::Opened opened) {
    const auto* problem = std::get_if<LogProblem>(&opened);
    if (problem != nullptr) ADD_FAILURE() << problem->text;
    return std::get<TiledLog>(std::move(opened));
}

/// Appends records until there are `size`, and publishes. Stops at the first problem.
inline std::optional<LogProblem> grow(TiledLog& log, std::uint64_t size) {
    while (log.size() < size)
        if (auto problem = log.append(record(log.size()))) return problem;
    return log.publish();
}

inline TreeHead head_of(std::uint64_t size) {
    Peaks peaks;
    for (std::uint64_t index = 0; index < size; ++index) peaks.append(leaf_hash(record(index)));
    return {size, peaks.root()};
}

}  // namespace penstock::compliance::test
