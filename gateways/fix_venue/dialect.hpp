#pragma once

#include <string>
#include <string_view>

#include "gateways/fix_venue/settings.hpp"

namespace penstock::gateways {

/// Turns a body of ours into what the venue wants: adds its extra fields at their place in ascending
/// tag order and leaves out what it refuses.
class Dialect {
  public:
    explicit Dialect(const VenueSheet& sheet) : sheet_(sheet) {}
    bool is_plain() const { return sheet_.extra_fields.empty() && sheet_.omitted_fields.empty(); }
    void apply(std::string_view msg_type, std::string& body) const;

  private:
    VenueSheet sheet_;
};

}  // namespace penstock::gateways
