#include "tests/fix/session/stock_oracle.hpp"

#include <quickfix/Application.h>
#include <quickfix/DataDictionaryProvider.h>
#include <quickfix/MessageStore.h>
#include <quickfix/Parser.h>
#include <quickfix/Responder.h>
#include <quickfix/Session.h>

#include <sstream>

namespace penstock {
namespace fix {
namespace test {
namespace {

class Silent : public FIX::Application {
    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override {}
    void onLogout(const FIX::SessionID&) override {}
    void toAdmin(FIX::Message&, const FIX::SessionID&) override {}
    void toApp(FIX::Message&, const FIX::SessionID&) throw(FIX::DoNotSend) override {}
    void fromAdmin(const FIX::Message&, const FIX::SessionID&) throw(
        FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::RejectLogon) override {}
    void fromApp(const FIX::Message&,
                 const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                              FIX::IncorrectTagValue, FIX::UnsupportedMessageType) override {}
};

ptr::shared_ptr<FIX::DataDictionary> read(const std::string& xml) {
    std::istringstream stream(xml);
    return ptr::shared_ptr<FIX::DataDictionary>(new FIX::DataDictionary(stream));
}

FIX::DataDictionaryProvider provide(const std::string& begin_string, const std::string& session_xml,
                                    const std::string& application_xml) {
    FIX::DataDictionaryProvider provider;
    const auto session = read(session_xml);
    provider.addTransportDataDictionary(FIX::BeginString(begin_string), session);
    if (application_xml.empty())
        provider.addApplicationDataDictionary(
            FIX::Message::toApplVerID(FIX::BeginString(begin_string)), session);
    else
        provider.addApplicationDataDictionary(FIX::ApplVerID("9"), read(application_xml));
    return provider;
}

class Stock : public StockOracle, private FIX::Responder {
  public:
    Stock(const std::string& begin_string, const std::string& session_xml, const std::string& application_xml)
        : session_(application_, stores_, FIX::SessionID(begin_string, "ISLD", "TW", "oracle"),
                   provide(begin_string, session_xml, application_xml),
                   FIX::TimeRange(FIX::UtcTimeOnly(0, 0, 0), FIX::UtcTimeOnly(0, 0, 0)), 0, nullptr),
          begin_string_(begin_string) {
        session_.setResetOnLogon(true);
        if (!application_xml.empty()) session_.setSenderDefaultApplVerID("9");
    }

    void connect() override {
        parser_ = FIX::Parser();
        is_connected_ = true;
        is_bound_ = false;
    }
    bool is_connected() const override { return is_connected_; }

    // The steps of QuickFIX's own acceptor: find the session by a first Logon, then feed it.
    void receive(const std::string& bytes, std::string& out) override {
        out_ = &out;
        parser_.addToStream(bytes);
        std::string message;
        while (is_connected_ && next(message)) {
            if (!is_bound_ && !bind(message)) break;
            feed(message);
        }
        if (!is_connected_ && is_bound_) {
            session_.disconnect();
            is_bound_ = false;
        }
    }

  private:
    // As QuickFIX's socket does: a garbled message before the logon ends the connection.
    void feed(const std::string& message) {
        try {
            session_.next(message, FIX::UtcTimeStamp());
        } catch (const FIX::InvalidMessage&) {
            if (!session_.isLoggedOn()) is_connected_ = false;
        }
    }
    bool next(std::string& message) {
        for (;;) {
            try {
                return parser_.readFixMessage(message);
            } catch (const FIX::MessageParseError&) {
                continue;  // the parser has dropped what it could not read
            }
        }
    }
    bool bind(const std::string& message) {
        FIX::Message header;
        const bool reads = header.setStringHeader(message);
        const bool is_ours = reads && field(header, 8) == begin_string_ && field(header, 49) == "TW" &&
                             field(header, 56) == "ISLD" && field(header, 35) == "A";
        if (!is_ours) {
            is_connected_ = false;
            return false;
        }
        is_bound_ = true;
        session_.setResponder(this);
        return true;
    }
    static std::string field(const FIX::Message& message, int tag) {
        return message.getHeader().isSetField(tag) ? message.getHeader().getField(tag) : std::string();
    }
    bool send(const std::string& message) override {
        out_->append(message);
        return true;
    }
    void disconnect() override { is_connected_ = false; }

    Silent application_;
    FIX::MemoryStoreFactory stores_;
    FIX::Session session_;
    std::string begin_string_;
    FIX::Parser parser_;
    bool is_connected_ = false;
    bool is_bound_ = false;
    std::string* out_ = nullptr;
};

}  // namespace

std::unique_ptr<StockOracle> StockOracle::make(
    const std::string& begin_string, const std::string& session_xml, const std::string& application_xml) {
    return std::unique_ptr<StockOracle>(new Stock(begin_string, session_xml, application_xml));
}

}  // namespace test
}  // namespace fix
}  // namespace penstock
