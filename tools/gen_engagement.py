#!/usr/bin/env python3
"""Makes from spec/fix/engagement what is said and what is checked of the FIX front (see its README.md).

usage: gen_engagement.py page OUT      docs/fix/rules-of-engagement.md
       gen_engagement.py cases OUT     the cases of tests/fix/engagement, C++
       gen_engagement.py reasons OUT   the codes and words of refusals for fix/codec, C++
       gen_engagement.py unserved OUT  the fields that are refused, for fix/codec, C++
"""
import pathlib
import sys

sys.dont_write_bytecode = True
import engagement_tables  # noqa: E402

CPP_VERSION = {"4.2": "Version::Fix42", "4.4": "Version::Fix44", "5.0SP2": "Version::Fix50Sp2"}


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def cases_cpp(tables):
    import engagement_cases
    out = ["// Made by tools/gen_engagement.py from spec/fix/engagement. Do not edit.",
           '#include "tests/fix/engagement/cases.hpp"\n', "namespace penstock::fix::test {\n",
           "std::span<const Case> cases() {", "    static constexpr Case kAll[] = {"]
    for case in engagement_cases.make(tables):
        texts = (case.name, None, "\n".join(case.given), case.send, "\n".join(case.then), case.client,
                 case.venue, case.alarm)
        out.append("        {" + ", ".join(CPP_VERSION[case.version] if text is None else quoted(text)
                                           for text in texts) + "},")
    out += ["    };\n    return kAll;\n}\n", "std::span<const ReportField> report_fields() {",
            "    static constexpr ReportField kAll[] = {"]
    for report in tables.reports["message"]:
        for version in tables.groups[report["versions"]]:
            for tag, row in report["fields"].items():
                if version in row.get("versions", engagement_tables.VERSIONS):
                    always = str(row["present"] == "always").lower()
                    out.append(f'        {{{CPP_VERSION[version]}, "{report["type"]}", {tag}, {always}}},')
    out += ["    };\n    return kAll;\n}\n", "}  // namespace penstock::fix::test\n"]
    return "\n".join(out)


def reasons_cpp(tables):
    out = ["// Made by tools/gen_engagement.py from spec/fix/engagement. Do not edit.",
           '#include "fix/codec/reason_rows.hpp"\n', "namespace penstock::fix {\n",
           "const ReasonRow& row_of(oms::Reason reason) {",
           '    static constexpr ReasonRow kOther{{0, 99, 99}, {2, 99, 99}, 99, ""};',
           "    switch (reason) {",
           "        case oms::Reason::None: break;"]
    for name, row in tables.reasons.items():
        order, cancel = (", ".join(map(str, row[kind])) for kind in ("order", "cancel"))
        values = f"{{{order}}}, {{{cancel}}}, {row.get('mass', 99)}, {quoted(row['rule'])}"
        out.append(f"        case oms::Reason::{name}: {{\n            static constexpr ReasonRow "
                   f"kRow{{{values}}};\n            return kRow;\n        }}")
    out += ["    }", "    return kOther;", "}\n", "}  // namespace penstock::fix\n"]
    return "\n".join(out)


def unserved_cpp(tables):
    out = ["// Made by tools/gen_engagement.py from spec/fix/engagement. Do not edit.",
           '#include "fix/codec/unserved_fields.hpp"\n', "namespace penstock::fix {\n",
           "std::span<const UnservedField> unserved_fields() {",
           "    static constexpr UnservedField kAll[] = {"]
    tags = sorted(set().union(*(request.never for request in tables.requests)))
    harmless = {tag: value for request in tables.requests for tag, value in request.never.items()}
    for tag in tags:
        name = quoted(tables.name_of(tag))
        out.append(f"        {{{{{tag}, {name}}}, {quoted(harmless[tag])}}},")
    out += ["    };\n    return kAll;\n}\n",
            "std::span<const std::uint8_t> unserved_in(std::string_view msg_type) {"]
    for request in tables.requests:
        if not request.never:
            continue
        at = ", ".join(str(tags.index(tag) + 1 if tag in request.never else 0) for tag in range(tags[-1] + 1))
        out.append(f"    static constexpr std::uint8_t k{request.type}[] = {{{at}}};")
        out.append(f'    if (msg_type == "{request.type}") return k{request.type};')
    out += ["    return {};", "}\n", "}  // namespace penstock::fix\n"]
    return "\n".join(out)


def page_md(tables):
    import engagement_page
    return engagement_page.page(tables)


MAKERS = {"page": page_md, "cases": cases_cpp, "reasons": reasons_cpp, "unserved": unserved_cpp}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in MAKERS:
        sys.exit(__doc__)
    text = MAKERS[sys.argv[1]](engagement_tables.Tables(pathlib.Path(__file__).resolve().parent.parent))
    out = pathlib.Path(sys.argv[2])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text)


if __name__ == "__main__":
    main()
