#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/client_list.hpp"
#include "tests/sim/client_terms.hpp"
#include "tests/sim/peer.hpp"

namespace penstock::sim {

/// One order as its client knows it: what was sent, and nothing but what was told.
struct ClientOrder {
    std::string first_id;
    std::string id;  // of the last request that was accepted
    std::vector<std::string> ids;
    std::string symbol;
    char side = '1';
    char type = '2';
    char time_in_force = '0';
    std::int64_t sent_quantity = 0;
    std::int64_t sent_cents = 0;
    ClientTerms terms;
    std::size_t list = 0;  // of its client's lists, from one; 0: it came alone

    std::string order_id;  // OrderID(37), once told
    std::int64_t quantity = 0;
    std::int64_t filled = 0;
    std::int64_t money = 0;  // sum of cents times quantity
    bool is_acknowledged = false;
    char ended = '\0';  // OrdStatus(39): 4, 8, C; 3 for a day order
    struct Told {
        std::int64_t quantity = 0;
        std::int64_t cents = 0;
    };
    std::map<std::string, Told> executions;  // that stand, by ExecID(17)
    std::uint64_t trades_told = 0;

    /// Good till cancel or till a date: lives on after a day.
    bool is_good_till() const { return time_in_force == '1' || time_in_force == '6'; }
    bool has_terms() const { return terms != ClientTerms{}; }
    bool is_over() const {
        return ended != '\0' || ((quantity != 0 || is_acknowledged) && filled >= quantity);
    }
};

/// A request of a client's, and how often it was answered for good.
struct ClientRequest {
    char type = 'D';  // MsgType(35)
    std::size_t order = 0;
    int answers = 0;
    int repeats = 0;  // sent again under the same id, which is refused each time
    int repeats_refused = 0;
    bool is_pending = false;  // the client was told so
};

class Client;

/// One row a command; a new kind of command is a new row of the table of its theme.
struct ClientCommand {
    const char* name;
    std::uint64_t weight;
    void (*run)(Client&);

    /// All of them.
    static const std::vector<ClientCommand>& table();
    static std::vector<ClientCommand> plain_table();      // client_commands.cpp
    static std::vector<ClientCommand> condition_table();  // client_conditions.cpp
    static std::vector<ClientCommand> list_table();       // client_lists.cpp
    static ClientOrder random_order(Client& client);
    static ClientTerms changed_terms(Client& client, const ClientOrder& order);
    static Random& random_of(Client& client);
};

/// A client: sends what the tables of commands list, keeps its own books of what it was told, and holds every
/// report against them.
class Client final : public Peer {
  public:
    Client(Surroundings& world, Link& link, std::size_t number);

    /// One row of the table of commands, by weight.
    void act();
    void send_order(const ClientOrder& order);
    /// Asks for everything to be cancelled, as long as something is open.
    void cancel_all();
    /// Every request must have its one answer by now; throws Violation.
    void check_answers() const;

    const std::vector<ClientOrder>& orders() const { return orders_; }
    const std::vector<ClientList>& lists() const { return lists_; }
    const std::map<std::string, ClientRequest>& requests() const { return requests_; }
    std::size_t number() const { return number_; }
    fix::Version version() const { return plan_.version; }
    /// A client's clock is right.
    Timestamp now() const { return world_.agenda.now(); }
    PeerSession& session() { return session_; }
    Link& link() { return link_; }
    /// Null: there is none.
    const ClientOrder* open_order() const;
    /// Called after each report that the client has booked.
    std::function<void(const Client&, const ClientOrder&, char exec_type)> on_booked;

  private:
    friend struct ClientCommand;
    void on_message(const fix::MessageIndex& message) override;
    void on_state(bool) override {}
    bool may_resend(std::string_view) override { return true; }

    // Commands: client_sends.cpp.
    std::string next_id();
    /// One of the newest that `fits`, open or not: clients do not always know. Null: there is none.
    ClientOrder* pick_order(bool (*fits)(const ClientOrder&) = [](const ClientOrder&) { return true; });
    void send_amend(ClientOrder& order, const ClientTerms& terms);
    void send_cancel(ClientOrder& order);
    /// Its place; it is the last.
    std::size_t keep_order(ClientOrder order);
    enum class MassScope : std::uint8_t { All, Some };
    void send_mass_cancel(MassScope scope);
    void add_scope(Body& body, int type_tag) const;
    void send_status_question();
    void send_mass_status_question();
    void send_unserved();
    void send_again();
    std::string body_of(const ClientOrder& order) const;
    const std::string& some_current_id(const ClientOrder& order);

    // Lists: client_lists.cpp.
    void send_list();
    void ask_of_list(std::string_view msg_type);
    void on_list_status(const fix::MessageIndex& message);
    void check_lists() const;

    // Reports: client_books.cpp.
    void on_report(const Reader& reader);
    void on_cancel_reject(const Reader& reader);
    void on_mass_report(const Reader& reader);
    void on_status(const Reader& reader);
    void book(ClientOrder& order, const Reader& reader, char exec_type);
    void follow(ClientOrder& order, const Reader& reader, char exec_type);
    void check_disconnect(const ClientOrder& order) const;
    void check_numbers(const ClientOrder& order, const Reader& reader) const;
    void answered(const std::string& id, char type);
    ClientRequest& request(const std::string& id, const Reader& reader);
    [[noreturn]] void wrong(Invariant which, const std::string& what) const;

    Surroundings& world_;
    Link& link_;
    std::size_t number_;
    const ClientPlan& plan_;
    PeerSession session_;
    std::vector<ClientOrder> orders_;
    std::vector<ClientList> lists_;
    std::map<std::string, ClientRequest> requests_;  // by ClOrdID
    std::set<std::string> exec_ids_;
    std::uint64_t last_id_ = 0;
    int questions_ = 0;  // for a status; each is answered
    int questions_answered_ = 0;
    int unserved_ = 0;  // messages that are refused by BusinessMessageReject
    int unserved_refused_ = 0;
};

}  // namespace penstock::sim
