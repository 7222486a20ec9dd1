#include "fix/codec/redact.hpp"

#include <algorithm>

namespace penstock::fix {
namespace {

constexpr std::string_view kHidden = "***";

bool is_secret(const FieldRef& field) { return field.tag == 96 || field.tag == 554 || field.tag == 925; }

}  // namespace

std::string_view redacted(const MessageIndex& message, std::string& scratch) {
    const auto fields = message.fields();
    const std::string_view frame = message.frame();
    if (std::none_of(fields.begin(), fields.end(), is_secret)) return frame;
    scratch.clear();
    std::size_t kept = 0;
    for (const FieldRef& field : fields) {
        if (!is_secret(field)) continue;
        scratch.append(frame.substr(kept, field.offset - kept)).append(kHidden);
        kept = field.offset + field.length;
    }
    scratch.append(frame.substr(kept));
    return scratch;
}

}  // namespace penstock::fix
