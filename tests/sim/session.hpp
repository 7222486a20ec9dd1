#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "fix/codec/message_index.hpp"
#include "fix/session/resender.hpp"
#include "oms/domain/ids.hpp"

namespace penstock::sim {

/// One end of a FIX session, as small as the rules allow: numbers, logon, resend requests, gap fills. Both
/// ends of every session of a world are of this class; the product's own codec, frame scanner and Resender
/// do the work. Heartbeats are left out: a cut connection is told to both ends, at different times.
class Session {
  public:
    Session(const fix::SessionSettings& settings, std::unique_ptr<fix::SentMessages> sent);
    virtual ~Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // The network's side.
    void opened();
    void closed();
    void on_bytes(std::string_view bytes);

    // The owner's side.
    /// Numbers, keeps and, when logged on, writes a message. Returns the number.
    std::uint32_t send(std::string_view msg_type, std::string_view body, Seq record = {});
    /// Sends an old message once more, without having been asked.
    void repeat(std::uint32_t number);

    bool is_logged_on() const { return is_logged_on_; }
    /// Which connection this is, counted from one.
    std::uint32_t connection() const { return connection_; }
    std::uint32_t next_in() const { return next_in_; }
    std::uint32_t next_out() const { return next_out_; }
    void set_numbers(std::uint32_t next_in, std::uint32_t next_out);
    const fix::SessionSettings& settings() const { return settings_; }
    fix::SentMessages& sent() { return resender_.sent(); }

  protected:
    virtual Timestamp time() = 0;
    /// `record`: nothing of it may leave before; none for the newest there is.
    virtual void write(std::string_view message, Seq record) = 0;
    virtual void deliver(const fix::MessageIndex& message, std::uint32_t number) = 0;
    virtual void state_changed(bool is_up) = 0;
    /// Numbers moved without a message of the application.
    virtual Seq numbers_moved() { return {}; }
    virtual bool may_resend(std::string_view msg_type) = 0;

  private:
    void on_frame(std::string_view frame);
    void on_logon(std::uint32_t number);
    void answer_resend_request();
    void ask_for_gap();
    void send_session_message(std::string_view msg_type, std::string_view body);
    void write_numbered(std::string_view msg_type, std::string_view body, std::uint32_t number, Seq record);

    fix::SessionSettings settings_;
    fix::Resender resender_;
    std::uint32_t next_in_ = 1;
    std::uint32_t next_out_ = 1;
    std::uint32_t gap_asked_at_ = 0;
    std::uint32_t connection_ = 0;
    bool is_logged_on_ = false;
    std::string received_;
    fix::MessageIndex index_;
    std::string out_;
};

}  // namespace penstock::sim
