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
        "35=E|66=L|394=1|68=1|73=1|11=A|67=1|55=X|54=1|38=1|40=1",
        "35=E|66=L|394=3|433=2|69=OTO BLOCK|68=2|73=2|11=A|67=1|583=OCO-1|55=X|54=1|38=1|40=2|44=1|11=B|67=2|"
        "583=OCO-1/OTO-FULL-2|55=X|54=2|38=1|40=3|99=1",
        "35=E|66=L|394=3|1385=3|69=ACCEPT=1.5|68=1|73=1|11=A|67=1|55=X|54=1|152=1|40=1",
        "35=K|66=L|60=20260102-03:04:05",
        "35=L|66=L|60=20260102-03:04:05",
        "35=M|66=L",
        "35=N|66=L|429=1|82=1|431=3|83=1|68=1|73=1|11=A|14=0|39=0|151=1|84=0|6=0",
        "35=D|11=C6|18=6 E "
        "S|21=1|38=100|40=4|44=9|54=2|55=XYZ|59=6|60=20260102-03:04:05|99=9.5|110=10|111=5|126="
        "20260103-03:04:05|168=20260102-10:00:00|432=20260103|583=pair",
        "35=D|11=C7|18=a|21=1|40=P|54=2|55=XYZ|60=20260102-03:04:05|152=5000|211=-0.5|836=4|1094=8|1107=100",
        "35=G|11=C8|41=C7|18=q "
        "R|21=1|38=1|40=P|54=2|55=XYZ|60=20260102-03:04:05|1100=4|1101=1|1102=9|1107=6|1109=D"};
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
