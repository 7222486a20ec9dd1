#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fix/codec/message_index.hpp"
#include "fix/codec/message_writer.hpp"
#include "fix/session/sent_messages.hpp"
#include "fix/session/settings.hpp"

namespace penstock::fix {

/// The header of a message of ours on a session.
Header header_of(const SessionSettings& settings, std::uint32_t number, Timestamp time);

/// What one session has sent, and what of it is still to be sent again. A short ResendRequest(2) is
/// QuickFIX's to answer; a long one is taken over and answered in slices, byte for byte as QuickFIX
/// would, so that the other sessions are served in between.
class Resender {
  public:
    /// Numbers looked at in one slice; a request for no more is short.
    static constexpr std::uint32_t kSlice = 256;
    /// Requests that wait for their turn. At the bound the last is widened to hold one more: what is sent
    /// too often is dropped by the peer as a possible duplicate, what is not sent would be missed.
    static constexpr std::size_t kMaxRanges = 8;

    Resender(const SessionSettings& settings, std::unique_ptr<SentMessages> sent)
        : settings_(settings), sent_(std::move(sent)) {}

    SentMessages& sent() { return *sent_; }
    /// The messages begin..end for QuickFIX, which answers itself.
    void fetch(std::uint32_t begin, std::uint32_t end, Timestamp now, std::vector<std::string>& out);

    static bool is_long(std::uint32_t begin, std::uint32_t end) {
        return end >= begin && end - begin >= kSlice;
    }
    /// Takes over a request. One that overlaps what is still to come is joined with it; another one waits.
    void add(std::uint32_t begin, std::uint32_t end);
    bool is_under_way() const { return !ranges_.empty(); }
    void stop();

    /// Is this MsgType(35) sent again, or does a gap fill stand for it?
    using MayResend = std::function<bool(std::string_view msg_type)>;
    using Write = std::function<void(std::string_view message)>;
    /// Writes the next slice. A gap is filled when its end is known, so one that crosses the border of two
    /// slices is one SequenceReset(4).
    void next_slice(Timestamp now, const MayResend& may_resend, const Write& write);

  private:
    struct Range {
        std::uint32_t begin = 0;  // the first number neither sent nor filled
        std::uint32_t end = 0;
    };

    bool write_again(std::uint32_t number, Timestamp now, const MayResend& may_resend, const Write& write);
    void fill_gap(std::uint32_t up_to, Timestamp now, const Write& write);
    void write_message(const Header& header, std::string_view msg_type, std::string_view body,
                       const Write& write);

    const SessionSettings& settings_;
    std::unique_ptr<SentMessages> sent_;
    std::vector<Range> ranges_;  // the first is under way
    std::uint32_t next_ = 0;     // the first number of it that was not looked at; a gap lies before it
    MessageIndex index_;
    std::string message_;
    std::string out_;
};

}  // namespace penstock::fix
