#include "tests/fix/codec/quickfix_oracle.hpp"

#include <quickfix/DataDictionary.h>
#include <quickfix/Message.h>
#include <quickfix/Parser.h>

#include <sstream>

namespace penstock {
namespace fix {
namespace oracle {

struct Stream::Parser {
    FIX::Parser parser;
};

Stream::Stream() : parser_(new Parser) {}
Stream::~Stream() = default;

std::vector<std::string> Stream::add(const std::string& bytes) {
    parser_->parser.addToStream(bytes);
    std::vector<std::string> messages;
    for (;;) {
        std::string message;
        try {
            if (!parser_->parser.readFixMessage(message)) return messages;
            messages.push_back(message);
        } catch (const FIX::MessageParseError&) {
            // QuickFIX has thrown the bytes away; its connections go on reading.
        }
    }
}

struct Validator::Dictionaries {
    FIX::DataDictionary session;
    FIX::DataDictionary application;
};

Validator::Validator(const std::string& session_xml, const std::string& application_xml)
    : dictionaries_(new Dictionaries) {
    std::istringstream session(session_xml);
    dictionaries_->session.readFromStream(session);
    std::istringstream application(application_xml);
    dictionaries_->application.readFromStream(application);
}
Validator::~Validator() = default;

std::string Validator::objection(const std::string& message) const {
    try {
        const FIX::Message parsed(message, dictionaries_->session, dictionaries_->application, true);
        FIX::DataDictionary::validate(parsed, &dictionaries_->session, &dictionaries_->application);
        return {};
    } catch (const std::exception& objection) {
        return std::string("QuickFIX: ") + objection.what();
    }
}

std::string Validator::rebuilt(const std::string& message) const {
    return FIX::Message(message, dictionaries_->session, dictionaries_->application, true).toString();
}

std::string build_message(const Fields& header, const Fields& body) {
    FIX::Message message;
    for (const auto& field : header) message.getHeader().setField(field.first, field.second);
    for (const auto& field : body) message.setField(field.first, field.second);
    return message.toString();
}

}  // namespace oracle
}  // namespace fix
}  // namespace penstock
