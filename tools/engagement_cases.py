"""Makes of every row of spec/fix/engagement the messages that prove it: each is sent through a real session,
decoder and core by tests/fix/engagement, and what it promises must come back."""
import re

from engagement_tables import VERSIONS, pairs

KIND_OF_REFUSAL = {"8": "order", "9": "cancel", "r": "mass", "N": "list"}
RESTATEMENTS = 14  # reasons we have a name for, counted from 0: oms::RestatementReason
QUOTED = 32  # characters of a value that a refusal quotes: kQuoted in fix/codec/decode.cpp


class Case:
    """`given`: scenario lines before it. `send`: the message. `then`: scenario lines behind it. `client`:
    what one message to the client must have, "58~" for how a text begins; empty: no message. `venue`:
    MsgType of the one message to a venue; empty: none; "*": not looked at."""

    def __init__(self, name, version, send, client, venue="", given=(), then=(), alarm=""):
        self.name, self.version, self.send = name, version.name, send
        self.client, self.venue, self.alarm = client, venue, alarm
        self.given, self.then = expanded(given), expanded(then)


def expanded(lines):
    """"16 x client A > amend b# ..." is sixteen lines, # counting from 1 (as long as the last: 01 to 16)."""
    out = []
    for line in lines:
        many = re.match(r"(\d+) x (.*)", line)
        if many is None:
            out.append(line)
            continue
        count, width = int(many[1]), len(many[1])
        out += [many[2].replace("#", str(i).zfill(width)) for i in range(1, count + 1)]
    return out


def wire(request, version, fields, header=""):
    """The message of these fields: those of the header first, a repeating group last."""
    order = {key: at for at, key in enumerate(version.members(request.type))}
    counts = [int(tag) for tag in request.groups()]
    plain = sorted((key for key in fields if isinstance(key, int) and key not in counts),
                   key=lambda key: (key not in version.header, key))
    inside = sorted((key for key in fields if isinstance(key, str)), key=lambda key: order.get(key, 0))
    parts = [f"35={request.type}", "34=next"] + [part for part in header.split("|") if part]
    parts += [f"{key}={fields[key]}" for key in plain + [one for one in counts if one in fields]]
    parts += [f"{key.partition('/')[2]}={fields[key]}" for key in inside]
    return "|".join(parts + ([request.more] if request.more else []))


def base_of(request, version):
    members = version.members(request.type)
    return {tag: value for tag, value in request.sample.items() if tag in members}


def filled(text, fields):
    return re.sub(r"\{([\d/]+)\}", lambda found: fields[found[1] if "/" in found[1] else int(found[1])], text)


