#include "persistence/journal/verdict.hpp"

namespace penstock::persistence {

std::string_view verdict_on(const std::optional<JournalError>& error) {
    if (!error) return "sound";
    if (error->fault == Fault::Corrupt) return "damaged";
    return error->fault == Fault::Incompatible ? "incompatible" : "unreadable";
}

std::string_view heading_of(const JournalError& error) {
    if (error.fault == Fault::Corrupt) return "DAMAGED";
    return error.fault == Fault::Incompatible ? "INCOMPATIBLE" : "UNREADABLE";
}

}  // namespace penstock::persistence
