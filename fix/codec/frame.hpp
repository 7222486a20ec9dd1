#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock::fix {

/// What the front of a receive buffer holds.
struct FrameScan {
    enum class Kind : std::uint8_t {
        NeedMore,  // drop `skip` bytes, keep the rest, read more
        Frame,     // drop `skip` bytes; the next `size` bytes are one message
        Discard,   // the length field is no number: drop `skip` bytes and scan again
        TooLarge,  // the peer announced or sent more than allowed: hang up
    };
    Kind kind = Kind::NeedMore;
    std::size_t skip = 0;
    std::size_t size = 0;

    friend bool operator==(const FrameScan&, const FrameScan&) = default;
};

/// Cuts a byte stream into messages exactly as QuickFIX 1.15.1's parser does, recovery from a broken
/// BodyLength(9) included, so that the fast lane and QuickFIX agree on where a message ends. Says
/// nothing about the message being valid: a wrong CheckSum(10) is still a frame. `max_bytes` bounds
/// one message and with it the receive buffer.
FrameScan scan_frame(std::string_view bytes, std::size_t max_bytes);

}  // namespace penstock::fix
