#!/usr/bin/env python3
"""Makes the codec's tables and the QuickFIX dictionaries from spec/fix/*.dict (see its README.md).

usage: gen_fix.py SPEC_DIR OUT_DIR

Writes OUT_DIR/{FIX42,FIX44,FIX50SP2,FIXT11}.xml, fix_tables.cpp and fix_xml.cpp; in OUT_DIR/stock the
dictionaries without what is agreed beyond the standard, which tests hold our reports against. Run by CMake.
"""
import pathlib
import sys
from xml.sax.saxutils import quoteattr

# The messages the fast lane may call Clean; must match kServed in fix/codec/tables.hpp.
SERVED = ["D", "F", "G", "H", "AF", "q", "8", "9", "r", "j", "V", "W", "X", "Y", "E", "K", "L", "M",
          "N", "AN", "AO", "AP"]
# Tags from here on are refused by the fast lane, so that its tables stay dense and small.
TAG_LIMIT = 2600

KINDS = {
    "CHAR": "Char", "INT": "Int", "LENGTH": "Int", "SEQNUM": "Int", "TAGNUM": "Int", "DAYOFMONTH": "Int",
    "NUMINGROUP": "Count", "PRICE": "Float", "QTY": "Float", "AMT": "Float", "FLOAT": "Float",
    "PRICEOFFSET": "Float", "PERCENTAGE": "Float", "BOOLEAN": "Boolean", "UTCTIMESTAMP": "Timestamp",
    "UTCTIMEONLY": "TimeOnly", "UTCDATE": "Date", "UTCDATEONLY": "Date", "LOCALMKTDATE": "Date",
    "DATA": "Data", "MONTHYEAR": "Text", "STRING": "Text", "CURRENCY": "Text",
    "EXCHANGE": "Text", "COUNTRY": "Text", "LANGUAGE": "Text", "XID": "Text", "XIDREF": "Text",
    "LOCALMKTTIME": "Text", "TZTIMEONLY": "Text", "TZTIMESTAMP": "Text", "MULTIPLEVALUESTRING": "Text",
    "MULTIPLECHARVALUE": "Text", "MULTIPLESTRINGVALUE": "Text",
}


class Field:
    def __init__(self, tag, name, kind):
        # QuickFIX knows no XMLDATA and would end such a value at the first <SOH>.
        self.tag, self.name, self.values = int(tag), name, []
        self.type = "DATA" if kind == "XMLDATA" else kind


class Member:
    """A field of a message, or a repeating group when `group` holds its members."""

    def __init__(self, field, required, group=None):
        self.field, self.required, self.group = field, required, group


class Dialect:
    """One dictionary: as the standard has it, and unless `stock` with what is agreed on top."""

    def __init__(self, path, stock=False):
        self.version = ""
        self.stock = stock
        self.by_name, self.fields = {}, {}
        self.header, self.trailer, self.components, self.messages = [], [], {}, {}
        self.names = {}
        self.read(path)

    def read(self, path):
        section, words, name = "", {"[header]": [], "[trailer]": []}, None
        components, messages, agreed, field = {}, {}, {}, None
        for line in path.read_text().splitlines():
            if not line or line.startswith("#"):
                continue
            parts = line.split()
            if line.startswith("version "):
                self.version = parts[1]
            elif line.startswith("["):
                section = line
            elif self.stock and section.startswith("[agreed"):
                continue
            elif section in ("[fields]", "[agreed fields]"):
                if not line.startswith(" "):
                    field = Field(*parts[:3])
                    self.fields[field.tag] = self.by_name[field.name] = field
                    parts = parts[3:]
                field.values += [part.split("=", 1) for part in parts]
            elif section == "[agreed values]":
                self.by_name[parts[0]].values += [part.split("=", 1) for part in parts[1:]]
            elif section == "[agreed members]":
                if not line.startswith(" "):
                    name = line.strip()
                    agreed[name] = []
                else:
                    agreed[name] += parts
            elif section in words:
                words[section] += parts
            elif not line.startswith(" "):
                name = parts[0]
                (components if section == "[components]" else messages)[name] = []
                self.names[name] = parts[-1]
            else:
                (components if section == "[components]" else messages)[name] += parts
        for where, extra in agreed.items():
            owner, _, group = where.partition(" ")
            holder = components if owner in components else messages
            holder[owner] = spliced(holder[owner], group, extra)
        self.words = components
        self.header = self.members(words["[header]"])
        self.trailer = self.members(words["[trailer]"])
        self.components = {name: self.members(text) for name, text in components.items()}
        self.message_words = messages
        self.messages = {name: self.members(text) for name, text in messages.items()}

    def members(self, words, required=True):
        """Turns member words into Members; components are taken apart. A member is required when it
        and every component around it are."""
        out, stack, top = [], [], []
        out = top
        for word in words:
            if word == ")":
                out = stack.pop()
                continue
            must, opens = "!" in word, word.endswith("(")
            name = word.rstrip("(").rstrip("!")
            if name.startswith("@"):
                out += self.members(self.words[name[1:]], must and (required or bool(stack)))
            elif opens:
                group = Member(self.by_name[name], must and (required or bool(stack)), [])
                out.append(group)
                stack.append(out)
                out = group.group
            else:
                out.append(Member(self.by_name[name], must and (required or bool(stack))))
        if stack:
            sys.exit(f"{self.version}: unclosed group")
        return top


