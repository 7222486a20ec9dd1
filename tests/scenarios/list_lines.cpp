#include "tests/scenarios/list_lines.hpp"

#include <map>

#include "tests/scenarios/lines.hpp"

namespace penstock::scenarios {
namespace {

using Play = oms::InputBody (*)(Words&, SessionId, Stage&);

std::uint32_t count(Words& words, const std::string& expected) {
    return static_cast<std::uint32_t>(words.number(expected).mantissa());
}

/// `oco`, `ouo`, `oto full`, `independent`, then `block`, `reduce` or `accept 50`.
void take_contingency(Words& words, oms::ListGroup& group) {
    static const std::map<std::string, oms::Contingency> kNames{
        {"independent", oms::Contingency::None},
        {"oco", oms::Contingency::OneCancelsOther},
        {"oto", oms::Contingency::OneTriggersOther},
        {"ouo", oms::Contingency::OneUpdatesOther},
        {"ouo-share", oms::Contingency::OneUpdatesOtherProportional},
        {"odd", oms::Contingency::Unsupported}};
    const auto found = kNames.find(words.next("a contingency"));
    if (found == kNames.end()) words.fail("expected independent, oco, oto, ouo or ouo-share");
    group.contingency = found->second;
    if (words.take("full")) group.release = oms::ReleaseOn::FullFill;
    if (words.take("block")) group.overfill = oms::OverfillPolicy::Block;
    if (words.take("reduce")) group.overfill = oms::OverfillPolicy::Reduce;
    if (!words.take("accept")) return;
    group.overfill = oms::OverfillPolicy::Accept;
    group.overfill_budget = words.quantity("a budget");
}

/// `list L1 3 legs 2 groups`
oms::InputBody new_list(Words& words, SessionId session, Stage&) {
    oms::NewList list;
    list.session = session;
    list.list_id = words.id<ClOrdId>("a ListID");
    list.legs = count(words, "how many legs");
    words.take("legs");
    list.groups =
        words.at_end() || words.peek() == "waits" || words.peek() == "stale" || words.peek() == "unsayable"
            ? 1
            : count(words, "how many groups");
    words.take("groups");
    list.waits_for_execute = words.take("waits");
    list.stale = words.take("stale");
    if (words.take("unsayable"))
        list.refusal = oms::DoorRefusal{oms::Reason::UnsupportedInstruction, words.id<Text>("what is wrong")};
    return list;
}

/// `group 1 oco block`, `group 2 of 1 ouo`
oms::InputBody list_group(Words& words, SessionId session, Stage&) {
    oms::ListGroup group;
    group.session = session;
    group.group = count(words, "the group's number");
    if (words.take("of")) group.parent = count(words, "the number of the group it is in");
    take_contingency(words, group);
    return group;
}

/// `leg 2 in 1 a2 SELL 100 XYZ @ 11`
oms::InputBody list_leg(Words& words, SessionId session, Stage& stage) {
    oms::ListLeg leg;
    leg.session = session;
    leg.leg = count(words, "the leg's number");
    if (!words.take("in")) words.fail("expected 'in', got '" + words.peek() + "'");
    leg.group = count(words, "the number of its group");
    leg.order = read_order(words, session, stage);
    return leg;
}

template <class Body>
oms::InputBody about_list(Words& words, SessionId session, Stage&) {
    Body body;
    body.session = session;
    body.list_id = words.id<ClOrdId>("a ListID");
    if constexpr (requires { body.stale; }) body.stale = words.take("stale");
    return body;
}

const std::map<std::string, Play> kLines{
    {"list", new_list},
    {"group", list_group},
    {"leg", list_leg},
    {"enter", about_list<oms::EnterList>},
    {"execute", about_list<oms::ExecuteList>},
    {"cancel-list", about_list<oms::CancelList>},
    {"list-status", about_list<oms::ListStatusQuery>},
};

}  // namespace

bool is_list_line(const std::string& kind) { return kLines.contains(kind); }

oms::InputBody read_list_line(const std::string& kind, Words& words, SessionId session, Stage& stage) {
    return kLines.at(kind)(words, session, stage);
}

}  // namespace penstock::scenarios
