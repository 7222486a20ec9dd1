// One of the files of the QuickFIX island: C++14, third-party exceptions stop here.
#include <quickfix/Application.h>
#include <quickfix/DataDictionary.h>
#include <quickfix/DataDictionaryProvider.h>
#include <quickfix/Responder.h>
#include <quickfix/Session.h>

#include <sstream>
#include <stdexcept>

#include "fix/session/quickfix_log.hpp"
#include "fix/session/quickfix_store.hpp"
#include "fix/session/rule_engine.hpp"

namespace penstock {
namespace fix {
namespace {

/// A possible duplicate of unknown age. QuickFIX 1.15.1 rejects it only when its number was seen before. Two
/// exceptions in one: fromApp may throw no RequiredTagMissing, and from a FieldNotFound alone would come a
/// BusinessMessageReject(j).
struct NoOrigSendingTime : FIX::RequiredTagMissing, FIX::FieldNotFound {
    NoOrigSendingTime() : FIX::RequiredTagMissing(FIX::FIELD::OrigSendingTime) {}
};

/// Turns QuickFIX's callbacks into questions to our host.
class HostApplication : public FIX::Application {
  public:
    HostApplication(RuleHost& host, const RuleSettings& settings) : host_(host), settings_(settings) {}

    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override { host_.logged_on(); }
    void onLogout(const FIX::SessionID&) override { host_.logged_out(); }

    void toAdmin(FIX::Message& message, const FIX::SessionID&) override {
        if (settings_.username.empty() || message.getHeader().getField(FIX::FIELD::MsgType) != "A") return;
        message.setField(FIX::FIELD::Username, settings_.username);
        message.setField(FIX::FIELD::Password, settings_.password);
    }
    void toApp(FIX::Message& message, const FIX::SessionID&) throw(FIX::DoNotSend) override {
        const FIX::Header& header = message.getHeader();
        if (!header.isSetField(FIX::FIELD::PossDupFlag)) return;
        if (!host_.may_resend(header.getField(FIX::FIELD::MsgType))) throw FIX::DoNotSend();
    }
    void fromAdmin(const FIX::Message& message, const FIX::SessionID&) throw(
        FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::RejectLogon) override {
        const std::string& type = message.getHeader().getField(FIX::FIELD::MsgType);
        if (type == "3") host_.session_reject(message.toString());
        if (type != "A") return;
        std::string why;
        if (!host_.admit(why)) throw FIX::RejectLogon(why);
    }
    void fromApp(const FIX::Message& message,
                 const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                              FIX::IncorrectTagValue, FIX::UnsupportedMessageType) override {
        const FIX::Header& header = message.getHeader();
        const bool is_repeated =
            header.isSetField(FIX::FIELD::PossDupFlag) && header.getField(FIX::FIELD::PossDupFlag) == "Y";
        // What a venue reports has happened, and counts whatever else it says.
        if (is_repeated && !settings_.is_initiator && !header.isSetField(FIX::FIELD::OrigSendingTime))
            throw NoOrigSendingTime();
        const std::string number = header.getField(FIX::FIELD::MsgSeqNum);
        // Validation may be told to let through what our codec cannot read; nobody acts on it, and the peer
        // is told so.
        if (!host_.application_message(message.toString(), static_cast<std::uint32_t>(std::stoul(number))))
            throw FIX::UnsupportedMessageType();
    }

  private:
    RuleHost& host_;
    const RuleSettings& settings_;
};

class HostResponder : public FIX::Responder {
  public:
    explicit HostResponder(RuleHost& host) : host_(host) {}
    bool send(const std::string& message) override {
        host_.write_message(message);
        return true;
    }
    void disconnect() override { host_.hang_up(); }

  private:
    RuleHost& host_;
};

ptr::shared_ptr<FIX::DataDictionary> dictionary(const std::string& xml, const RuleSettings& settings) {
    std::istringstream stream(xml);
    ptr::shared_ptr<FIX::DataDictionary> made(new FIX::DataDictionary(stream));
    made->checkFieldsOutOfOrder(settings.validate_fields_out_of_order);
    made->checkFieldsHaveValues(settings.validate_fields_have_values);
    made->checkUserDefinedFields(settings.validate_user_defined_fields);
    return made;
}

using DictionaryPtr = ptr::shared_ptr<FIX::DataDictionary>;

FIX::DataDictionaryProvider provide(const RuleSettings& settings, const DictionaryPtr& session,
                                    const DictionaryPtr& application) {
    FIX::DataDictionaryProvider provider;
    const FIX::BeginString begin(settings.begin_string);
    provider.addTransportDataDictionary(begin, session);
    if (settings.application_dictionary_xml.empty())
        provider.addApplicationDataDictionary(FIX::Message::toApplVerID(begin), application);
    else
        provider.addApplicationDataDictionary(FIX::ApplVerID(settings.default_appl_ver_id), application);
    return provider;
}

/// Open at every hour of every day: our own schedule decides when a session may be logged on. The
/// store answers "created just now", so QuickFIX never resets by the clock.
FIX::TimeRange always() { return FIX::TimeRange(FIX::UtcTimeOnly(0, 0, 0), FIX::UtcTimeOnly(0, 0, 0)); }

class QuickFixRules : public RuleEngine {
  public:
    QuickFixRules(RuleHost& host, const RuleSettings& settings)
        : settings_(settings),
          host_(host),
          application_(host, settings_),
          responder_(host),
          stores_(host),
          logs_(host),
          session_dictionary_(dictionary(settings_.session_dictionary_xml, settings_)),
          application_dictionary_(settings_.application_dictionary_xml.empty()
                                      ? session_dictionary_
                                      : dictionary(settings_.application_dictionary_xml, settings_)),
          session_(application_, stores_,
                   FIX::SessionID(settings_.begin_string, settings_.sender_comp_id, settings_.target_comp_id,
                                  settings_.qualifier),
                   provide(settings_, session_dictionary_, application_dictionary_), always(),
                   settings_.is_initiator ? settings_.heartbeat_s : 0, &logs_) {
        stores_.set_state(&state());
        session_.setLogonTimeout(settings_.logon_timeout_s);
        session_.setLogoutTimeout(settings_.logout_timeout_s);
        session_.setResetOnLogon(settings_.reset_on_logon);
        session_.setResetOnLogout(settings_.reset_on_logout);
        session_.setResetOnDisconnect(settings_.reset_on_disconnect);
        session_.setCheckCompId(settings_.check_comp_id);
        session_.setCheckLatency(settings_.check_latency);
        session_.setMaxLatency(settings_.max_latency_s);
        session_.setTimestampPrecision(settings_.timestamp_precision);
        session_.setSendRedundantResendRequests(settings_.send_redundant_resend_requests);
        session_.setValidateLengthAndChecksum(settings_.validate_length_and_checksum);
        if (!settings_.default_appl_ver_id.empty())
            session_.setSenderDefaultApplVerID(settings_.default_appl_ver_id);
    }

