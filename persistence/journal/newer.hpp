#pragma once

#include <cstdint>
#include <string>

namespace penstock::persistence {

// What is said of bytes that verify and are not of a version this program reads: always with
// Fault::Incompatible, never as damage. Every later format keeps magic, checksum and version of HEAD and of
// a segment's header where they are, so that this can be said.

/// A file of another format; for its name and ": ".
std::string of_other_format(std::uint32_t version);
/// A record of a later version of the payload.
std::string of_newer_payload(std::uint64_t seq, std::uint16_t version);
/// A record of a version that is read here, with content nobody here knows: such as a kind of input that was
/// added since.
std::string of_unknown_content(std::uint64_t seq);

}  // namespace penstock::persistence
