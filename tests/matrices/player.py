"""Plays one branch: sends what the client sends, makes the venue cause what the client must see, compares."""
import client_side
import expected
import special
import venue_side
from books import LIVE, Mismatch


class Player:
    def __init__(self, world, branch, number):
        self.branch, self.version = branch, world.version
        self.client = world.clients[branch.session]
        self.venue = world.venues[branch.venue]  # where single orders go
        self.world = world
        self.suffix = f"-{number}"
        self.orders = {}        # id of the data file -> books.Order
        self.types = {}         # id -> MsgType of the request
        self.pending_seen = set()
        self.order_id = ""      # OrderID(37) of the last report
        self.seen = None        # a report that is asked for again
        self.exec_ids = {}      # label of the data file -> ExecID(17) the client saw
        self.expires = ""       # ExpireTime(126), when the branch is about a GTD order
        self.labels = 0
        self.checked = 0
        self.copy = None        # a drop copy session that sees what the client sees
        for venue in world.venues.values():
            venue.on_the_way = []

    def play(self):
        steps = list(self.branch.steps)
        caused = set()
        for index, step in enumerate(steps):
            special_step = special.handler_of(step)
            if special_step is not None:
                if special_step(self, step) == special.CAUSED_THE_NEXT:
                    caused.add(id(steps[index + 1]))
            elif step["dir"] == "client->oms":
                # What passes this request on the wire was handled before it and is read after it.
                for later in steps[index + 1:]:
                    if not (later.get("crosses") and later["t"] == step["t"]):
                        break
                    venue_side.cause(self, later)
                    caused.add(id(later))
                    self.client.fetch()
                client_side.send(self, step, steps[index + 1:])
            elif step["dir"] == "oms->client":
                if id(step) not in caused:
                    venue_side.cause(self, step)
                self.check(step, self.client.next())
            elif step["dir"] == "oms->venue":
                venue_side.check_is_asked(self, step)
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
                venue_side.say(self, order, order.current, "4", {"ord_status": "4", "leaves_qty": 0})
        self.venue.tell_prices()
        self.world.settle()

    def count_orders(self):
        return str(len(set(map(id, self.orders.values()))))

    def wire(self, name):
        return name + self.suffix

    def check(self, step, message):
        wrong = [f"{what} is {got}, expected {wanted}"
                 for what, got, wanted in expected.compare(self, step, message) if got != wanted]
        if wrong:
            raise Mismatch(f"step {step['t']}: {', '.join(wrong)}\n  {message}")
        self.checked += 1
        if step.get("exec_id"):
            self.exec_ids[step["exec_id"]] = message[17]
        if step["msg_type"] != "8":
            return
        if self.copy:
            special.check_copied(self, message)
        self.order_id = message[37]
        if step["exec_type"] in ("6", "E"):
            self.pending_seen.add(step["cl_ord_id"])
        if step["cl_ord_id"] in self.orders:
            self.orders[step["cl_ord_id"]].status = step["ord_status"]
