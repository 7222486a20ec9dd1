#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

// What QuickFIX 1.15.1 says, in plain types. Its headers need C++14 and stay in quickfix_oracle.cpp.
namespace penstock {
namespace fix {
namespace oracle {

/// FIX::Parser: cuts a byte stream into messages.
class Stream {
  public:
    Stream();
    ~Stream();
    /// Adds bytes and returns every message now complete.
    std::vector<std::string> add(const std::string& bytes);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

/// The dictionaries of one version with the validation settings a session has by default.
class Validator {
  public:
    /// Texts of XML files; the two are the same below 5.0.
    Validator(const std::string& session_xml, const std::string& application_xml);
    ~Validator();
    /// Empty when the message passes, else what QuickFIX objects to.
    std::string objection(const std::string& message) const;
    /// The message as QuickFIX writes it after reading it, groups included.
    std::string rebuilt(const std::string& message) const;

  private:
    struct Dictionaries;
    std::unique_ptr<Dictionaries> dictionaries_;
};

using Fields = std::vector<std::pair<int, std::string>>;

/// FIX::Message::toString of these fields, in whatever order QuickFIX gives them.
std::string build_message(const Fields& header, const Fields& body);

}  // namespace oracle
}  // namespace fix
}  // namespace penstock
