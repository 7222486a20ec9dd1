// Two bare QuickFIX 1.15.1 sessions back to back: the floor of any system built on QuickFIX's sockets.
// C++14: QuickFIX's headers declare exceptions the old way.
#include <quickfix/Application.h>
#include <quickfix/FileLog.h>
#include <quickfix/FileStore.h>
#include <quickfix/MessageStore.h>
#include <quickfix/Session.h>
#include <quickfix/SessionSettings.h>
#include <quickfix/ThreadedSocketAcceptor.h>
#include <quickfix/ThreadedSocketInitiator.h>
#include <signal.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>

namespace {

constexpr std::size_t kClients = 100;  // "C00" to "C99"
constexpr int kClOrdId = 11;

struct Options {
    int port = 0;
    int venue_port = 0;
    int sessions = 1;
    bool is_file = false;  // FileStore, dictionary validation and FileLog; else memory and no checks
    std::string dictionary;
    std::string directory;
};

/// Forwards every application message to the other side. The number in a client's name and in front of
/// its ClOrdIDs says whom a report is for, which costs less than any table would.
class Relay : public FIX::Application {
  public:
    bool is_ready() const { return venue_up_; }

    void onCreate(const FIX::SessionID& id) override {
        FIX::Session* const session = FIX::Session::lookupSession(id);
        if (is_venue(id))
            venue_ = session;
        else
            clients_[number_of(id.getTargetCompID().getValue())] = session;
    }
    void onLogon(const FIX::SessionID& id) override {
        if (is_venue(id)) venue_up_ = true;
    }
    void onLogout(const FIX::SessionID& id) override {
        if (is_venue(id)) venue_up_ = false;
    }
    void toAdmin(FIX::Message&, const FIX::SessionID&) override {}
    void toApp(FIX::Message&, const FIX::SessionID&) throw(FIX::DoNotSend) override {}
    void fromAdmin(const FIX::Message&, const FIX::SessionID&) throw(
        FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::RejectLogon) override {}
    void fromApp(const FIX::Message& message, const FIX::SessionID& id) throw(
        FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue,
        FIX::UnsupportedMessageType) override {
        FIX::Message copy(message);
        FIX::Session* const to = is_venue(id) ? clients_[number_of(message.getField(kClOrdId))] : venue_;
        to->send(copy);
    }

  private:
    static bool is_venue(const FIX::SessionID& id) { return id.getTargetCompID().getValue() == "VENUE"; }
    static std::size_t number_of(const std::string& name) {
        return static_cast<std::size_t>(name[1] - '0') * 10 + static_cast<std::size_t>(name[2] - '0');
    }

