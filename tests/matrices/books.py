"""What the test itself knows of the orders of a branch."""
import dataclasses
import decimal

LIVE = ("0", "1", "3", "6", "7", "9", "E")


class Mismatch(AssertionError):
    """A step saw something else than the matrix shows."""


@dataclasses.dataclass
class Order:
    """An order as the venue and the test's own arithmetic know it."""
    client_id: str                 # as the data file calls it
    venue: object = None           # the parties.Venue it goes to
    current: str = ""              # the id the venue last accepted
    sent: dict = dataclasses.field(default_factory=dict)  # id -> what the venue was sent
    executions: dict = dataclasses.field(default_factory=dict)  # label -> (quantity, price)
    venue_executions: dict = dataclasses.field(default_factory=dict)  # label -> the venue's ExecID
    notional: decimal.Decimal = decimal.Decimal(0)
    status: str = ""

    def own_cancel(self):
        """The name of the OMS's own cancel of this order, in `sent`."""
        return "cancel of " + self.client_id

    def average(self, cum_qty):
        if not cum_qty:
            return decimal.Decimal(0)
        average = self.notional / decimal.Decimal(cum_qty)
        return average.quantize(decimal.Decimal("0.00000001")).normalize() + 0
