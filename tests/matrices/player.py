"""Plays one branch: sends what the client sends, makes the venue cause what the client must see, compares."""
import dataclasses
import decimal

import parties
import special

PRICE, NEW_PRICE, PRICE_OUTSIDE_COLLAR = "50", "50.25", "90"
LAST_PRICE = "50"
LIVE = ("0", "1", "3", "6", "7", "9", "E")


@dataclasses.dataclass
class Order:
    """An order as the venue and the test's own arithmetic know it."""
    client_id: str                 # as the data file calls it
    current: str = ""              # the id the venue last accepted
    sent: dict = dataclasses.field(default_factory=dict)  # id -> what the venue was sent
    executions: dict = dataclasses.field(default_factory=dict)  # label -> (quantity, price)
    venue_executions: dict = dataclasses.field(default_factory=dict)  # label -> the venue's ExecID
    notional: decimal.Decimal = decimal.Decimal(0)
    last_label: str = ""
    status: str = ""


class Mismatch(AssertionError):
    """A step saw something else than the matrix shows."""


class Player:
    def __init__(self, world, branch, number):
        self.branch, self.version = branch, world.version
        self.client = world.clients[branch.session]
        self.venue = world.venues[branch.venue]
        self.world = world
        self.symbol = parties.SYMBOLS[branch.venue]
        self.suffix = f"-{number}"
        self.orders = {}        # id of the data file -> Order
        self.types = {}         # id -> MsgType of the request
        self.on_the_way = []    # ids the venue has been sent and has not read
        self.pending_seen = set()
        self.order_id = ""      # OrderID(37) of the last report
        self.seen = None        # a report that is asked for again
        self.exec_ids = {}      # label of the data file -> ExecID(17) the client saw
        self.labels = 0
        self.checked = 0

    # The walk

    def play(self):
        steps = list(self.branch.steps)
        caused = set()
        for index, step in enumerate(steps):
            special_step = special.handler_of(step)
            if special_step is not None:
                if special_step(self) == special.CAUSED_THE_NEXT:
                    caused.add(id(steps[index + 1]))
            elif step["dir"] == "client->oms":
                # What passes this request on the wire was handled before it and is read after it.
                for later in steps[index + 1:]:
                    if not (later.get("crosses") and later["t"] == step["t"]):
                        break
                    self.cause(later)
                    caused.add(id(later))
                    self.client.fetch()
                self.send(step, steps[index + 1:])
            elif step["dir"] == "oms->client":
                if id(step) not in caused:
                    self.cause(step)
                self.check(step, self.client.next())
            elif step["dir"] == "oms->venue":
                self.check_venue_is_asked(step)
            # offline and venue->oms: seen by the client in the step that follows
        unasked = [message for message in self.world.settle() if not self.is_ours_to_come(message)]
        if unasked:
            raise Mismatch("also came: " + "\n  ".join(map(str, unasked)))
        self.end_all()

    @staticmethod
    def is_ours_to_come(message):
        """A request the venue was sent and the branch ends before it answers."""
        return message[35] in ("D", "F", "G") and message[49] == "PENSTOCK"

    def end_all(self):
        """The venue ends what still lives, so that the next branch begins with nothing."""
        for order in {id(order): order for order in self.orders.values()}.values():
            if order.status in LIVE and order.current:
                self.say(order, order.current, "4", {"ord_status": "4", "leaves_qty": 0})
        self.world.settle()

    def wire(self, name):
        return name + self.suffix

    # The client's side

    def is_refused_at_once(self, step, later):
        """Refused by the OMS, without a reason of its own in the matrix: the request must give it one."""
        for answer in later:
            if answer["dir"] != "oms->client" or answer.get("cl_ord_id") != step["cl_ord_id"]:
                continue
            return answer["msg_type"] == "9" and "cxl_rej_reason" not in answer
        return False

    def send(self, step, later):
        kind, name = step["msg_type"], step.get("cl_ord_id")
        {"D": self.send_order, "F": self.send_cancel, "G": self.send_amend, "H": self.send_status_request,
         "q": self.send_mass_cancel, "Q": self.send_dont_know}[kind](step, name, later)

    def send_order(self, step, name, _):
        is_known = name in self.orders
        if not is_known:
            self.orders[name] = Order(name)
            self.types[name] = "D"
            self.on_the_way.append(name)
        tif, inst = step.get("time_in_force", "0"), step.get("exec_inst")
        extra = f"18={inst}|" if inst else ""
        header = "97=Y|" if step.get("poss_resend") else ""
        self.client.send("D", f"11={self.wire(name)}|{extra}21=1|38={step['order_qty']}|40=2|44={PRICE}|54=1|"
                              f"55={self.symbol}|59={tif}|60=NOW|", extra_header=header)

    def send_cancel(self, step, name, later):
        refuse = self.is_refused_at_once(step, later)
        orig = step["orig_cl_ord_id"]
        if orig in self.orders:
            self.orders[name] = self.orders[orig]
            self.types[name] = "F"
            if not refuse:
                self.on_the_way.append(name)
        self.client.send("F", f"11={self.wire(name)}|38={step['order_qty']}|41={self.wire(orig)}|"
                              f"54={2 if refuse else 1}|55={self.symbol}|60=NOW|")

    def send_amend(self, step, name, later):
        refuse = self.is_refused_at_once(step, later)
        orig = step["orig_cl_ord_id"]
        self.orders[name] = self.orders[orig]
        self.types[name] = "G"
        if not refuse:
            self.on_the_way.append(name)
        price = PRICE_OUTSIDE_COLLAR if refuse else NEW_PRICE
        self.client.send("G", f"11={self.wire(name)}|21=1|38={step['order_qty']}|40=2|41={self.wire(orig)}|"
                              f"44={price}|54=1|55={self.symbol}|59=0|60=NOW|")

    def send_status_request(self, _, name, later):
        del later
        self.client.send("H", f"11={self.wire(name)}|54=1|55={self.symbol}|")

    def send_mass_cancel(self, _, name, later):
        del later
        self.on_the_way += [known for known in self.orders]
        self.client.send("q", f"11={self.wire(name)}|530=7|60=NOW|")

    def send_dont_know(self, step, _, later):
        del later
        label = step["note"].rpartition("ExecID ")[2][:1]
        reason = "Z" if self.version == "4.2" else "F"  # 4.2 has no F
        self.client.send("Q", f"17={self.exec_ids[label]}|37={self.order_id}|38=40|54=1|55={self.symbol}|"
                              f"127={reason}|")

    # The venue's side

    def request(self, name):
        """The venue's copy of a request of the client's; read from the wire when it is first needed."""
        order = self.orders[name]
        while name not in order.sent:
            message = self.venue.next()
            if message[35] not in ("D", "F", "G"):
                raise Mismatch(f"the venue was sent {message}")
            first = self.on_the_way.pop(0)
            self.orders[first].sent[first] = message
        return order.sent[name]

    def check_venue_is_asked(self, step):
        names = [name for name, kind in self.types.items() if kind == step["msg_type"]]
        message = self.request(names[-1])
        if message[35] != step["msg_type"] or ("order_qty" in step and
                                               decimal.Decimal(message[38]) != step["order_qty"]):
            raise Mismatch(f"step {step['t']}: the venue was sent {message}")
        self.checked += 1

    def say(self, order, name, exec_type, step, extra=""):
        """An ExecutionReport(8) of the venue about an order, under the ClOrdID of this request."""
        message = order.sent[name]
        orig = f"41={order.sent[order.current][11]}|" if name != order.current and order.current else ""
        self.labels += 1
        exec_id = f"E{self.labels}{self.suffix}"
        self.venue.send("8", f"6=0|11={message[11]}|14={step.get('cum_qty', 0)}|17={exec_id}|"
                             f"37=V{order.client_id}{self.suffix}|38={step.get('order_qty', 0)}|"
                             f"39={step['ord_status']}|{orig}54={message[54]}|55={self.symbol}|60=NOW|"
                             f"150={exec_type}|151={step['leaves_qty']}|{extra}")
        return exec_id

    def cause(self, step):
        """Makes the venue say what leads to this step; nothing where the OMS speaks of its own accord."""
        name, msg_type, exec_type = step.get("cl_ord_id"), step["msg_type"], step.get("exec_type")
        order = self.orders.get(name)
        if msg_type == "9":
            if name in self.pending_seen:
                self.refuse_request(order, name, step)
        elif msg_type == "8" and exec_type not in ("A", "6", "E", "I"):
            self.report(order, name, exec_type, step)

    def refuse_request(self, order, name, step):
        message = self.request(name)
        reason = step.get("cxl_rej_reason", "2")
        self.venue.send("9", f"11={message[11]}|37=V{order.client_id}{self.suffix}|39={step['ord_status']}|"
                             f"41={message[41]}|60=NOW|102={reason}|434={step['cxl_rej_response_to']}|")

    def report(self, order, name, exec_type, step):
        if exec_type == "8":
            if not order.current:  # else the id was used before, and the OMS refuses
                self.request(name)
                self.say(order, name, "8", step, f"103={step.get('ord_rej_reason', '0')}|")
        elif exec_type == "0":
            self.request(name)
            self.say(order, name, "0", step)
            order.current = name
        elif exec_type == "5":
            message = self.request(name)
            self.say(order, name, "5", step, f"44={message.get(44, NEW_PRICE)}|")
            order.current = name
        elif exec_type == "4":
            answers = name if step.get("orig_cl_ord_id") else self.cancel_of(order)
            if answers:
                self.request(answers)
            self.say(order, answers or order.current, "4", step, self.restatement(step))
        elif exec_type in ("F", "G", "H"):
            self.execution(order, exec_type, step)
        else:
            extra = self.restatement(step)
            if exec_type == "7":
                extra += f"31={step['last_px']}|32={step['last_qty']}|"
            if exec_type == "D" and step.get("exec_restatement_reason") == "0":
                extra += "44=25|"
            self.say(order, order.current, exec_type, step, extra)

    def cancel_of(self, order):
        """The OMS's own cancel of this order, of a mass cancel: the venue has a second message for it."""
        if order.client_id not in self.on_the_way:
            return None
        while self.on_the_way:
            first = self.on_the_way.pop(0)
            self.orders["cancel of " + first] = self.orders[first]
            self.orders[first].sent["cancel of " + first] = self.venue.next()
        return None if "cancel of " + order.client_id not in order.sent else "cancel of " + order.client_id

    @staticmethod
    def restatement(step):
        reason = step.get("exec_restatement_reason")
        return f"378={reason}|" if reason is not None else ""

    def execution(self, order, exec_type, step):
        label = step.get("exec_id", f"#{self.labels}")
        refers = step.get("exec_ref_id")
        price = decimal.Decimal(str(step.get("last_px", LAST_PRICE)))
        quantity = step["last_qty"]
        extra = f"31={price}|32={quantity}|"
        if exec_type != "F":
            before = order.executions[refers]
            order.notional -= before[0] * before[1]
            extra += f"19={order.venue_executions[refers]}|"
        order.venue_executions[label] = self.say(order, order.current, exec_type, step, extra)
        order.executions[label] = (quantity, price)
        order.notional += quantity * price

    # What the client must see

    def check(self, step, message):
        wrong = [f"{what} is {got}, expected {wanted}" for what, got, wanted in self.compare(step, message)
                 if got != wanted]
        if wrong:
            raise Mismatch(f"step {step['t']}: {', '.join(wrong)}\n  {message}")
        self.checked += 1
        if step.get("exec_id"):
            self.exec_ids[step["exec_id"]] = message[17]
        if step["msg_type"] != "8":
            return
        self.order_id = message[37]
        if step["exec_type"] in ("6", "E"):
            self.pending_seen.add(step["cl_ord_id"])
        if step["cl_ord_id"] in self.orders:
            self.orders[step["cl_ord_id"]].status = step["ord_status"]

    def compare(self, step, message):
        """(field, seen, expected) of all that the matrix says, and of what follows from it."""
        yield "MsgType(35)", message[35], step["msg_type"]
        if message[35] != step["msg_type"]:
            return
        yield "ClOrdID(11)", message[11], self.wire(step["cl_ord_id"])
        if step["msg_type"] == "r":
            yield "MassCancelResponse(531)", message[531], "7"
            yield "TotalAffectedOrders(533)", message[533], str(len(set(map(id, self.orders.values()))))
            return
        orig = step.get("orig_cl_ord_id")
        yield "OrigClOrdID(41)", message[41], self.wire(orig) if orig else None
        yield "OrdStatus(39)", message[39], step["ord_status"]
        if "order_id" in step:
            yield "OrderID(37)", message[37], step["order_id"]
        if step["msg_type"] == "9":
            yield from self.compare_refusal(step, message)
        else:
            yield from self.compare_report(step, message)

    @staticmethod
    def compare_refusal(step, message):
        yield "CxlRejResponseTo(434)", message[434], step["cxl_rej_response_to"]
        if "cxl_rej_reason" in step:
            yield "CxlRejReason(102)", message[102], step["cxl_rej_reason"]
        for tag, name in ((150, "ExecType"), (14, "CumQty"), (151, "LeavesQty")):
            yield f"{name}({tag})", message[tag], None

    def compare_report(self, step, message):
        number = decimal.Decimal
        old = self.version == "4.2"
        yield "ExecType(150)", message[150], step["fix42"]["exec_type"] if old else step["exec_type"]
        yield "ExecTransType(20)", message[20], step["fix42"]["exec_trans_type"] if old else None
        for tag, name, key in ((38, "OrderQty", "order_qty"), (14, "CumQty", "cum_qty"),
                               (151, "LeavesQty", "leaves_qty"), (32, "LastQty", "last_qty")):
            if step.get(key) is not None:
                yield f"{name}({tag})", number(message.get(tag, 0)), number(step[key])
        yield "ExecRestatementReason(378)", message[378], step.get("exec_restatement_reason")
        refers = step.get("exec_ref_id")
        yield "ExecRefID(19)", message[19], self.exec_ids[refers] if refers else None
        if "ord_rej_reason" in step:
            yield "OrdRejReason(103)", message[103], step["ord_rej_reason"]
        if step.get("last_px"):
            yield "LastPx(31)", number(message[31]), number(str(step["last_px"]))
        yield "AvgPx(6)", number(message[6]), self.average(step)
        if "avg_px" in step:
            yield "AvgPx(6)", number(message[6]), number(step["avg_px"])

    def average(self, step):
        order = self.orders.get(step["cl_ord_id"])
        if order is None or not step["cum_qty"]:
            return decimal.Decimal(0)
        average = order.notional / decimal.Decimal(step["cum_qty"])
        return average.quantize(decimal.Decimal("0.00000001")).normalize() + 0
