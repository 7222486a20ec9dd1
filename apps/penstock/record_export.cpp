#include "apps/penstock/record_export.hpp"

#include "apps/runtime/operator_record.hpp"

namespace penstock::apps {

std::optional<std::string> record_export(const Where& where, const reports::Request& request,
                                         const reports::Exported& done) {
    if (where.state.empty())
        return "only the folder of a journal was named, and none of a penstockd; keep the manifest";
    oms::OperatorActed act;
    act.action = FixedText<31>::truncated("export");
    act.subject = FixedText<95>::truncated(request.report + " " + request.file.filename().string());
    act.reason = Text::truncated(request.reason);
    act.text = Text::truncated(done.sha256 + " " + std::to_string(done.totals.rows) + " rows");
    return record_act({where.state, where.journal}, act);
}

}  // namespace penstock::apps
