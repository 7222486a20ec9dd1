"""Checks CAT events, one JSON object a line, against the field table of the official schema (event, pos,
field, datatype, required, json). Knows nothing of how they were made."""
import csv
import re

CHOICES = {"actionType": {"NEW", "COR", "RPR", "DEL"}, "side": {"B", "SL", "SS", "SX"},
           "orderType": {"LMT", "MKT", "CAB"}, "initiator": {"C", "F"},
           "destinationType": {"F", "E", "N", "O", "D"}, "deptType": {"A", "ATS", "DMA", "SA", "T", "O"},
           "tradingSession": {"PRE", "REG", "POST", "ALL", "PREREG", "REGPOST", "PREPOST", "FOR"},
           "accountHolderType": {"A", "E", "F", "I", "O", "V", "P", "X"}, "isoInd": {"ISOD", "ISOI", "NA"},
           "representativeInd": {"Y", "YE", "YP", "YS", "N", "O", "OS", "OML", "OMS"}}
JSON_TYPES = {"STRING": str, "NUMBER": (int, float), "BOOLEAN": bool, "OBJECT": dict, "ARRAY": list}
TIME_IN_FORCE = {"DAY", "GTC", "GTD", "GTT", "IOC", "IOR", "GTX", "GFD", "GTM"}


def load(path):
    """event -> field -> (position, datatype, required, JSON types)"""
    events = {}
    with open(path, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            if "." in row["pos"]:
                continue
            events.setdefault(row["event"], {})[row["field"]] = (
                int(row["pos"]), row["datatype"], row["required"], (row["json"] or "").split("|"))
    return events


def bounds(datatype, value):
    """What is wrong with a value of this datatype, or None."""
    length = re.fullmatch(r"(?:Text|Alphanumeric) \((\d+)\)", datatype)
    if length and len(value) > int(length.group(1)):
        return "too long"
    if datatype == "CAT Reporter IMID" and not re.fullmatch(r"[A-Z0-9]{1,7}", value):
        return "no IMID"
    if datatype == "Symbol" and not re.fullmatch(r"[A-Za-z0-9 .]{1,22}", value):
        return "no symbol"
    if datatype in ("Price", "Real Quantity", "Whole Quantity"):
        whole, decimals = {"Price": (10, 8), "Real Quantity": (12, 6), "Whole Quantity": (12, 0)}[datatype]
        text = format(value, "f") if not isinstance(value, int) else str(value)
        head, _, tail = text.lstrip("-").partition(".")
        if len(head) > whole or len(tail) > decimals:
            return "too many digits"
    if datatype == "Timestamp" and not (isinstance(value, int) and len(str(value)) == 19):
        return "no nanoseconds since 1970"
    return None


def check_event(fields, event):
    """Problems of one event."""
    problems = [f"{name} is required" for name, (_, _, required, _) in fields.items()
                if required == "R" and name not in event]
    for name, value in event.items():
        if name not in fields:
            problems.append(f"{name} is no field of it")
            continue
        _, datatype, _, kinds = fields[name]
        wanted = tuple(kind for one in kinds if one for kind in
                       (JSON_TYPES[one] if isinstance(JSON_TYPES[one], tuple) else (JSON_TYPES[one],)))
        number = not isinstance(value, (str, bool, dict, list))
        if wanted and not isinstance(value, wanted) and not (number and "NUMBER" in kinds):
            problems.append(f"{name} is no {'|'.join(kinds)}")
            continue
        if name in CHOICES and value not in CHOICES[name]:
            problems.append(f"{name}={value} is no choice")
        if name == "timeInForce" and not set(value) <= TIME_IN_FORCE:
            problems.append(f"{name}={value} is no choice")
        wrong = bounds(datatype, value)
        if wrong:
            problems.append(f"{name}={value}: {wrong}")
    positions = [fields[name][0] for name in event if name in fields]
    if positions != sorted(positions):
        problems.append("fields are out of order")
    if event.get("orderType") == "LMT" and "price" in fields and "price" not in event:
        problems.append("a limit order without a price")
    return problems


def check(events, lines):
    """Problems of a file: of each event, and of events with each other."""
    problems, ids, orders, routes = [], set(), {}, set()
    for number, event in enumerate(lines, 1):
        def say(text, number=number, event=event):
            problems.append(f"line {number} ({event.get('type')}): {text}")
        if event.get("type") not in events:
            say("there is no such event")
            continue
        for problem in check_event(events[event["type"]], event):
            say(problem)
        if event["firmROEID"] in ids:
            say(f"firmROEID {event['firmROEID']} was used before")
        ids.add(event["firmROEID"])
        key = (event["orderKeyDate"], event["symbol"], event["orderID"])
        if event["type"] in ("MENO", "MEOA", "MECO"):
            if key in orders:
                say("the order was reported before")
            orders[key] = event
            parent = (event.get("parentOrderKeyDate"), event["symbol"], event.get("parentOrderID"))
            if event["type"] == "MECO" and parent not in orders:
                say("its parent was not reported")
        elif key not in orders:
            say(f"order {event['orderID']} was not reported")
        if event["type"] in ("MEOR", "MEMR"):
            if event["routedOrderID"] in routes:
                say("routedOrderID was used before")
            routes.add(event["routedOrderID"])
        if event["type"] == "MEMR" and event["priorRoutedOrderID"] not in routes:
            say("its prior route was not reported")
        if event["type"] == "MECR" and event["eventTimestamp"] < event["orderKeyDate"]:
            say("before its order")
    return problems