class Maker:
    def __init__(self, tables):
        self.tables, self.cases = tables, []

    def add(self, request, version, name, fields, client, venue="", **more):
        header = more.pop("header", "")
        given = list(request.given) + list(more.pop("given", ()))
        send = wire(request, version, fields, header)
        name = f"{version.name} {request.type} {name}"
        self.cases.append(Case(name, version, send, client, venue, given, **more))

    def accept(self, request, version, name, fields):
        accepted = request.accepted
        client = filled(accepted.get("client", ""), fields)
        self.add(request, version, name, fields, client, accepted.get("venue", ""),
                 alarm=accepted.get("alarm", ""))

    def keep(self, request, version, name, fields):
        """Accepted, and nothing goes to a venue yet."""
        self.add(request, version, name, fields, "35=8|150=0|39=0")

    def refusal(self, request, version, reason, fields, row=None):
        """What a business refusal must say, in this version."""
        row = row or {}
        kind = KIND_OF_REFUSAL[request.refusal]
        code = row.get("code", self.tables.code(reason, kind, version.name))
        words = self.words(reason, row)
        if kind == "order":
            return f"35=8|39=8|103={code}|{words}"
        if kind == "list":
            return f"35=N|66={fields[66]}|431=7|444{words[2:]}"
        if kind == "mass":
            return f"35=r|11={fields[11]}|531=0|532={code}|{words}"
        to = "1" if request.type == "F" else "2"
        return f"35=9|11={fields[11]}|434={to}|102={code}|{words}"

    def words(self, reason, row):
        """Text(58): all of it where the numbers are given or there are none, else how it begins."""
        rule = self.tables.reasons[reason]
        numbers, _, more = row.get("text", "").partition("; ")
        if not numbers and not more and "measured" in rule:
            return f"58~{reason}: measured "
        # What was found is said instead of the rule, unless a venue said it.
        rules = [] if more and not reason.startswith("Venue") else [rule["rule"]]
        parts = [f"{reason}: {numbers}" if numbers else reason] + rules + ([more] if more else [])
        return "58=" + "; ".join(parts)

    def defect(self, kind, field, value, request, version, fields):
        """How a value that does not read is answered: by a message of its own, or as a Reason is."""
        row = self.tables.defects[kind]
        quoted = value if len(value) <= QUOTED else value[:QUOTED] + "..."
        limit = self.tables.bounds.get(field.capacity)
        text = row["text"].format(field=field.label(), quoted=quoted, limit=limit,
                                  served=", ".join(field.served or {}))
        if kind == "too_long" and field.too_long:
            return self.refusal(request, version, field.too_long, fields)
        reason = row.get("reason_of", {}).get(field.kind) if request.refuses_itself else None
        if reason:
            return self.refusal(request, version, reason, fields, {"text": "; " + text})
        return f"{row['answer']}|372={request.type}|58={text}"

    def completed(self, request, version, fields):
        """With every field that is needed now, and without those that would be refused."""
        out = dict(fields)
        for field in request.fields:
            if field.use != "conditional":
                continue
            if not field.is_needed(out) and field.otherwise:
                out.pop(field.key, None)
            elif field.is_needed(out) and field.key not in out:
                out[field.key] = field.example
        return out

    def requests(self):
        for request in self.tables.requests:
            for name in VERSIONS:
                version = self.tables.versions[name]
                fields = base_of(request, version)
                if name not in request.versions:
                    sample = request.sample
                    self.add(request, version, "is not in this version", sample, "35=3|373=11", given=[])
                    continue
                self.accept(request, version, "as it should be", fields)
                self.never(request, version, fields)
                for field in request.fields:
                    if field.key in version.members(request.type) or field.key in version.header:
                        self.presence(request, version, field, fields)
                        self.values(request, version, field, fields)
        for msg_type, sample in self.tables.unserved.items():
            for version in self.tables.versions.values():
                self.unserved(msg_type, sample, version)

    def never(self, request, version, fields):
        """Fields that are refused, whatever they say but for what changes nothing."""
        members = version.members(request.type)
        for tag, harmless in request.never.items():
            if tag not in members:
                continue
            name = f"{self.tables.name_of(tag)}({tag})"
            value = next(code for code in version.codes(tag) or ["1"] if code not in (harmless, "~"))
            said = f"58={name}={value} is not served"
            row = self.tables.defects["never"]
            if version.has_group(request.type, tag):
                continue  # a count without its group is the session's to refuse
            changed = fields | {tag: value}
            answer = f"{row['answer']}|372={request.type}|{said}"
            if request.refuses_itself:
                reason = row["reason_of"]["any"]
                answer = self.refusal(request, version, reason, changed, {"text": "; " + said[3:]})
            self.add(request, version, f"{name}={value}", changed, answer)
            if harmless:
                self.accept(request, version, f"{name}={harmless}", fields | {tag: harmless})

    def unserved(self, msg_type, sample, version):
        send = f"35={msg_type}|34=next|{sample}"
        client = f"35=j|372={msg_type}|380=3|58=MsgType(35)={msg_type} is not served"
        self.cases.append(Case(f"{version.name} {msg_type} is not served", version, send, client))

    def presence(self, request, version, field, fields):
        if field.group or field.tag in (int(tag) for tag in request.groups()):
            return  # how a group must look is the session's to judge, and versions differ
        without = {key: value for key, value in fields.items() if key != field.key}
        name = f"without {field.label()}"
        if version.members(request.type).get(field.key):
            self.add(request, version, name, without, f"35=3|371={field.tag}|372={request.type}|373=1")
        elif field.use == "required" or field.use == "conditional":
            if field.use == "conditional" and not field.is_needed(without):
                without |= {field.key_of(tag): values[0] for tag, values in field.needs.items()}
                without = self.completed(request, version, without)
                without.pop(field.key)
            client = (self.refusal(request, version, field.absent, without) if field.absent
                      else self.defect("missing", field, "", request, version, without))
            self.add(request, version, name, without, client)
        elif field.key in fields:
            self.accept(request, version, name, without)
        elif field.example:
            accept = self.keep if field.kept else self.accept
            accept(request, version, f"with {field.label()}", fields | {field.key: field.example})
        if field.use == "conditional":
            self.not_needed(request, version, field, fields)

    def not_needed(self, request, version, field, fields):
        """Where its condition does not hold a conditional field has no effect, or is refused."""
        for tag, values in field.needs.items():
            deciding = request.field(field.key_of(tag))
            for other in deciding.served:
                if other in values or other not in version.codes(deciding.tag) or other in field.also:
                    continue
                changed = self.completed(request, version, fields | {deciding.key: other})
                changed[field.key] = field.example
                name = f"with {field.label()} for {deciding.label()}={other}"
                if field.otherwise:
                    self.add(request, version, name, changed,
                             self.refusal(request, version, field.otherwise, changed))
                else:
                    self.accept(request, version, name, changed)

    def values(self, request, version, field, fields):
        make = {"code": self.codes, "id": self.lengths, "name": self.lengths, "quantity": self.numbers,
                "price": self.numbers, "time": self.times}.get(field.kind)
        if field.use == "conditional":
            needed = {field.key_of(tag): values[0] for tag, values in field.needs.items()}
            fields = self.completed(request, version, fields | needed)
        if make and field.use != "ignored":
            make(request, version, field, fields)
        for value, reason in field.refused.items():
            changed = fields | {field.key: value}
            self.add(request, version, f"{field.label()}={value}", changed,
                     self.refusal(request, version, reason, changed))

    def codes(self, request, version, field, fields):
        for code in version.codes(field.tag):
            name = f"{field.label()}={code}"
            changed = self.completed(request, version, fields | {field.key: code})
            if code in field.refused:
                continue
            if code in field.kept:
                self.keep(request, version, name, changed)
            elif not field.unserved or code in field.served:
                self.accept(request, version, name, changed)
            elif field.unserved in self.tables.defects:
                self.add(request, version, name, changed, 
                         self.defect(field.unserved, field, code, request, version, changed))
            else:
                self.add(request, version, name, changed,
                         self.refusal(request, version, field.unserved, changed))
        known = version.codes(field.tag)
        strange = next(code for code in ("~", "999", "z") if code not in known and
                       (code != "~" or version.field(field.tag).type != "INT") and
                       (code != "999" or version.field(field.tag).type == "INT"))
        self.add(request, version, f"{field.label()}={strange}", fields | {field.key: strange},
                 f"35=3|371={field.tag}|372={request.type}|373=5")

    def lengths(self, request, version, field, fields):
        bound = self.tables.bounds[field.capacity]
        long = "x" * (bound + 1)
        changed = fields | {field.key: long}
        changed = self.completed(request, version, changed)
        self.add(request, version, f"{field.label()} of {bound + 1}", changed,
                 self.defect("too_long", field, long, request, version, changed))
        if field.unknown:
            changed = fields | {field.key: "NOPE"}
            self.add(request, version, f"{field.label()}=NOPE", changed,
                     self.refusal(request, version, field.unknown, changed))
        elif field.kind == "id" and field.tag != 41:
            self.accept(request, version, f"{field.label()} of {bound}", fields | {field.key: "x" * bound})

    def numbers(self, request, version, field, fields):
        for kind in ("too_precise", "too_large"):
            probe = self.tables.defects[kind]["probe"]
            changed = fields | {field.key: probe}
            self.add(request, version, f"{field.label()}={probe}", changed,
                     self.defect(kind, field, probe, request, version, changed))
        self.times(request, version, field, fields)

    def times(self, request, version, field, fields):
        self.add(request, version, f"{field.label()}=many", fields | {field.key: "many"},
                 f"35=3|371={field.tag}|372={request.type}|373=6")

    def reasons(self):
        by_type = {request.type: request for request in self.tables.requests}
        for reason, row in self.tables.reasons.items():
            for shown in row.get("shown", ()):
                request = by_type[shown["send"]]
                for name in request.versions:
                    self.reason(reason, shown, request, self.tables.versions[name])

    def reason(self, reason, shown, request, version):
        changed = base_of(request, version) | pairs(shown.get("change", ""))
        changed = {tag: value for tag, value in changed.items() if value}
        client = shown.get("answer") or self.refusal(request, version, reason, changed, shown)
        if "answer" in shown:
            client += "|" + self.words(reason, shown)
        then = shown.get("then", [])
        given = shown.get("given", [])
        self.add(request, version, f"{reason} {shown.get('change', '')} {'; '.join(given)}", changed, client,
                 "*" if then else "", given=given, then=then, header=shown.get("header", ""))

    def reports(self):
        by_type = {request.type: request for request in self.tables.requests}
        for name, row in self.tables.reports["exec_type"].items():
            if "unused" in row:
                continue
            for version in self.tables.versions.values():
                request = by_type[row.get("send", "D")]
                codes = f"150={self.tables.exec_code(row, version.name)}"
                if version.name == "4.2":
                    codes += f"|20={row.get('trans42', '0')}"
                changed = base_of(request, version) | pairs(row.get("change", ""))
                changed = {tag: value for tag, value in changed.items() if value}
                self.add(request, version, f"reports {name}", changed,
                         f"35=8|{codes}|{row['shown']}", "*", given=row.get("given", []), then=row["then"])


    def restatements(self):
        request = next(one for one in self.tables.requests if one.type == "D")
        for name, row in self.tables.reports["restatement"].items():
            version = self.tables.versions[name]
            for code in range(RESTATEMENTS):
                then = ["venue X > accept e1", f"venue X > restate e1 90 @ 10 because {code}"]
                told = code if code in row["known"] else row["other"]
                self.add(request, version, f"restated because {code}", base_of(request, version),
                         f"35=8|39=0|378={told}", "*", then=then)


def make(tables):
    maker = Maker(tables)
    maker.requests()
    maker.reasons()
    maker.reports()
    maker.restatements()
    return maker.cases
