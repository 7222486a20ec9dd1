#include "apps/penstock/record_export.hpp"

namespace penstock::apps {

std::optional<std::string> record_export(const Where&, const reports::Request&, const reports::Exported&) {
    return "this penstockd takes no word of operators; keep the manifest";
}

}  // namespace penstock::apps
