#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/codec/version.hpp"

namespace penstock::fuzz {

struct Header {
    fix::Version version = fix::Version::Fix44;
    int msg_seq_num = 2;
    std::string sending_time = "20260102-03:04:05.678";
};
/// A whole message of "35=D|11=A|...", from TW to ISLD: header, BodyLength and CheckSum are right, whatever
/// the rest is.
std::string message(const Header& header, std::string_view body);

/// Bodies of every kind of message that clients and venues send.
const std::vector<std::string>& bodies();

/// Stands between the messages of an input.
inline constexpr char kBetween = '\xFE';
/// The bytes a peer sends: parts that begin with "35=" are completed, because a checksum is hard to guess;
/// others are sent as they are.
std::string stream_of(std::string_view fuzzed,
                      const std::function<std::string(const std::string&)>& complete);

}  // namespace penstock::fuzz
