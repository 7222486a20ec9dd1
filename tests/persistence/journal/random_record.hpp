#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "oms/ports/journal.hpp"

namespace penstock::persistence {

using Random = std::mt19937_64;

/// A record with every field drawn at random: extremes, zeros and absences included. `input` and
/// `output` choose the alternatives; any number will do.
oms::Record random_record(Random& random, std::uint64_t seq, std::size_t input, std::size_t output);
oms::Record random_record(Random& random, std::uint64_t seq);

/// Like an order in life: NewOrder, an execution report and a venue order, 200 bytes as received.
oms::Record new_order_record(std::uint64_t seq);

oms::RecordView view_of(const oms::Record& record);

/// Every field of a record as text, in order: two records are equal when these are.
std::vector<std::string> fields_of(const oms::Record& record);

std::string encoded(const oms::Record& record);

}  // namespace penstock::persistence
