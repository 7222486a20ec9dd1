#pragma once

#include <cstdint>
#include <string_view>

namespace penstock::fix {

/// The application versions spoken. Fix50Sp2 travels over the FIXT.1.1 transport.
enum class Version : std::uint8_t { Fix42, Fix44, Fix50Sp2 };

/// One dictionary each. 5.0SP2 sessions use two: Fixt11 for the session, Fix50Sp2 for the application.
enum class Dialect : std::uint8_t { Fix42, Fix44, Fix50Sp2, Fixt11 };

/// BeginString(8): "FIX.4.2", "FIX.4.4", "FIXT.1.1".
constexpr std::string_view begin_string(Version version) {
    switch (version) {
        case Version::Fix42: return "FIX.4.2";
        case Version::Fix44: return "FIX.4.4";
        case Version::Fix50Sp2: return "FIXT.1.1";
    }
    return {};
}

/// The dictionary in QuickFIX's XML format, made from spec/fix at build time.
std::string_view quickfix_xml(Dialect dialect);

}  // namespace penstock::fix
