#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "oms/ports/journal.hpp"

namespace penstock::apps {

/// A record as people read it: a line for the input, then one for each output, the numbers it was sent with,
/// and the message as it came (SOH shown as |).
std::string record_text(const oms::Record& record);

/// The same as one JSON object without a line break: every field by its name, exact numbers as text.
std::string record_json(const oms::Record& record);

/// Every field of it that is not absent, by its path ("output 0.leaves"), in an order that two records share.
std::map<std::string, std::string> record_fields(const oms::Record& record);

/// A JSON string, quoted. Bytes are taken for Latin-1, so that none is lost whatever they mean.
std::string json_text(std::string_view text);

/// Which records are about one order? Shown every record in turn: it learns the order's children.
class AboutOrder {
  public:
    /// OrderID(37) as we give it, or a ClOrdID(11) of the client's.
    explicit AboutOrder(std::string_view id);
    bool concerns(const oms::Record& record);

  private:
    std::uint64_t order_ = 0;
    std::string cl_ord_id_;
    std::set<std::uint64_t> orders_;
    std::set<std::uint64_t> children_;
};

}  // namespace penstock::apps
