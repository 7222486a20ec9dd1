#include "compliance/reports/raw_fix.hpp"

#include <cctype>
#include <charconv>

namespace penstock::reports {
namespace {

constexpr char kSoh = '\x01';
constexpr int kPartyId = 448;
constexpr int kPartyRole = 452;

/// Calls visit(tag, value) for every field, until it returns false. What is no field is passed over.
template <class Visit>
void for_each_field(std::string_view raw, Visit&& visit) {
    while (!raw.empty()) {
        const std::size_t end = raw.find(kSoh);
        const std::string_view field = raw.substr(0, end);
        raw.remove_prefix(end == std::string_view::npos ? raw.size() : end + 1);
        const std::size_t equals = field.find('=');
        if (equals == std::string_view::npos) continue;
        int tag = 0;
        const auto read = std::from_chars(field.data(), field.data() + equals, tag);
        if (read.ec != std::errc{} || read.ptr != field.data() + equals) continue;
        if (!visit(tag, field.substr(equals + 1))) return;
    }
}

}  // namespace

std::string_view tag_value(std::string_view raw, int tag) {
    std::string_view found;
    for_each_field(raw, [&](int at, std::string_view value) {
        if (at != tag) return true;
        found = value;
        return false;
    });
    return found;
}

std::string_view party_id(std::string_view raw, int role) {
    std::string_view id;
    std::string_view found;
    const std::string wanted = std::to_string(role);
    for_each_field(raw, [&](int tag, std::string_view value) {
        if (tag == kPartyId) id = value;
        if (tag != kPartyRole || value != wanted) return true;
        found = id;
        return false;
    });
    return found;
}

FixNames::FixNames(std::string_view dictionary) {
    Field* field = nullptr;
    bool is_in_fields = false;
    while (!dictionary.empty()) {
        const std::size_t end = dictionary.find('\n');
        std::string_view line = dictionary.substr(0, end);
        dictionary.remove_prefix(end == std::string_view::npos ? dictionary.size() : end + 1);
        if (line.empty() || line.front() == '#') continue;
        if (line.front() == '[') is_in_fields = line == "[fields]";
        if (!is_in_fields || line.front() == '[') continue;
        int words = 0;
        for (std::size_t at = 0; at < line.size();) {
            const std::size_t begin = line.find_first_not_of(' ', at);
            if (begin == std::string_view::npos) break;
            at = std::min(line.find(' ', begin), line.size());
            const std::string_view word = line.substr(begin, at - begin);
            const bool is_first = words++ == 0 && begin == 0;
            int tag = 0;
            if (is_first && std::from_chars(word.data(), word.data() + word.size(), tag).ec == std::errc{})
                field = &fields_[tag];
            else if (field != nullptr && field->name.empty())
                field->name = word;
            else if (const auto equals = word.find('='); field != nullptr && equals != std::string_view::npos)
                field->words.emplace(word.substr(0, equals), word.substr(equals + 1));
        }
    }
}

void FixNames::decode(std::string& out, std::string_view raw) const {
    out.reserve(out.size() + 3 * raw.size());
    bool is_first = true;
    for_each_field(raw, [&](int tag, std::string_view value) {
        if (!is_first) out += ' ';
        is_first = false;
        const auto field = fields_.find(tag);
        if (field == fields_.end() || field->second.name.empty())
            out += std::to_string(tag);
        else
            out += field->second.name;
        out.append("=").append(value);
        if (field == fields_.end()) return true;
        const auto word = field->second.words.find(value);
        if (word != field->second.words.end()) out.append("(").append(word->second).append(")");
        return true;
    });
}

}  // namespace penstock::reports
