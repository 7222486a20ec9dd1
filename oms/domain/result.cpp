#include "oms/domain/result.hpp"

namespace penstock {

std::string_view to_text(Fault fault) {
    switch (fault) {
        case Fault::None: return "none";
        case Fault::Malformed: return "malformed";
        case Fault::Overflow: return "overflow";
        case Fault::PrecisionLoss: return "precision loss";
        case Fault::IllegalTransition: return "illegal transition";
        case Fault::NotFound: return "not found";
        case Fault::Busy: return "busy";
        case Fault::IoError: return "input/output error";
        case Fault::Corrupt: return "corrupt";
        case Fault::Incompatible: return "incompatible version";
        case Fault::Closed: return "closed";
    }
    return "unknown";
}

}  // namespace penstock
