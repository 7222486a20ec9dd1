#pragma once

#include <map>
#include <string>
#include <string_view>

namespace penstock::reports {

/// The first value of a tag in a message as it was, or nothing.
std::string_view tag_value(std::string_view raw, int tag);
/// PartyID(448) of the first party with this PartyRole(452), or nothing.
std::string_view party_id(std::string_view raw, int role);

/// Names of tags, and words of their values, from a dictionary of spec/fix.
class FixNames {
  public:
    explicit FixNames(std::string_view dictionary);
    /// "MsgType=D(NEW_ORDER_SINGLE) ClOrdID=a1 ...", appended.
    void decode(std::string& out, std::string_view raw) const;

  private:
    struct Field {
        std::string name;
        std::map<std::string, std::string, std::less<>> words;
    };
    std::map<int, Field> fields_;
};

}  // namespace penstock::reports
