#include "tests/fuzz/fix_text.hpp"

#include <algorithm>

#include "fix/codec/checksum.hpp"

namespace penstock::fuzz {
namespace {

constexpr char kSoh = '\x01';

}  // namespace

std::string message(const Header& header, std::string_view body) {
    std::string text(body);
    text.insert(std::min(text.find('|'), text.size()),
                "|49=TW|56=ISLD|34=" + std::to_string(header.msg_seq_num) + "|52=" + header.sending_time);
    std::replace(text.begin(), text.end(), '|', kSoh);
    if (text.back() != kSoh) text += kSoh;
    std::string whole = "8=" + std::string(fix::begin_string(header.version)) + kSoh;
    whole += "9=" + std::to_string(text.size()) + kSoh + text;
    std::string sum = std::to_string(fix::byte_sum(whole));
    sum.insert(0, 3 - sum.size(), '0');
    return whole + "10=" + sum + kSoh;
}

const std::vector<std::string>& bodies() {
    static const std::vector<std::string> kBodies{
        "35=D|1=ACC|11=C1|21=1|38=100|40=2|44=10.25|54=1|55=XYZ|59=0|60=20260102-03:04:05",
        "35=D|1=ACC|11=C2|21=1|38=1|40=1|54=2|55=XYZ|100=XV44|97=Y|60=20260102-03:04:05",
        "35=D|43=Y|122=20260102-03:04:05|11=C2|21=1|38=1|40=1|54=2|55=XYZ|60=20260102-03:04:05",
        "35=F|11=C3|41=C1|38=100|54=1|55=XYZ|60=20260102-03:04:05",
        "35=G|11=C4|41=C1|21=1|38=200|40=2|44=10.5|54=1|55=XYZ|60=20260102-03:04:05",
        "35=H|11=C1|54=1|55=XYZ|790=Q1",
        "35=AF|584=M1|585=7",
        "35=q|11=C5|530=7|60=20260102-03:04:05",
        "35=8|37=V1|11=P1|17=E1|150=0|39=0|54=1|55=XYZ|38=100|151=100|14=0|6=0",
        "35=8|37=V1|11=P1|17=E2|20=0|150=F|39=1|54=1|55=XYZ|38=9|32=1|31=1.25|151=8|14=1|6=1.25",
        "35=9|37=V1|11=P1|41=P1|39=0|434=1|102=0|58=too late",
        "35=3|45=2|371=55|372=D|373=5|58=no",
        "35=j|45=2|372=D|379=C1|380=3|58=no",
        "35=W|55=XYZ|268=2|269=0|270=10.2|271=5|269=1|270=10.3|271=5",
        "35=D|11=C1|453=2|448=P|447=D|452=1|448=Q|447=D|452=3|38=1|40=1|54=1|55=X|60=20260102-03:04:05",
        "35=A|98=0|108=30|141=Y|1137=9",
        "35=A|98=0|108=30|553=me|554=secret|95=3|96=abc",
        "35=0",
        "35=1|112=T",
        "35=2|7=1|16=0",
        "35=4|123=Y|36=9",
        "35=4|36=9",
        "35=5|58=bye",
        "35=E|66=L|394=1|68=1|73=1|11=A|67=1|55=X|54=1|38=1|40=1"};
    return kBodies;
}

std::string stream_of(std::string_view fuzzed,
                      const std::function<std::string(const std::string&)>& complete) {
    std::string stream;
    while (!fuzzed.empty()) {
        const std::size_t end = std::min(fuzzed.find(kBetween), fuzzed.size());
        const std::string part(fuzzed.substr(0, end));
        stream += part.starts_with("35=") ? complete(part) : part;
        fuzzed.remove_prefix(std::min(end + 1, fuzzed.size()));
    }
    return stream;
}

}  // namespace penstock::fuzz
