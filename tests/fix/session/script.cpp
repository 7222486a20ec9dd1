#include "tests/fix/session/script.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <stdexcept>

#include "fix/codec/body_writer.hpp"

namespace penstock::fix::test {
namespace {

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> fields;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(kSoh, at), text.size());
        fields.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return fields;
}

std::string tag_of(const std::string& field) { return field.substr(0, field.find('=')); }

std::string utc_now(int seconds_from_now) {
    const auto since =
        std::chrono::system_clock::now().time_since_epoch() + std::chrono::seconds(seconds_from_now);
    char text[64];
    BodyWriter writer(text, sizeof text);
    writer.timestamp(52, {std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()}, 3);
    const std::string field(writer.view());
    return field.substr(3, field.size() - 4);
}

/// "52=now-200": seconds from now, wherever a script needs a time.
std::string with_times(std::string field) {
    const std::size_t at = field.find("=now");
    if (at == std::string::npos) return field;
    const std::string offset = field.substr(at + 4);
    return field.substr(0, at + 1) + utc_now(offset.empty() ? 0 : std::stoi(offset));
}

std::string checksum(const std::string& bytes) {
    unsigned sum = 0;
    for (const char c : bytes) sum += static_cast<unsigned char>(c);
    std::string text = std::to_string(sum % 256);
    return std::string(3 - text.size(), '0') + text;
}

struct Parts {
    std::string length;
    std::string sum;
    std::string begin;
    std::vector<std::string> fields;
};

Parts parts_of(const std::string& text, const std::string& begin_string) {
    Parts parts;
    parts.begin = begin_string;
    for (const std::string& field : split(text)) {
        const std::string value = field.substr(field.find('=') + 1);
        if (tag_of(field) == "8")
            parts.begin = value;
        else if (tag_of(field) == "9")
            parts.length = value;
        else if (tag_of(field) == "10")
            parts.sum = value;
        else
            parts.fields.push_back(with_times(field));
    }
    return parts;
}

}  // namespace

std::vector<ScriptLine> read_script(const std::string& file, const std::string& version_tag) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error("cannot read " + file);
    std::vector<ScriptLine> lines;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.starts_with("[")) {
            const std::string only = line.substr(1, line.find(']') - 1);
            if (only.find(version_tag) == std::string::npos) continue;
            line = line.substr(line.find(']') + 2);
        }
        if (line.empty() || line.front() == '#') continue;
        const std::string text = soh(line.substr(std::min(line.size(), line.find(' ') + 1)));
        using Kind = ScriptLine::Kind;
        if (line.starts_with(">> "))
            lines.push_back({Kind::SendRaw, text, number});
        else if (line.starts_with("> "))
            lines.push_back({Kind::Send, text, number});
        else if (line.starts_with("< "))
            lines.push_back({Kind::Expect, text, number});
        else if (line == "disconnect")
            lines.push_back({Kind::Disconnect, "", number});
        else if (line == "connect")
            lines.push_back({Kind::Connect, "", number});
        else
            throw std::runtime_error(file + ":" + std::to_string(number) + ": not a script line: " + line);
    }
    return lines;
}

std::string complete(const std::string& text, const std::string& begin_string) {
    Parts parts = parts_of(text, begin_string);
    std::vector<std::string>& fields = parts.fields;
    const auto add = [&](const std::string& tag, const std::string& value) {
        const bool given = std::any_of(
            fields.begin(), fields.end(), [&](const std::string& field) { return tag_of(field) == tag; });
        if (given) return;
        // After MsgType and MsgSeqNum, where a standard header has them.
        fields.insert(fields.begin() + std::min<std::ptrdiff_t>(2, std::ssize(fields)), tag + "=" + value);
    };
    add("56", "ISLD");
    add("52", utc_now(0));
    add("49", "TW");
    std::string body;
    for (const std::string& field : fields)
        if (field.back() != '!') body += field + kSoh;  // "49=!" leaves a field out
    std::string length = std::to_string(body.size());
    if (parts.length.starts_with("+"))
        length = std::to_string(body.size() + std::stoul(parts.length.substr(1)));
    else if (!parts.length.empty())
        length = parts.length;
    const std::string message = "8=" + parts.begin + kSoh + "9=" + length + kSoh + body;
    const std::string sum = parts.sum == "bad" ? "000" : parts.sum.empty() ? checksum(message) : parts.sum;
    return message + "10=" + (parts.sum == "bad" && checksum(message) == "000" ? "001" : sum) + kSoh;
}

std::string soh(std::string text) {
    std::replace(text.begin(), text.end(), '|', kSoh);
    return text;
}

std::string bytes(const std::string& text) { return complete(soh(text), "FIX.4.4"); }

std::vector<std::string> comparable(const std::string& bytes) {
    std::vector<std::string> messages;
    std::string message;
    for (const std::string& field : split(bytes)) {
        const std::string tag = tag_of(field);
        const bool varies = tag == "52" || tag == "122" || tag == "10" || tag == "9";
        message += varies ? tag + "=~" : field;
        message += kSoh;
        if (tag != "10") continue;
        messages.push_back(message);
        message.clear();
    }
    if (!message.empty()) messages.push_back(message);
    return messages;
}

bool contains_in_order(const std::string& message, const std::string& expected) {
    const std::vector<std::string> have = split(message);
    auto at = have.begin();
    for (const std::string& field : split(expected)) {
        at = std::find(at, have.end(), field);
        if (at == have.end()) return false;
        ++at;
    }
    return true;
}

std::string readable(std::string bytes) {
    std::replace(bytes.begin(), bytes.end(), kSoh, '|');
    return bytes;
}

}  // namespace penstock::fix::test
