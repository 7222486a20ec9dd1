#include "gateways/fix_venue/dialect.hpp"

#include <algorithm>
#include <charconv>

namespace penstock::gateways {
namespace {

constexpr char kSoh = '\x01';

bool concerns(const std::vector<std::string>& msg_types, std::string_view msg_type) {
    return std::find(msg_types.begin(), msg_types.end(), msg_type) != msg_types.end();
}

unsigned tag_at(std::string_view field) {
    unsigned tag = 0;
    std::from_chars(field.data(), field.data() + field.size(), tag);
    return tag;
}

/// The first field whose tag is not below `tag`.
std::size_t place_of(std::string_view body, unsigned tag) {
    std::size_t at = 0;
    while (at < body.size() && tag_at(body.substr(at)) < tag) at = body.find(kSoh, at) + 1;
    return at;
}

}  // namespace

void Dialect::apply(std::string_view msg_type, std::string& body) const {
    for (const VenueSheet::OmittedField& omitted : sheet_.omitted_fields) {
        if (!concerns(omitted.msg_types, msg_type)) continue;
        const std::size_t at = place_of(body, omitted.tag);
        if (at < body.size() && tag_at(std::string_view(body).substr(at)) == omitted.tag)
            body.erase(at, body.find(kSoh, at) + 1 - at);
    }
    for (const VenueSheet::ExtraField& extra : sheet_.extra_fields) {
        if (!concerns(extra.msg_types, msg_type)) continue;
        const std::size_t at = place_of(body, extra.tag);
        const bool is_there = at < body.size() && tag_at(std::string_view(body).substr(at)) == extra.tag;
        if (!is_there) body.insert(at, std::to_string(extra.tag) + "=" + extra.value + kSoh);
    }
}

}  // namespace penstock::gateways
