"""Reads spec/fix/engagement, the dictionaries beside it and the bounds in the C++ sources, and checks that
they agree: what a row names must exist, and what exists must have a row."""
import pathlib
import re
import sys
import tomllib

sys.dont_write_bytecode = True
from gen_fix import Dialect  # noqa: E402

VERSIONS = ("4.2", "4.4", "5.0SP2")
FILES = {"4.2": "fix42", "4.4": "fix44", "5.0SP2": "fix50sp2"}
RULE = 120  # characters of a rule that fit a refusal: see kMaxSentence in fix/codec/encode_client.cpp
USES = ("required", "conditional", "optional", "ignored")


def wrong(what):
    sys.exit(f"spec/fix/engagement: {what}")


class Version:
    """One version's dictionaries: the application's, and the session's whose header every message has."""

    def __init__(self, name, application, session):
        self.name, self.application, self.session = name, application, session
        self.header = {member.field.tag for member in session.header}

    def has(self, msg_type):
        return msg_type in self.application.messages

    def members(self, msg_type):
        """key -> required of a message's fields, in the standard's order. The key is the tag, and "73/11" for
        the members of a repeating group."""
        out = {}
        for member in self.application.messages.get(msg_type, ()):
            out[member.field.tag] = member.required
            for inner in member.group or ():
                out[f"{member.field.tag}/{inner.field.tag}"] = inner.required
        return out

    def has_group(self, msg_type, tag):
        return any(key.startswith(f"{tag}/") for key in self.members(msg_type) if isinstance(key, str))

    def field(self, tag):
        return self.application.fields.get(tag) or self.session.fields.get(tag)

    def codes(self, tag):
        return [code for code, _ in self.field(tag).values]


class Field:
    """A row: what a field of a request means and how wrong values are answered."""

    KEYS = {"tag": 0, "group": 0, "kind": "", "use": "", "capacity": "", "when": "", "needs": {},
            "absent": "", "otherwise": "", "also": [], "kept": [], "too_long": "", "example": "", "note": "",
            "served": None, "said": "", "unserved": "", "unknown": "", "refused": {}}

    def __init__(self, name, row, where):
        self.name = name
        for key, default in self.KEYS.items():
            setattr(self, key, row.get(key, default))
        unknown = set(row) - set(self.KEYS)
        if unknown:
            wrong(f"{where}: {name} has a key nobody reads: {', '.join(sorted(unknown))}")
        if self.use not in USES:
            wrong(f"{where}: {name} is {self.use!r}; expected one of {', '.join(USES)}")
        if self.use == "conditional" and not (self.when and self.needs):
            wrong(f"{where}: {name} is conditional and does not say when, in words and for machines")

    @property
    def key(self):
        return self.key_of(self.tag)

    def key_of(self, tag):
        """Of this field, or of one beside it in its group."""
        return f"{self.group}/{tag}" if self.group else int(tag)

    def label(self):
        return f"{self.name}({self.tag})"

    def is_needed(self, message):
        """Does the condition hold in this message, a dict of key -> value?"""
        return all(message.get(self.key_of(tag)) in values for tag, values in self.needs.items())


class Request:
    """A message clients send."""

    def __init__(self, row, common, groups):
        self.type, self.purpose = row["type"], row["purpose"]
        self.versions = groups[row["versions"]]
        self.given, self.accepted = row.get("given", []), row["accepted"]
        self.refusal = row["refusal"]
        self.sample = pairs(row["sample"])
        self.more = row.get("more", "")  # instances of the sample's group behind its first
        changes, own = row.get("change", {}), row.get("own", {})
        rows = {name: common[name] | changes.get(name, {}) for name in row.get("fields", [])} | own
        if set(changes) - set(rows):
            wrong(f"{self.type}: change of a field that is not in `fields`")
        fields = [Field(name, one, self.type) for name, one in rows.items()]
        self.fields = sorted(fields, key=lambda field: (field.group, field.tag))
        self.refuses_itself = row.get("refuses_itself", False)
        self.never = {int(tag): harmless for tag, harmless in row.get("never", {}).items()}

    def field(self, key):
        return next((one for one in self.fields if one.key == key), None)

    def groups(self):
        """Tags of the groups the sample has."""
        return {key.partition("/")[0] for key in self.sample if isinstance(key, str)}


def pairs(text):
    """"11=a|73/38=1" as a dict of key -> value."""
    parts = (part.split("=", 1) for part in text.split("|") if part)
    return {key if "/" in key else int(key): value for key, value in parts}


