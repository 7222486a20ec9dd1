"""Writes docs/fix/rules-of-engagement.md: spec/fix/engagement/page.md with its {{places}} filled from the
tables. Numbers come from the C++ sources, links must lead somewhere; what does not is an error."""
import re
import textwrap

from engagement_tables import VERSIONS, wrong

LINKS = {"scn": "tests/scenarios/{}.scn", "rule": "tests/fix/session/rules/{}.fix",
         "test": "tests/integration/{}.py"}
WIDTH = 120
HEAD = "<!-- Made by ./dev docs from spec/fix/engagement. Change it there. -->\n"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for row in rows:
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
    return "\n".join(lines)


def wrapped(text):
    """Paragraphs and lists in lines of a width; headings and tables as they are."""
    blocks = []
    for block in text.strip().split("\n\n"):
        if block[0] in "#|":
            blocks.append(block)
            continue
        items = re.split(r"\n(?=- |\d+\. )", block)
        blocks.append("\n".join(
            textwrap.fill(" ".join(item.split()), WIDTH, break_long_words=False, break_on_hyphens=False,
                          subsequent_indent=" " * len(re.match(r"(- |\d+\. )?", item)[0])) for item in items))
    return "\n\n".join(blocks) + "\n"


def code(text):
    return f"`{text}`" if text else ""


