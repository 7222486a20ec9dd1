#include "tests/compliance/support/json.hpp"

#include <cctype>
#include <stdexcept>

namespace penstock::compliance::test {
namespace {

class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    Json value() {
        const char first = peek();
        if (first == '{') return object();
        if (first == '[') return array();
        Json json;
        if (first == '"') {
            json.text = string();
            return json;
        }
        while (at_ < text_.size() &&
               std::string_view(",]} \n\t\r").find(text_[at_]) == std::string_view::npos)
            json.text += text_[at_++];
        return json;
    }

  private:
    char peek() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
        if (at_ == text_.size()) throw std::runtime_error("JSON ends too early");
        return text_[at_];
    }
    void expect(char wanted) {
        if (peek() != wanted) throw std::runtime_error(std::string("JSON has no ") + wanted);
        ++at_;
    }
    bool more(char end) {
        if (peek() == ',') ++at_;
        if (peek() != end) return true;
        ++at_;
        return false;
    }
    Json object() {
        Json json;
        expect('{');
        while (more('}')) {
            const std::string name = (peek(), string());
            expect(':');
            json.members[name] = value();
        }
        return json;
    }
    Json array() {
        Json json;
        expect('[');
        while (more(']')) json.items.push_back(value());
        return json;
    }
    std::string string() {
        std::string text;
        expect('"');
        while (text_.at(at_) != '"') text += text_[at_] == '\\' ? escape() : std::string(1, text_[at_++]);
        ++at_;
        return text;
    }
    std::string escape() {
        const char kind = text_.at(at_ + 1);
        at_ += 2;
        if (kind == 'n') return "\n";
        if (kind != 'u') return std::string(1, kind);
        const auto code = static_cast<unsigned>(std::stoul(std::string(text_.substr(at_, 4)), nullptr, 16));
        at_ += 4;
        if (code < 0x80) return std::string(1, static_cast<char>(code));
        if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
        return {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
                static_cast<char>(0x80 | (code & 63))};
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

const Json& Json::operator[](const std::string& name) const {
    static const Json kNone;
    const auto found = members.find(name);
    return found == members.end() ? kNone : found->second;
}

Json parse_json(std::string_view text) { return Parser(text).value(); }

}  // namespace penstock::compliance::test