class Tables:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        spec = self.root / "spec/fix"
        dialects = {name: Dialect(spec / f"{name}.dict") for name in (*FILES.values(), "fixt11")}
        session = {"fix50sp2": "fixt11"}
        self.versions = {name: Version(name, dialects[file], dialects[session.get(file, file)])
                         for name, file in FILES.items()}
        requests = self.load("requests")
        self.reports, self.reasons = self.load("reports"), self.load("reasons")
        self.defects, self.groups = requests["defect"], requests["versions"]
        self.unserved = requests["unserved"]
        self.requests = [Request(row, requests["field"], self.groups) for row in requests["message"]]
        self.bounds = self.read_bounds()
        for name, row in self.reasons.items():
            self.check_reason(name, row)
        self.check_fields()
        self.check_enum("Reason", {name: None for name in self.reasons} | {"None": None})
        self.check_enum("ExecType", {name: row["code"] for name, row in self.reports["exec_type"].items()})
        self.check_enum("OrdStatus", {name: row["code"] for name, row in self.reports["ord_status"].items()})

    def name_of(self, tag):
        """The field's name in the newest version that has it."""
        known = (version.field(tag) for version in reversed(self.versions.values()))
        return next(field.name for field in known if field)

    def load(self, name):
        with open(self.root / "spec/fix/engagement" / f"{name}.toml", "rb") as file:
            return tomllib.load(file)

    def source(self, path):
        return (self.root / path).read_text()

    def read_bounds(self):
        """How long ids may be, from oms/domain/ids.hpp."""
        found = re.findall(r"using (\w+) = FixedText<(\d+)>", self.source("oms/domain/ids.hpp"))
        return {name: int(size) for name, size in found}

    def check_enum(self, name, rows):
        """Every enumerator has a row and every row an enumerator; with the same value where rows have one."""
        source = self.source("oms/domain/enums.hpp")
        body = re.search(rf"enum class {name} .*?\{{(.*?)\}};", source, re.DOTALL)
        known = dict(re.findall(r"^\s*(\w+) = '?(\w+)'?,", body.group(1), re.MULTILINE))
        for missing in sorted(set(known) ^ set(rows)):
            wrong(f"{name} {missing} is in {'enums.hpp' if missing in known else 'the tables'} only")
        for one, code in rows.items():
            if code not in (None, known[one]):
                wrong(f"{name} {one} is {code!r}; enums.hpp has {known[one]!r}")

    def check_fields(self):
        for request in self.requests:
            for name in request.versions:
                self.check_request(request, self.versions[name])
        for report in self.reports["message"]:
            for name in self.groups[report["versions"]]:
                self.check_report(report, self.versions[name])

    def check_request(self, request, version):
        where = f"{request.type} in {version.name}"
        members = version.members(request.type)
        for key, required in members.items():
            is_used = isinstance(key, int) or key.partition("/")[0] in request.groups()
            if required and is_used and not (request.field(key) and key in request.sample):
                wrong(f"{where}: {key} is required by the dictionary: no row, or not in the sample")
        for field in request.fields:
            known = version.field(field.tag)
            if known is None or (field.key not in members and field.tag not in version.header):
                continue
            if version.name == "4.4" and known.name != field.name:
                wrong(f"{where}: {field.tag} is {known.name}, not {field.name}")
            if field.tag in request.never:
                wrong(f"{where}: {field.name} has a row, and is in `never`")
            if field.unserved and field.unserved not in self.reasons and field.unserved not in self.defects:
                wrong(f"{where}: {field.name} is refused as {field.unserved}, which no table has")
            if field.capacity and field.capacity not in self.bounds:
                wrong(f"{where}: {field.name} has the capacity of {field.capacity}, which ids.hpp has not")

    def check_reason(self, name, row):
        if len(row["rule"]) > RULE:
            wrong(f"{name}: the rule has {len(row['rule'])} characters; {RULE} fit into a refusal")
        if bool(row.get("shown")) == bool(row.get("unused")):
            wrong(f"{name}: expected cases in `shown`, or `unused` with the reason why there are none")
        for version in self.versions.values():
            for kind, tag in (("order", 103), ("cancel", 102), ("mass", 532)):
                code = str(self.code(name, kind, version.name))
                if version.field(tag) and code not in version.codes(tag):
                    wrong(f"{name}: {version.name} has no {tag}={code}")

    def check_report(self, report, version):
        members = version.members(report["type"])
        inside = {int(key.partition("/")[2]) for key in members if isinstance(key, str)}
        for tag, row in report["fields"].items():
            if version.name in row.get("versions", VERSIONS) and int(tag) not in members.keys() | inside:
                wrong(f"{report['type']} in {version.name} has no {tag}")
        for tag, required in members.items():
            if required and isinstance(tag, int) and str(tag) not in report["fields"]:
                wrong(f"{report['type']} in {version.name}: no row for {tag}, which the dictionary requires")

    def exec_code(self, row, version):
        """ExecType(150) in a version; "39" stands for the value of that field."""
        return row.get("code" + version.replace(".", ""), row["code"])

    def code(self, reason, kind, version):
        """103 ("order"), 102 ("cancel") or 532 ("mass") of a reason."""
        row = self.reasons[reason]
        if kind == "list":
            return ""
        return row.get("mass", 99) if kind == "mass" else row[kind][VERSIONS.index(version)]
