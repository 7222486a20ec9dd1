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
    if (auto problem = record_act({where.state, where.journal}, act)) return problem;
    const std::string manifest = request.file.filename().string() + ".manifest.json";
    const auto hash = reports::sha256_of_file(request.file.string() + ".manifest.json");
    if (!hash) return manifest + " cannot be read again";
    act.subject = FixedText<95>::truncated(request.report + " " + manifest);
    act.text = Text::truncated(*hash + " manifest");
    return record_act({where.state, where.journal}, act);
}

}  // namespace penstock::apps
