#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "apps/penstock_client/command.hpp"
#include "apps/penstock_client/report.hpp"

namespace penstock::client {

/// What this client knows of one of its orders.
struct ClientOrder {
    NewOrder terms;         // as last accepted; `name` is what the user calls it
    std::string cl_ord_id;  // the last accepted one, which the next request names
    std::string order_id;
    std::string status;  // in a word; empty: no answer yet
    std::string filled = "0";
    std::string leaves;
    std::string average = "0";
    int requests = 0;  // amends and cancels sent, for their ids
};

/// The orders of this run and the chain of ids of each. Gone with the process.
class Orders {
  public:
    /// `run`: begins the names made here; different in every run, so that ids do not repeat.
    explicit Orders(std::string run) : run_(std::move(run)) {}

    /// Makes a name when the command has none. Nothing when the name is taken.
    ClientOrder* add(const NewOrder& command);
    /// By name; a made name's number alone will do.
    ClientOrder* find(const std::string& name);
    /// An id for a request about this order; remembers whose it is.
    std::string request_id(ClientOrder& order, const std::string& wanted);
    /// An id for a request about no single order.
    std::string free_id() { return run_ + "-r" + std::to_string(++free_); }
    /// Names the report's order, and takes from it what it says.
    void apply(Report& report);
    const std::deque<ClientOrder>& all() const { return orders_; }

  private:
    ClientOrder* owner_of(const Report& report);

    std::string run_;
    int made_ = 0;
    int free_ = 0;
    std::deque<ClientOrder> orders_;  // pointers into it stay good
    std::map<std::string, ClientOrder*> by_name_;
    std::map<std::string, ClientOrder*> by_id_;
};

/// "  a1  BUY 100 XYZ @ 11 DAY  PartiallyFilled  cum 40 leaves 60 avg 11  order 17"
std::string to_line(const ClientOrder& order);

}  // namespace penstock::client
