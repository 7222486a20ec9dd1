// Any bytes from a peer that has logged on: the session survives, and both of its lanes answer alike.
#include <ctime>
#include <map>
#include <memory>

#include "tests/fix/session/our_acceptor.hpp"
#include "tests/fix/session/script.hpp"
#include "tests/fuzz/fix_text.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace penstock;
using fix::test::OurAcceptor;

constexpr fix::Version kVersions[] = {fix::Version::Fix42, fix::Version::Fix44, fix::Version::Fix50Sp2};

struct Answer {
    std::vector<std::string> messages;
    std::string delivered;
};

std::string now_text() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y%m%d-%H:%M:%S", &parts);
    return text;
}

/// Acceptors are kept, because each reads a dictionary; a Logon that resets makes them forget the last peer.
OurAcceptor& acceptor_of(fix::Version version, OurAcceptor::Lanes lanes) {
    static std::map<std::pair<fix::Version, OurAcceptor::Lanes>, std::unique_ptr<OurAcceptor>> acceptors;
    auto& acceptor = acceptors[{version, lanes}];
    if (!acceptor) acceptor = std::make_unique<OurAcceptor>(version, lanes);
    return *acceptor;
}

Answer answer_of(fix::Version version, OurAcceptor::Lanes lanes, const std::string& bytes) {
    OurAcceptor& acceptor = acceptor_of(version, lanes);
    acceptor.delivered.clear();
    acceptor.connect();
    const std::string appl = version == fix::Version::Fix50Sp2 ? "|1137=9" : "";
    std::string text =
        acceptor.exchange(fuzz::message({version, 1, now_text()}, "35=A|98=0|108=30|141=Y" + appl));
    fuzz::require(acceptor.is_connected(), "a peer that logs on properly is let in");
    text += acceptor.exchange(bytes);
    return {fix::test::comparable(text), acceptor.delivered};
}

}  // namespace

std::vector<std::string> penstock::fuzz::seeds() {
    std::vector<std::string> seeds;
    for (char version = 0; version < 3; ++version)
        for (const std::string& body : bodies())
            seeds.push_back(version + body + kBetween + bodies().front());
    return seeds;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const fix::Version version = kVersions[data[0] % 3];
    int number = 1;
    const std::string stream =
        fuzz::stream_of({reinterpret_cast<const char*>(data) + 1, size - 1}, [&](const std::string& body) {
            return fuzz::message({version, ++number, now_text()}, body);
        });
    const Answer both = answer_of(version, OurAcceptor::Lanes::Both, stream);
    const Answer slow = answer_of(version, OurAcceptor::Lanes::SlowOnly, stream);
    fuzz::require(both.delivered == slow.delivered, "both lanes deliver the same messages");
    fuzz::require(both.messages == slow.messages, "both lanes answer alike");
    return 0;
}