    void connected() override {
        stores_.set_now();
        guarded([&] { session_.setResponder(&responder_); });
    }
    void disconnected() override {
        guarded([&] { session_.disconnect(); });
    }
    void receive(const std::string& message) override {
        guarded([&] {
            try {
                const FIX::SessionState::ResendRange asked = state().resendRange();
                session_.next(message, stores_.set_now());
                // A Reject(3) ahead of its turn fills no gap, though QuickFIX 1.15.1 takes it for its end.
                if (asked.first > 0 && !state().resendRequested() && session_.isLoggedOn() &&
                    host_.took_no_number())
                    state().resendRange(asked.first, asked.second);
            } catch (const FIX::InvalidMessage& error) {
                // Garbled: ignored, and its number is not used. Before a logon it is nobody's session.
                host_.log(std::string("Garbled message ignored: ") + error.what(), false, false);
                if (!session_.isLoggedOn()) host_.hang_up();
            }
        });
    }
    void tick() override {
        guarded([&] { session_.next(stores_.set_now()); });
    }
    void ask_again() override { state().resendRange(0, 0); }
    void forget_waiting() override { state().clearQueue(); }
    void send(const std::string& msg_type, const std::string& body) override {
        guarded([&] {
            // Read with the dictionary, which knows where repeating groups begin and end; the session
            // fills in length, header and checksum.
            FIX::Message message(
                "8=" + settings_.begin_string +
                    "\x01"
                    "9=0\x01"
                    "35=" +
                    msg_type + "\x01" + body + "10=000\x01",
                *session_dictionary_, *application_dictionary_, false);
            session_.send(message);
        });
    }
    void enable() override {
        guarded([&] { session_.logon(); });
    }
    void disable(const std::string& reason) override {
        guarded([&] { session_.logout(reason); });
    }
    void reset() override {
        guarded([&] { session_.reset(); });
    }

    bool is_logged_on() const override { return session().isLoggedOn(); }
    bool is_enabled() const override { return session().isEnabled(); }
    bool sent_logout() const override { return session().sentLogout(); }

  private:
    // QuickFIX's observers are not const, though they change nothing.
    FIX::Session& session() const { return const_cast<FIX::Session&>(session_); }

    // The log that a session gives out is its state.
    FIX::SessionState& state() { return *static_cast<FIX::SessionState*>(session_.getLog()); }

    /// Nothing third-party leaves this file: what is thrown becomes a line in the log.
    template <class Action>
    void guarded(Action&& action) {
        try {
            action();
        } catch (const std::exception& error) {
            host_.log(std::string("QuickFIX: ") + error.what(), false, false);
        }
    }

    const RuleSettings settings_;
    RuleHost& host_;
    HostApplication application_;
    HostResponder responder_;
    QuickFixStores stores_;
    QuickFixLogs logs_;
    DictionaryPtr session_dictionary_;
    DictionaryPtr application_dictionary_;
    FIX::Session session_;
};

}  // namespace

std::unique_ptr<RuleEngine> RuleEngine::make(RuleHost& host, const RuleSettings& settings) {
    try {
        return std::unique_ptr<RuleEngine>(new QuickFixRules(host, settings));
    } catch (const FIX::Exception& error) {
        throw std::runtime_error(error.what());
    }
}

bool read_first_message(const std::string& message, FirstMessage& out) {
    try {
        FIX::Message header;
        if (!header.setStringHeader(message)) return false;
        out.begin_string = header.getHeader().getField(FIX::FIELD::BeginString);
        out.sender_comp_id = header.getHeader().getField(FIX::FIELD::SenderCompID);
        out.target_comp_id = header.getHeader().getField(FIX::FIELD::TargetCompID);
        out.is_logon = header.getHeader().getField(FIX::FIELD::MsgType) == "A";
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace fix
}  // namespace penstock
