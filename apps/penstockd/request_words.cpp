#include "apps/penstockd/request_words.hpp"

#include <charconv>

namespace penstock::apps {

RequestWords& RequestWords::read(const std::string& name, Quantity& quantity) {
    const std::string word = required(name);
    if (const auto parsed = Quantity::parse(word))
        quantity = *parsed;
    else
        is_wrong(name + " is a number, such as -5: not " + word);
    return *this;
}

RequestWords& RequestWords::read(const std::string& name, OrderId& order) {
    const std::string word = required(name);
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), order.value);
    if (error != std::errc{} || end != word.data() + word.size())
        is_wrong(name + " is a number, such as 17: not " + word);
    return *this;
}

RequestWords& RequestWords::read(const std::string& name, OrderId& order, const oms::OrderStore& orders) {
    read(name, order);
    bool is_there = false;
    orders.for_each_open({}, [&](oms::Slot<oms::Order> slot) { is_there |= orders[slot].id == order; });
    if (!is_there)
        is_wrong("there is no open order " + std::to_string(order.value) +
                 "; OrderID(37) as we give it is wanted");
    return *this;
}

RequestWords& RequestWords::read(const std::string& name, VenueName& venue, const oms::Directory& directory) {
    read(name, venue);
    if (directory.venue_id(venue).is_none()) is_wrong("there is no venue " + std::string(venue.view()));
    return *this;
}

std::string RequestWords::required(const std::string& name) {
    const std::string word = line_.word(name);
    if (word.empty()) is_wrong(name + " is missing");
    return word;
}

void RequestWords::is_too_long(const std::string& name, std::size_t bytes, std::size_t most) {
    is_wrong(name + " has " + std::to_string(bytes) + " bytes, at most " + std::to_string(most) +
             " are on record");
}

void RequestWords::is_wrong(const std::string& why) {
    if (problem_.empty()) problem_ = line_.verb + ": " + why;
}

}  // namespace penstock::apps