def spliced(words, group, extra):
    """Members added at the end of a message or component, or of a group in it."""
    if not group:
        return words + extra
    opening = next(at for at, word in enumerate(words) if word.rstrip("(").rstrip("!") == group)
    depth = 0
    for at in range(opening, len(words)):
        depth += words[at].endswith("(") - (words[at] == ")")
        if depth == 0:
            return words[:at] + extra + words[at:]
    sys.exit(f"unclosed group {group}")


def xml_member(member, depth, lines):
    pad, must = " " * depth, "Y" if member.required else "N"
    if member.group is None:
        lines.append(f'{pad}<field name="{member.field.name}" required="{must}"/>')
        return
    lines.append(f'{pad}<group name="{member.field.name}" required="{must}">')
    for inner in member.group:
        xml_member(inner, depth + 1, lines)
    lines.append(f"{pad}</group>")


def xml_message_members(dialect, words, lines):
    """Components stay references at the top of a message and are taken apart everywhere else: QuickFIX
    1.15.1 asks for a component's required fields at the wrong level when it is nested."""
    depth, plain = 0, []
    for word in words + ["@"]:
        if word.startswith("@") and depth == 0:
            for member in dialect.members(plain):
                xml_member(member, 3, lines)
            plain = []
            if word != "@":
                must = "Y" if word.endswith("!") else "N"
                lines.append(f'   <component name="{word.strip("@!")}" required="{must}"/>')
            continue
        depth += word.endswith("(") - (word == ")")
        plain.append(word)


def xml(dialect):
    kind, *numbers = dialect.version.split(".")
    major, minor = numbers[0], numbers[1].split("SP")[0]
    pack = numbers[1].partition("SP")[2] or "0"
    lines = [f'<fix type="{kind}" major="{major}" minor="{minor}" servicepack="{pack}">']
    for title, members in (("header", dialect.header), ("trailer", dialect.trailer)):
        lines.append(f" <{title}>")
        for member in members:
            xml_member(member, 2, lines)
        lines.append(f" </{title}>")
    lines.append(" <messages>")
    used = set()
    for msg_type, words in dialect.message_words.items():
        category = "admin" if msg_type in "012345A" else "app"
        lines.append(f'  <message name="{dialect.names[msg_type]}" msgtype="{msg_type}" msgcat="{category}">')
        xml_message_members(dialect, words, lines)
        lines.append("  </message>")
        used |= {word.strip("@!") for word in words if word.startswith("@")}
    lines.append(" </messages>\n <components>")
    for name in sorted(used):
        lines.append(f'  <component name="{name}">')
        for member in dialect.components[name]:
            xml_member(member, 3, lines)
        lines.append("  </component>")
    lines.append(" </components>\n <fields>")
    for tag in sorted(dialect.fields):
        field = dialect.fields[tag]
        head = f'  <field number="{tag}" name="{field.name}" type="{field.type}"'
        lines.append(head + (">" if field.values else "/>"))
        for code, meaning in field.values:
            lines.append(f"   <value enum={quoteattr(code)} description={quoteattr(meaning)}/>")
        if field.values:
            lines.append("  </field>")
    lines.append(" </fields>\n</fix>\n")
    return "\n".join(lines)


