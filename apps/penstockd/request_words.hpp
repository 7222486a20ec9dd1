#pragma once

#include <string>

#include "apps/penstockd/control_door.hpp"
#include "oms/domain/decimal.hpp"
#include "oms/domain/ids.hpp"
#include "oms/engine/directory.hpp"
#include "oms/engine/order_store.hpp"

namespace penstock::apps {

/// Reads the words of a request at the control door. What is wrong first is kept; what is read after that
/// does not matter.
class RequestWords {
  public:
    explicit RequestWords(const ControlRequest& request) : line_(request.line) {}

    /// Must be there, and no longer than it may be.
    template <class Id>
    RequestWords& read(const std::string& name, Id& id) {
        const std::string word = required(name);
        if (!id.assign(word)) is_too_long(name, word.size(), Id::kCapacity);
        return *this;
    }
    RequestWords& read(const std::string& name, Quantity& quantity);
    RequestWords& read(const std::string& name, OrderId& order);
    /// The number of an order that is open.
    RequestWords& read(const std::string& name, OrderId& order, const oms::OrderStore& orders);
    /// The name of a venue that is configured.
    RequestWords& read(const std::string& name, VenueName& venue, const oms::Directory& directory);

    /// The refusal: "adopt: there is no venue NOPE". Empty: all was right.
    const std::string& problem() const { return problem_; }

  private:
    std::string required(const std::string& name);
    void is_too_long(const std::string& name, std::size_t bytes, std::size_t most);
    void is_wrong(const std::string& why);

    const ControlLine& line_;
    std::string problem_;
};

}  // namespace penstock::apps
