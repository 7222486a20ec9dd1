#include "apps/runtime/fix_log.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "apps/runtime/byte_ring.hpp"
#include "fix/codec/body_writer.hpp"
#include "fix/codec/redact.hpp"
#include "persistence/journal/background.hpp"

namespace penstock::apps {
namespace {

constexpr auto kInterval = std::chrono::milliseconds(50);
constexpr std::array<std::string_view, 3> kSecretTags{"554=", "925=", "96="};

enum class Kind : std::uint8_t { Message, Event, Opened };

/// What stands before each line in the ring.
struct Entry {
    std::uint32_t size = 0;
    std::uint16_t session = 0;
    Kind kind = Kind::Message;
    std::int64_t time_ns = 0;
};

}  // namespace

void append_redacted(std::string& out, std::string_view message) {
    while (!message.empty()) {
        const std::size_t end = std::min(message.find(fix::kSoh), message.size() - 1) + 1;
        const std::string_view field = message.substr(0, end);
        message.remove_prefix(end);
        const auto is_secret = [&](std::string_view tag) { return field.starts_with(tag); };
        if (field[0] != '5' && field[0] != '9') {
            out += field;
            continue;
        }
        const auto tag = std::find_if(kSecretTags.begin(), kSecretTags.end(), is_secret);
        if (tag == kSecretTags.end())
            out += field;
        else
            out.append(*tag).append("***").append(1, fix::kSoh);
    }
}

struct FixLogFiles::Impl {
    explicit Impl(const std::filesystem::path& where) : directory(where), ring(kRingBytes) {}

    // The session's thread.
    void write(const fix::FixSession& session, std::string_view said, Kind kind) {
        const auto [known, is_new] =
            sessions.try_emplace(&session, static_cast<std::uint16_t>(sessions.size()));
        const Entry entry{static_cast<std::uint32_t>(said.size()), known->second, kind, session.now().ns};
        if (is_new) {
            const fix::SessionSettings& settings = session.settings();
            const std::string stem = std::string(fix::begin_string(settings.version)) + "-" +
                                     settings.sender_comp_id + "-" + settings.target_comp_id;
            put({static_cast<std::uint32_t>(stem.size()), known->second, Kind::Opened, 0}, stem);
        }
        if (ring.fits(sizeof entry + said.size()))
            put(entry, said);
        else
            dropped.fetch_add(1, std::memory_order_relaxed);
    }
    void put(const Entry& entry, std::string_view said) {
        ring.put(&entry, sizeof entry);
        ring.put(said.data(), said.size());
        ring.publish();
    }

    // Our thread.
    void run() {
        persistence::give_way(persistence::Share::Least);
        std::unique_lock lock(mutex);
        while (!is_stopping) {
            stop.wait_for(lock, kInterval);
            drain();
        }
        drain();
    }
    void drain() {
        while (ring.ready() > 0) {
            Entry entry;
            ring.take(&entry, sizeof entry);
            text.resize(entry.size);
            ring.take(text.data(), text.size());
            if (entry.kind == Kind::Opened)
                open(entry.session);
            else
                append(entry);
        }
        for (Files& one : files) {
            one.messages.flush();
            one.events.flush();
        }
    }
    void open(std::size_t session) {
        if (files.size() <= session) files.resize(session + 1);
        const auto path = [&](const char* kind) { return directory / (text + "." + kind + ".current.log"); };
        files[session].messages.open(path("messages"), std::ios::app);
        files[session].events.open(path("event"), std::ios::app);
    }
    void append(const Entry& entry) {
        clock.clear();
        clock.timestamp(0, {entry.time_ns}, 3);
        line.assign(clock.view().substr(2, clock.view().size() - 3)).append(" : ");
        // The codec knows where a value ends, also one that holds the separator; events, which may quote
        // a message, and messages that do not parse are looked at field by field.
        if (entry.kind == Kind::Message && index.parse(text))
            line += fix::redacted(index, safe);
        else
            append_redacted(line, text);
        line += '\n';
        Files& one = files[entry.session];
        if (const auto lost = dropped.exchange(0, std::memory_order_relaxed); lost > 0)
            one.events << "the disk was too slow for the log: " << lost << " lines dropped\n";
        (entry.kind == Kind::Message ? one.messages : one.events) << line;
    }

    struct Files {
        std::ofstream messages;
        std::ofstream events;
    };
    std::filesystem::path directory;
    bool writes_messages = true;
    ByteRing ring;
    std::unordered_map<const fix::FixSession*, std::uint16_t> sessions;  // the session's thread
    std::atomic<std::uint64_t> dropped{0};
    std::vector<Files> files;
    std::string text;
    std::string line;
    std::string safe;
    fix::MessageIndex index;
    std::array<char, 64> clock_text{};
    fix::BodyWriter clock{clock_text.data(), clock_text.size()};
    std::mutex mutex;
    std::condition_variable stop;
    bool is_stopping = false;
    std::thread thread;
};

FixLogFiles::FixLogFiles(const std::filesystem::path& directory, Messages messages)
    : impl_(std::make_shared<Impl>(directory)) {
    impl_->writes_messages = messages == Messages::Written;
    impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

FixLogFiles::~FixLogFiles() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->is_stopping = true;
    }
    impl_->stop.notify_one();
    impl_->thread.join();
}

fix::SessionLog FixLogFiles::writer() {
    return
        [impl = impl_](fix::FixSession& session, std::string_view text, bool is_incoming, bool is_outgoing) {
            const bool is_message = is_incoming || is_outgoing;
            if (is_message && !impl->writes_messages) return;
            impl->write(session, text, is_message ? Kind::Message : Kind::Event);
        };
}

}  // namespace penstock::apps
