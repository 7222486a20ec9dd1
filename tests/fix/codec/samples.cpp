#include "tests/fix/codec/samples.hpp"

#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

std::vector<std::string> common(Version version) {
    return {
        new_order_single(version),
        message(version, "F", "11=c2|41=c1|54=2|55=ABC|60=20260102-03:04:05|38=100"),
        message(
            version, "G", "11=c2|21=1|38=250.5|40=2|41=c1|44=0.25|54=1|55=ABC|60=20260102-03:04:05.123456"),
        message(version, "H", "11=c1|54=1|55=ABC"),
        message(version, "9", "11=c2|37=NONE|39=8|41=c1|102=1|434=1|58=unknown order"),
        message(version, "j", "45=12|58=what|372=D|379=c1|380=3"),
        message(version, "V", "262=q1|263=1|264=1|265=0|267=2|269=0|269=1|146=1|55=ABC"),
        message(version, "W", "262=q1|55=ABC|268=2|269=0|270=10.5|271=100|269=1|270=10.6|271=50"),
        message(version, "X", "262=q1|268=1|279=0|269=0|55=ABC|270=10.5|271=100"),
        message(version, "Y", "262=q1|281=0"),
        message(version, "D",
                "11=c3|21=1|18=6 S|110=5|111=10|55=ABC|54=2|60=20260102-03:04:05|38=50|40=4|44=9|99=9.5|59=6|"
                "126=20260103-03:04:05|168=20260102-10:00:00|583=pair"),
        message(
            version, "D",
            "11=c4|21=1|55=ABC|54=2|60=20260102-03:04:05|152=5000|40=2|44=9|1100=4|1101=1|1102=9.5|1107=2|"
            "1109=D|1138=10|1085=5|1086=15"),
        message(version, "G",
                "11=c5|21=1|18=R|41=c4|55=ABC|54=2|60=20260102-03:04:05|38=50|40=P|44=9|211=-0.5|836=2|432="
                "20260105"),
        message(version, "E",
                "66=l1|394=3|433=1|69=OCO "
                "BLOCK|68=2|73=2|11=a|67=1|21=1|55=ABC|54=2|38=10|40=2|44=11|11=b|67=2|21=1|"
                "18=6|55=ABC|54=2|60=20260102-03:04:05|38=10|40=3|99=9|59=1"),
        message(version, "K", "66=l1|60=20260102-03:04:05"),
        message(version, "L", "66=l1|60=20260102-03:04:05"),
        message(version, "M", "66=l1"),
        message(version, "N",
                "66=l1|429=1|82=1|431=3|83=1|444=text|60=20260102-03:04:05|68=2|73=2|11=a|14=5|39=1|151=5|84="
                "0|6=11|"
                "11=b|14=0|39=8|151=0|84=10|6=0|103=0|58=no"),
    };
}

std::vector<std::string> later(Version version) {
    return {
        message(version, "AF", "584=s1|585=7"),
        message(version, "AN",
                "1=ACC|60=20260102-03:04:05|453=1|448=ACC|447=D|452=24|581=1|710=p1|715=20260102|724=0"),
        message(version, "AO", "1=ACC|453=1|448=ACC|447=D|452=24|581=1|710=p1|721=r1|727=1|728=0|729=0"),
        message(version, "AP",
                "1=ACC|55=ABC|453=1|448=ACC|447=D|452=24|581=1|702=2|703=TQ|704=100|705=40.5|703=SOD|704=7|"
                "710=p1|715=20260102|721=r2|727=1|728=0|730=10|731=2|734=10"),
        message(version, "q", "11=m1|530=7|60=20260102-03:04:05"),
        message(version, "8", "6=0|14=0|17=1|37=1|39=0|54=1|55=ABC|150=0|151=100|11=c1|38=100|40=2|44=10"),
        message(version, "8", "6=10|14=40|17=2|31=10|32=40|37=1|39=1|54=1|55=ABC|150=F|151=60|11=c1"),
        message(version, "D",
                "11=c1|453=2|448=TRADER|447=D|452=12|448=DESK|447=D|452=13|802=1|523=X|803=4|1=A|21=1|55=ABC|"
                "54=1|60=20260102-03:04:05|38=5|40=1|18=6 G|847=1001|957=1|958=speed|959=1|960=3"),
    };
}

}  // namespace

std::string new_order_single(Version version) {
    return message(version, "D",
                   "11=ORDER-0001|1=DESK7|21=1|100=XNAS|55=ABC|54=1|60=20260102-03:04:05.678|38=1500|40=2|"
                   "44=101.25|59=0|15=USD|58=text");
}

std::vector<std::string> valid_messages(Version version) {
    std::vector<std::string> all = common(version);
    if (version == Version::Fix42) {
        all.push_back(message(
            version, "8", "6=0|14=0|17=1|20=0|37=1|39=0|54=1|55=ABC|150=0|151=100|11=c1|38=100|40=2|44=10"));
        all.push_back(message(
            version, "8", "6=10|14=40|17=2|20=0|31=10|32=40|37=1|39=1|54=1|55=ABC|150=1|151=60|11=c1"));
        return all;
    }
    for (std::string& each : later(version)) all.push_back(std::move(each));
    const std::string id = version == Version::Fix50Sp2 ? "1369=9|" : "";
    all.push_back(message(version, "r", id + "11=m1|37=9|530=7|531=7|533=3|60=20260102-03:04:05"));
    return all;
}

}  // namespace penstock::fix::test