class Page:
    def __init__(self, tables):
        self.tables = tables
        self.links = {}  # by the file's name

    def fill(self):
        text = self.tables.source("spec/fix/engagement/page.md")
        self.titles = re.findall(r"^## (.*)$", text, re.MULTILINE)
        text = re.sub(r"\{\{(\w+)\s*([^}]*)\}\}", self.place, text)
        return HEAD + wrapped(text) + "\n" + "\n".join(self.links[name] for name in sorted(self.links)) + "\n"

    def place(self, found):
        name, words = found[1], found[2].split()
        if name in LINKS:
            path = LINKS[name].format(*words)
            if not (self.tables.root / path).exists():
                wrong(f"page.md: {{{{{name} {words[0]}}}}}: there is no {path}")
            file = path.rpartition("/")[2]
            self.links[file] = f"[{file}]: ../../{path}"
            return f"([{file}])"
        make = getattr(self, "make_" + name, None)
        if make is None:
            wrong(f"page.md: {{{{{name}}}}} is not known")
        return make(*words)

    def make_contents(self):
        anchor = {title: re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in self.titles}
        return " · ".join(f"[{title}](#{anchor[title]})" for title in self.titles)

    def make_id(self, name):
        if name not in self.tables.bounds:
            wrong(f"page.md: ids.hpp has no {name}")
        return str(self.tables.bounds[name])

    def make_value(self, path, name):
        """What a constant or a default of a C++ header is."""
        found = re.search(rf"\b{name}\s*=\s*([^;]+);", self.tables.source(path))
        if found is None:
            wrong(f"page.md: {path} has no {name}")
        text = found[1].replace("'", "")
        seconds = re.fullmatch(r"Duration::seconds\((\d+)\)", text)
        if seconds:
            return f"{seconds[1]} s"
        if not re.fullmatch(r"\d+( \* \d+)*", text):
            wrong(f"page.md: {path} has {name} = {text}, which this script cannot read")
        product = 1
        for factor in text.split(" * "):
            product *= int(factor)
        return f"{product:,}"

    def make_resent(self):
        source = self.tables.source("fix/client_door.cpp")
        body = re.search(r"bool ClientDoor::may_resend.*?\{(.*?)\}", source, re.DOTALL)
        return ", ".join(re.findall(r'"(\w+)"', body[1]))

    def make_defects(self):
        rows = []
        for row in self.tables.defects.values():
            text = row["text"].format(field=row["example"], quoted="...", limit="N", served="...")
            answer = code(row["answer"].replace("|", ", "))
            if "reason_of" in row:
                said = ", ".join(f"{reason} (a {kind})" if kind != "any" else reason
                                 for kind, reason in row["reason_of"].items())
                answer += f"; in D and G their refusal: {said}"
            rows.append([row["words"], answer, code(text)])
        return table(["what is wrong", "answer", "Text(58)"], rows)

    def make_requests(self):
        return "\n\n".join(self.request(request) for request in self.tables.requests)

    def request(self, request):
        name = self.tables.versions[request.versions[0]].application.names[request.type]
        where = "" if len(request.versions) == len(VERSIONS) else f" ({' and '.join(request.versions)})"
        answer = f" Refused by {request.refusal}." if request.refusal else ""
        rows = [self.request_row(request, field) for field in request.fields]
        head = ["tag", "field", *VERSIONS, "values", "note"]
        purpose = request.purpose[0].upper() + request.purpose[1:]
        return "\n\n".join([f"### {request.type}: {name}{where}", f"{purpose}.{answer}", table(head, rows),
                            *self.never(request)])

    def never(self, request):
        if not request.never:
            return []
        names = [f"{self.tables.name_of(tag)}({tag})" + (f" other than {harmless}" if harmless else "")
                 for tag, harmless in request.never.items()]
        return ["Refused, because the order would not be what was meant: " + ", ".join(names) + "."]

    def request_row(self, request, field):
        marks = [self.mark(request, field, version) for version in VERSIONS]
        notes = [f"when {field.when}" if field.when else "", field.note,
                 f"missing: {field.absent}" if field.absent else "",
                 f"otherwise: {field.otherwise}" if field.otherwise else "",
                 f"not known: {field.unknown}" if field.unknown else ""]
        for reason in dict.fromkeys(field.refused.values()):
            notes.append(f"{', '.join(v for v, why in field.refused.items() if why == reason)}: {reason}")
        if field.capacity:
            notes.append(f"at most {self.tables.bounds[field.capacity]} characters")
        note = "; ".join(one for one in notes if one)
        tag = f"{field.tag} in {field.group}" if field.group else str(field.tag)
        return [tag, field.name, *marks, self.values(request, field), note]

    def mark(self, request, field, name):
        version = self.tables.versions[name]
        members = version.members(request.type)
        if name not in request.versions or (field.key not in members and field.tag not in version.header):
            return "-"
        if members.get(field.key):
            return "R/I" if field.use == "ignored" else "R"
        return {"required": "R", "conditional": "C", "optional": "O", "ignored": "I"}[field.use]

    def value(self, request, field, code):
        """A served value, with the versions that have it where not all do."""
        having = [name for name in request.versions if self.tables.versions[name].field(field.tag)]
        serving = [name for name in having if code in self.tables.versions[name].codes(field.tag)]
        if not serving:
            wrong(f"{request.type}: {field.name} serves {code}, which no version has")
        where = f" ({' and '.join(serving)})" if len(serving) < len(having) else ""
        return f"{code} {field.served[code]}{where}"

    def values(self, request, field):
        if not field.served:
            return "any" if field.kind == "code" else ""
        said = field.said or ", ".join(self.value(request, field, code) for code in field.served)
        if field.unserved in self.tables.defects:
            return f"{said}; any other: j"
        return f"{said}; any other: {field.unserved}" if field.unserved else said

    def make_others(self):
        """Fields that some message we take may have, and that none has a row for."""
        names, known = {}, set()
        for request in self.tables.requests:
            known |= {field.tag for field in request.fields} | set(request.never)
            for version in (self.tables.versions[name] for name in request.versions):
                names |= {key: version.field(key).name for key in version.members(request.type)
                          if isinstance(key, int)}
        return ", ".join(f"{name}({tag})" for tag, name in sorted(names.items()) if tag not in known)

    def make_reports(self):
        parts = []
        for report in self.tables.reports["message"]:
            versions = self.tables.groups[report["versions"]]
            name = self.tables.versions[versions[0]].application.names[report["type"]]
            where = "" if len(versions) == len(VERSIONS) else f" ({' and '.join(versions)})"
            rows = [self.report_row(tag, row, versions) for tag, row in report["fields"].items()]
            parts.append(f"### {report['type']}: {name}{where}\n\n{report['purpose'][0].upper()}"
                         f"{report['purpose'][1:]}.\n\n" + table(["tag", "field", "when", "note"], rows))
        return "\n\n".join(parts)

    def report_row(self, tag, row, versions):
        served = [name for name in versions if name in row.get("versions", VERSIONS)]
        names = {self.tables.versions[name].field(int(tag)).name: name for name in served}
        only = f" ({', '.join(served)})" if len(served) < len(versions) else ""
        return [tag, " / ".join(names), row["present"] + only, row.get("note", "")]

    def make_exec_types(self):
        rows = []
        for name, row in self.tables.reports["exec_type"].items():
            if "unused" in row:
                continue
            codes = [row.get("in42", self.tables.exec_code(row, "4.2")), row.get("trans42", "0"),
                     self.tables.exec_code(row, "4.4"), row["code"]]
            rows.append([name, *codes, row["meaning"]])
        return table(["", "4.2", "20 in 4.2", "4.4", "5.0SP2", "what happened"], rows)

    def make_restatements(self):
        rows = [[name, ", ".join(map(str, row["known"])), str(row["other"])]
                for name, row in self.tables.reports["restatement"].items()]
        return table(["", "passed on", "instead of any other"], rows)

    def make_ord_statuses(self):
        return table(["39", "", "meaning"], [[row["code"], name, row["meaning"]]
                                             for name, row in self.tables.reports["ord_status"].items()])

    def make_reasons(self):
        rows = []
        for name, row in self.tables.reasons.items():
            if "unused" in row:
                continue
            numbers = [f"{key}: {row[key]}" for key in ("measured", "limit") if key in row]
            rows.append([name, row["rule"] + (f" ({'; '.join(numbers)})" if numbers else ""),
                         same(row["order"]), same(row["cancel"]), str(row.get("mass", 99))])
        unused = [f"{name} ({row['unused']})" for name, row in self.tables.reasons.items() if "unused" in row]
        head = ["rule", "meaning", "103", "102", "532"]
        return (table(head, rows) + "\n\nThree numbers are those of 4.2, 4.4 and 5.0SP2. Named in the "
                "product, and never sent today: " + ", ".join(unused) + ".")


def same(codes):
    return str(codes[0]) if len(set(codes)) == 1 else " / ".join(map(str, codes))


def page(tables):
    return Page(tables).fill()