class Tables:
    """The C++ tables of one version. Arrays are flat; rules refer to each other by index."""

    def __init__(self, name, application, session):
        self.name, self.application, self.session = name, application, session
        self.char_sets, self.texts, self.rules, self.groups, self.members = [], [], {}, [], []
        self.group_index, self.messages = {}, []
        for field in list(application.fields.values()) + list(session.fields.values()):
            if field.tag < TAG_LIMIT:
                self.rules[field.tag] = self.rule(field)
        self.limit = max(self.rules) + 1
        for msg_type in SERVED:
            self.messages.append(self.message(msg_type))

    def rule(self, field):
        codes = [code for code, _ in field.values]
        if not codes:
            return f"{{Kind::{KINDS[field.type]}, Values::Any, 0, 0}}"
        many = field.type.startswith("MULTIPLE")
        if all(len(code) == 1 for code in codes) and not many:
            bits = sum(1 << ord(code) for code in set(codes))
            self.char_sets.append(f"{{{bits & (2**64 - 1):#x}, {bits >> 64:#x}}}")
            return f"{{Kind::{KINDS[field.type]}, Values::OneChar, {len(self.char_sets) - 1}, 1}}"
        first = len(self.texts)
        self.texts += [f'"{code}"' for code in codes]
        choice = "EachText" if many else "OneText"
        return f"{{Kind::{KINDS[field.type]}, Values::{choice}, {first}, {len(codes)}}}"

    def group(self, member):
        """Index of a group's rules. Groups that are alike share them."""
        inner = [(m.field.tag, m.required, self.group(m) if m.group else 0) for m in member.group]
        key = (member.field.tag, tuple(inner))
        if key not in self.group_index:
            first = len(self.members)
            for tag, required, nested in inner:
                self.members.append(f"{{{tag}, {nested}, {str(required).lower()}}}")
            self.groups.append(f"{{{member.field.tag}, {first}, {len(inner)}}}")
            self.group_index[key] = len(self.groups)  # 0 means: no group
        return self.group_index[key]

    def message(self, msg_type):
        places, required, groups = {}, 0, []
        body = self.application.messages.get(msg_type)
        if body is None:
            return None
        sections = ((1, self.session.header), (2, body), (3, self.session.trailer))
        for section, members in sections:
            for member in members:
                tag = member.field.tag
                if tag >= TAG_LIMIT:
                    if member.required:
                        sys.exit(f"{self.name} {msg_type}: required tag {tag} is beyond TAG_LIMIT")
                    continue
                if tag in places:
                    sys.exit(f"{self.name} {msg_type}: tag {tag} is there twice")
                places[tag] = section + (4 if member.required else 0) + (8 if member.group else 0)
                required += member.required
                if member.group and section == 2:
                    groups.append(f"{{{tag}, {self.group(member)}}}")
        return places, required, groups

    def write(self, out):
        n = self.name
        out.append(f"// --- {n}\n")
        rules = [self.rules.get(tag, "{}") for tag in range(self.limit)]
        array(out, "FieldRule", f"k{n}Rules", rules)
        array(out, "CharSet", f"k{n}CharSets", self.char_sets)
        array(out, "std::string_view", f"k{n}Texts", self.texts)
        array(out, "GroupMember", f"k{n}Members", self.members)
        array(out, "GroupRule", f"k{n}Groups", ["{0, 0, 0}"] + self.groups)
        rows = []
        for msg_type, message in zip(SERVED, self.messages):
            if message is None:
                rows.append("{}")
                continue
            places, required, groups = message
            array(out, "std::uint8_t", f"k{n}Places_{msg_type}",
                  [str(places.get(tag, 0)) for tag in range(self.limit)])
            array(out, "GroupAt", f"k{n}GroupsOf_{msg_type}", groups or ["{0, 0}"])
            rows.append(f"{{k{n}Places_{msg_type}, k{n}GroupsOf_{msg_type}, {len(groups)}, {required}}}")
        array(out, "MessageRules", f"k{n}Messages", rows)


