"""A venue that cannot take a message of ours and says so at session level, or by number alone: the client
hears the refusal in seconds, not an order whose fate nobody knows."""
import socket
import unittest

import fix_client
import support


class Venue(fix_client.FixClient):
    """The venue's end of one connection of penstockd's: it says what the test tells it to."""

    def __init__(self, listener, next_out=1):
        self.sender, self.target, self.begin_string = "XV44", "PENSTOCK", "FIX.4.4"
        self.next_out = next_out
        self._received = b""
        listener.settimeout(fix_client.WAIT_SECONDS)
        self.socket = listener.accept()[0]

    def answer_logon(self):
        """Nothing works here, it says when it is asked: then orders may come."""
        self.until(t35="A")
        self.send("A", "98=0|108=30|")
        asked = self.until(t35="AF")
        self.send("8", f"6=0|14=0|17=0|37=NONE|39=8|54=1|55=[N/A]|150=I|151=0|584={asked[584]}|911=0|912=Y|")

    def serve_logon(self):
        self.answer_logon()
        asked = self.until(t35="V")
        self.send("W", f"55=DUNE|262={asked[262]}|268=2|269=0|270=24.99|271=100|269=1|270=25.01|271=100|")

    def accept(self, order):
        self.send("8", f"6=0|11={order[11]}|14=0|17=E{order[34]}|37=V{order[34]}|38={order[38]}|39=0|"
                       f"54={order[54]}|55=DUNE|150=0|151={order[38]}|")


class VenueRejects(support.System):
    def setUp(self):
        super().setUp()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.listener.close)
        self.venue_port = self.listener.getsockname()[1]
        self.configure(support.session_section("A1"))
        self.start_penstockd()
        self.connection = self.connected()
        self.client_a = self.client("A1")
        support.wait_for_market(self.client_a)

    def connected(self, next_out=1):
        venue = Venue(self.listener, next_out)
        self.addCleanup(venue.close)
        venue.serve_logon()
        return venue

    def sent(self, msg_type):
        return self.connection.until(t35=msg_type)

    def test_a_reject_of_an_order_refuses_it(self):
        self.client_a.order("o1", 10, "25")
        order = self.sent("D")
        self.connection.send("3", f"45={order[34]}|58=no such account|371=1|372=D|373=5|")
        self.assertIn("no such account", self.client_a.report("o1", "8")[58])

    def test_a_business_reject_of_a_cancel_refuses_it(self):
        self.client_a.order("o1", 10, "25")
        self.connection.accept(self.sent("D"))
        self.client_a.report("o1", "0")
        self.client_a.cancel("c1", "o1", 10)
        cancel = self.sent("F")
        self.connection.send("j", f"45={cancel[34]}|58=closed|372=F|380=4|")
        refused = self.client_a.until(t35="9", t11="c1")
        self.assertEqual(refused[39], "0")
        self.assertIn("closed", refused[58])

    def test_a_number_of_the_former_connection_needs_the_messages_type(self):
        self.client_a.order("o1", 10, "25")
        order = self.sent("D")
        next_out = self.connection.next_out
        self.connection.close()
        self.connection = self.connected(next_out)
        self.connection.send("3", f"45={order[34]}|58=some message|")
        self.penstockd.wait_for("Reject(3): some message")
        self.connection.send("3", f"45={order[34]}|58=the order|372=D|")
        self.assertIn("the order", self.client_a.report("o1", "8")[58])

    def test_working_orders_are_asked_about_when_the_venue_is_back(self):
        self.client_a.order("o1", 10, "25")
        order = self.sent("D")
        self.connection.accept(order)
        self.client_a.report("o1", "0")
        next_out = self.connection.next_out
        self.connection.close()
        self.connection = Venue(self.listener, next_out)
        self.addCleanup(self.connection.close)
        self.connection.answer_logon()
        asked = self.sent("H")
        self.assertEqual(asked[11], order[11])
        self.connection.send("8", f"6=0|11={asked[11]}|14=0|17=S1|37=V{order[34]}|38=10|39=4|54=1|55=DUNE|"
                                  "150=I|151=0|")
        self.client_a.report("o1", "4")


if __name__ == "__main__":
    unittest.main()