    std::array<FIX::Session*, kClients> clients_{};
    FIX::Session* venue_ = nullptr;
    std::atomic<bool> venue_up_{false};
};

std::string common(const Options& options) {
    std::ostringstream text;
    text << "[DEFAULT]\nBeginString=FIX.4.4\nSenderCompID=PENSTOCK\nHeartBtInt=30\nReconnectInterval=1\n"
         << "StartTime=00:00:00\nEndTime=00:00:00\nNonStopSession=Y\nSocketNodelay=Y\n";
    if (options.is_file) {
        text << "UseDataDictionary=Y\nDataDictionary=" << options.dictionary << "\nFileStorePath="
             << options.directory << "/store\nFileLogPath=" << options.directory << "/log\n";
    } else {
        text << "UseDataDictionary=N\nValidateLengthAndChecksum=N\nValidateFieldsOutOfOrder=N\n"
             << "ValidateFieldsHaveValues=N\nCheckLatency=N\n";
    }
    return text.str();
}

std::string acceptor_settings(const Options& options) {
    std::ostringstream text;
    text << common(options) << "ConnectionType=acceptor\nSocketAcceptPort=" << options.port
         << "\nSocketReuseAddress=Y\n";
    for (int i = 0; i < options.sessions; ++i)
        text << "[SESSION]\nTargetCompID=C" << static_cast<char>('0' + i / 10)
             << static_cast<char>('0' + i % 10) << "\n";
    return text.str();
}

std::string initiator_settings(const Options& options) {
    std::ostringstream text;
    text << common(options) << "ConnectionType=initiator\nSocketConnectHost=127.0.0.1\nSocketConnectPort="
         << options.venue_port << "\n[SESSION]\nTargetCompID=VENUE\n";
    return text.str();
}

FIX::SessionSettings settings_of(const std::string& text) {
    std::istringstream stream(text);
    return FIX::SessionSettings(stream);
}

/// An acceptor or an initiator, with a log only when there is a factory for one.
template <class Side>
std::unique_ptr<Side> make(Relay& relay, FIX::MessageStoreFactory& stores,
                           const FIX::SessionSettings& settings, FIX::LogFactory* logs) {
    return logs == nullptr ? std::unique_ptr<Side>(new Side(relay, stores, settings))
                           : std::unique_ptr<Side>(new Side(relay, stores, settings, *logs));
}

void serve(const Options& options, const sigset_t& signals) {
    const FIX::SessionSettings in = settings_of(acceptor_settings(options));
    const FIX::SessionSettings out = settings_of(initiator_settings(options));
    Relay relay;
    FIX::MemoryStoreFactory memory;
    std::unique_ptr<FIX::FileStoreFactory> in_files, out_files;
    std::unique_ptr<FIX::FileLogFactory> in_logs, out_logs;
    if (options.is_file) {
        in_files.reset(new FIX::FileStoreFactory(in));
        out_files.reset(new FIX::FileStoreFactory(out));
        in_logs.reset(new FIX::FileLogFactory(in));
        out_logs.reset(new FIX::FileLogFactory(out));
    }
    FIX::MessageStoreFactory& in_stores =
        in_files ? static_cast<FIX::MessageStoreFactory&>(*in_files) : memory;
    FIX::MessageStoreFactory& out_stores =
        out_files ? static_cast<FIX::MessageStoreFactory&>(*out_files) : memory;
    const auto initiator = make<FIX::ThreadedSocketInitiator>(relay, out_stores, out, out_logs.get());
    const auto acceptor = make<FIX::ThreadedSocketAcceptor>(relay, in_stores, in, in_logs.get());
    initiator->start();
    // Orders for a session that is not logged on would vanish into its store.
    const timespec pause{0, 10'000'000};
    while (!relay.is_ready()) nanosleep(&pause, nullptr);
    acceptor->start();
    std::printf("ready bench_qf_relay, port %d\n", options.port);
    std::fflush(stdout);
    int signal_number = 0;
    sigwait(&signals, &signal_number);
    std::printf("stopped\n");
    std::fflush(stdout);
    // QuickFIX waits up to ten seconds for logouts; there is nothing to save.
    std::_Exit(0);
}

bool read_options(int argc, char** argv, Options& options) {
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string word = argv[i];
        const char* const value = argv[i + 1];
        if (word == "--port")
            options.port = std::atoi(value);
        else if (word == "--venue")
            options.venue_port = std::atoi(value);
        else if (word == "--sessions")
            options.sessions = std::atoi(value);
        else if (word == "--dictionary")
            options.dictionary = value;
        else if (word == "--directory")
            options.directory = value;
        else
            return false;
    }
    options.is_file = !options.directory.empty();
    return options.port > 0 && options.venue_port > 0 && options.is_file == !options.dictionary.empty();
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (!read_options(argc, argv, options)) {
        std::fprintf(stderr,
                     "usage: bench_qf_relay --port PORT --venue PORT [--sessions N]\n"
                     "                      [--directory DIR --dictionary FIX44.xml]\n"
                     "Two bare QuickFIX sessions; with a directory: FileStore, validation, FileLog.\n"
                     "bench_relay starts it.\n");
        return 2;
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        serve(options, signals);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_qf_relay: %s\n", error.what());
        return 1;
    }
    return 0;
}