def array(out, kind, name, values, storage="constexpr"):
    out.append(f"{storage} {kind} {name}[] = {{")
    line = "   "
    for value in values:
        if len(line) + len(value) > 105:
            out.append(line)
            line = "   "
        line += f" {value},"
    out.append(line + "\n};\n")


TABLES_HEAD = """// Made by tools/gen_fix.py from spec/fix. Do not edit.
#include "fix/codec/tables.hpp"

namespace penstock::fix {
namespace {
"""


def data_lengths(dialects):
    """For each tag the tag of the field that says how long it is, 0 for all but data fields. QuickFIX
    takes it for granted that this is the tag before; Signature(89) is its one exception."""
    found = {}
    for dialect in dialects:
        for field in dialect.fields.values():
            if field.type != "DATA":
                continue
            found[field.tag] = 93 if field.tag == 89 else field.tag - 1
            length = dialect.fields.get(found[field.tag])
            if length is None or length.type not in ("LENGTH", "INT"):
                sys.exit(f"{dialect.version}: {field.name} has no length field where QuickFIX looks for it")
    return [str(found.get(tag, 0)) for tag in range(TAG_LIMIT)]


def tables_cpp(versions, lengths):
    out = [TABLES_HEAD]
    for version in versions:
        version.write(out)
    out.append("}  // namespace\n\nconst VersionRules& rules_of(Version version) {")
    out.append("    static constexpr VersionRules kAll[] = {")
    for version in versions:
        n = version.name
        out.append(f"        {{k{n}Rules, {version.limit}, k{n}CharSets, k{n}Texts, k{n}Members, "
                   f"k{n}Groups,\n         k{n}Messages}},")
    out.append("    };\n    return kAll[static_cast<std::size_t>(version)];\n}\n")
    out.append(f"static_assert(kTagTableSize == {TAG_LIMIT});")
    array(out, "std::uint16_t", "kLengthTagOf", lengths, "const")
    out.append("}  // namespace penstock::fix\n")
    return "\n".join(out)


def xml_cpp(texts):
    out = ['// Made by tools/gen_fix.py from spec/fix. Do not edit.\n#include "fix/codec/version.hpp"\n',
           "namespace penstock::fix {\n\nstd::string_view quickfix_xml(Dialect dialect) {",
           "    switch (dialect) {"]
    for name, text in texts.items():
        out.append(f"        case Dialect::{name}: return R\"xml({text})xml\";")
    out.append("    }\n    return {};\n}\n\n}  // namespace penstock::fix\n")
    return "\n".join(out)


def main():
    spec, out = map(pathlib.Path, sys.argv[1:3])
    names = ["Fix42", "Fix44", "Fix50Sp2", "Fixt11"]
    dialects = {name: Dialect(spec / f"{name.lower()}.dict") for name in names}
    texts = {name: xml(dialect) for name, dialect in dialects.items()}
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / f"{name.upper()}.xml").write_text(text)
    (out / "stock").mkdir(exist_ok=True)
    for name in names:
        stock = xml(Dialect(spec / f"{name.lower()}.dict", stock=True))
        (out / "stock" / f"{name.upper()}.xml").write_text(stock)
    versions = [Tables("Fix42", dialects["Fix42"], dialects["Fix42"]),
                Tables("Fix44", dialects["Fix44"], dialects["Fix44"]),
                Tables("Fix50Sp2", dialects["Fix50Sp2"], dialects["Fixt11"])]
    (out / "fix_tables.cpp").write_text(tables_cpp(versions, data_lengths(dialects.values())))
    (out / "fix_xml.cpp").write_text(xml_cpp(texts))


if __name__ == "__main__":
    main()
