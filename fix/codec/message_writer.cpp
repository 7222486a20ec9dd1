#include "fix/codec/message_writer.hpp"

#include <array>
#include <cstring>

#include "fix/codec/body_writer.hpp"
#include "fix/codec/checksum.hpp"
#include "fix/codec/tags.hpp"

namespace penstock::fix {
namespace {

constexpr std::uint32_t kBeginString = 8;
constexpr std::uint32_t kBodyLength = 9;
constexpr std::uint32_t kMsgType = 35;
constexpr std::size_t kMaxStart = 64;    // BeginString(8) and BodyLength(9)
constexpr std::size_t kMaxHeader = 512;  // the rest of the header
constexpr std::size_t kCheckSumSize = 7;

void write_header(const Header& header, std::string_view msg_type, BodyWriter& out) {
    out.text(kMsgType, msg_type);
    out.number(tag::kMsgSeqNum, header.msg_seq_num);
    if (header.poss_dup) out.character(tag::kPossDupFlag, 'Y');
    out.text(tag::kSenderCompId, header.sender_comp_id);
    out.timestamp(tag::kSendingTime, header.sending_time, header.timestamp_precision);
    out.text(tag::kTargetCompId, header.target_comp_id);
    if (header.orig_sending_time)
        out.timestamp(tag::kOrigSendingTime, *header.orig_sending_time, header.timestamp_precision);
}

char* append(char* out, std::string_view bytes) {
    if (!bytes.empty()) std::memcpy(out, bytes.data(), bytes.size());
    return out + bytes.size();
}

}  // namespace

std::size_t write_message(const Header& header, std::string_view msg_type, std::string_view body, char* out,
                          std::size_t capacity) {
    // BodyLength stands before what it counts, so the header is written aside first.
    std::array<char, kMaxHeader> header_bytes;
    BodyWriter rest(header_bytes.data(), header_bytes.size());
    write_header(header, msg_type, rest);
    std::array<char, kMaxStart> start_bytes;
    BodyWriter start(start_bytes.data(), start_bytes.size());
    start.text(kBeginString, begin_string(header.version));
    start.number(kBodyLength, rest.view().size() + body.size());

    const std::size_t summed = start.view().size() + rest.view().size() + body.size();
    if (rest.overflowed() || start.overflowed() || summed + kCheckSumSize > capacity) return 0;
    char* const end = append(append(append(out, start.view()), rest.view()), body);
    const unsigned sum = byte_sum({out, summed});
    const char check_sum[kCheckSumSize] = {
        '1',
        '0',
        '=',
        static_cast<char>('0' + sum / 100),
        static_cast<char>('0' + sum / 10 % 10),
        static_cast<char>('0' + sum % 10),
        kSoh};
    std::memcpy(end, check_sum, kCheckSumSize);
    return summed + kCheckSumSize;
}

}  // namespace penstock::fix
