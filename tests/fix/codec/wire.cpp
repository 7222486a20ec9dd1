#include "tests/fix/codec/wire.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "fix/codec/checksum.hpp"
#include "tests/places.hpp"

namespace penstock::fix::test {

std::string soh(std::string_view text) {
    std::string bytes(text);
    std::replace(bytes.begin(), bytes.end(), '|', '\x01');
    return bytes;
}

std::string readable(std::string_view bytes) {
    std::string text(bytes);
    std::replace(text.begin(), text.end(), '\x01', '|');
    return text;
}

std::string message(Version version, std::string_view fields) {
    std::string body = soh(fields);
    if (!body.empty() && body.back() != '\x01') body += '\x01';
    return resealed("8=" + std::string(begin_string(version)) + soh("|9=0|") + body + soh("10=000|"));
}

std::string message(Version version, std::string_view msg_type, std::string_view body) {
    return message(version, "35=" + std::string(msg_type) +
                                "|34=7|49=CLIENT|52=20260102-03:04:05.678|56=PENSTOCK|" + std::string(body));
}

std::string resealed(std::string_view message) {
    const std::size_t length =
        message.find(
            "\x01"
            "9=") +
        1;
    const std::size_t body = message.find('\x01', length) + 1;
    const std::size_t end =
        message.rfind(
            "\x01"
            "10=") +
        1;
    std::string made(message.substr(0, length));
    made += "9=" + std::to_string(end - body) + "\x01";
    made += message.substr(body, end - body);
    char check_sum[16];
    std::snprintf(check_sum, sizeof check_sum, "10=%03u\x01", byte_sum(made));
    return made + check_sum;
}

std::vector<std::string> split(std::string_view message) {
    std::vector<std::string> fields;
    while (!message.empty()) {
        const std::size_t end = message.find('\x01');
        fields.emplace_back(message.substr(0, end));
        message.remove_prefix(end == std::string_view::npos ? message.size() : end + 1);
    }
    return fields;
}

std::string join(const std::vector<std::string>& fields) {
    std::string made;
    for (const std::string& field : fields) made += field + "\x01";
    return made;
}

MessageIndex parsed(const std::string& message) {
    MessageIndex index;
    EXPECT_TRUE(index.parse(message)) << readable(message);
    return index;
}

namespace {

const oracle::Validator& one_of(Version version, const oracle::Validator& fix42,
                                const oracle::Validator& fix44, const oracle::Validator& fix50sp2) {
    switch (version) {
        case Version::Fix42: return fix42;
        case Version::Fix44: return fix44;
        case Version::Fix50Sp2: return fix50sp2;
    }
    return fix44;
}

}  // namespace

const oracle::Validator& validator(Version version) {
    static const auto xml = [](Dialect dialect) { return std::string(quickfix_xml(dialect)); };
    static const oracle::Validator fix42(xml(Dialect::Fix42), xml(Dialect::Fix42));
    static const oracle::Validator fix44(xml(Dialect::Fix44), xml(Dialect::Fix44));
    static const oracle::Validator fix50sp2(xml(Dialect::Fixt11), xml(Dialect::Fix50Sp2));
    return one_of(version, fix42, fix44, fix50sp2);
}

const oracle::Validator& stock_validator(Version version) {
    static const auto xml = [](const char* name) {
        std::ifstream file(std::string(tests::build_dir() + "/fix/codec/generated/stock/") + name);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    static const oracle::Validator fix42(xml("FIX42.xml"), xml("FIX42.xml"));
    static const oracle::Validator fix44(xml("FIX44.xml"), xml("FIX44.xml"));
    static const oracle::Validator fix50sp2(xml("FIXT11.xml"), xml("FIX50SP2.xml"));
    return one_of(version, fix42, fix44, fix50sp2);
}

}  // namespace penstock::fix::test
