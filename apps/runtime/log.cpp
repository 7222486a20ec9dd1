#include "apps/runtime/log.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <map>

#include "oms/domain/print.hpp"

namespace penstock::apps {
namespace {

/// Lines that may wait for the disk; more are dropped, oldest first.
constexpr std::size_t kLogQueue = 65'536;

using Pool = std::shared_ptr<spdlog::details::thread_pool>;

std::shared_ptr<spdlog::async_logger> make_logger(std::vector<spdlog::sink_ptr> sinks, const Pool& pool) {
    return std::make_shared<spdlog::async_logger>("", sinks.begin(), sinks.end(), pool,
                                                  spdlog::async_overflow_policy::overrun_oldest);
}

/// "YYYYMMDD-HH:MM:SS.sss", as QuickFIX's log has it.
std::string fix_time(Timestamp now) {
    const std::string iso = oms::to_text(now);
    return iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2) + "-" + iso.substr(11, 12);
}

}  // namespace

struct Log::Impl {
    Pool pool = std::make_shared<spdlog::details::thread_pool>(kLogQueue, 1);
    std::shared_ptr<spdlog::async_logger> logger;
};

Log::Log(const std::filesystem::path& file) : impl_(std::make_unique<Impl>()) {
    std::vector<spdlog::sink_ptr> sinks{std::make_shared<spdlog::sinks::stderr_sink_mt>()};
    if (!file.empty()) sinks.push_back(std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string()));
    impl_->logger = make_logger(std::move(sinks), impl_->pool);
    impl_->logger->set_pattern("%Y-%m-%dT%H:%M:%S.%fZ %l %v", spdlog::pattern_time_type::utc);
    impl_->logger->flush_on(spdlog::level::info);
}

Log::~Log() { impl_->logger->flush(); }
void Log::info(std::string_view line) { impl_->logger->info("{}", line); }
void Log::warn(std::string_view line) { impl_->logger->warn("{}", line); }
void Log::error(std::string_view line) { impl_->logger->error("{}", line); }
void Log::flush() { impl_->logger->flush(); }

struct FixLogFiles::Impl {
    std::filesystem::path directory;
    Pool pool = std::make_shared<spdlog::details::thread_pool>(kLogQueue, 1);
    struct Files {
        std::shared_ptr<spdlog::async_logger> messages;
        std::shared_ptr<spdlog::async_logger> events;
    };
    std::map<const fix::FixSession*, Files> files;

    std::shared_ptr<spdlog::async_logger> open(const std::string& stem, const char* kind) {
        const auto path = directory / (stem + "." + kind + ".current.log");
        auto logger = make_logger({std::make_shared<spdlog::sinks::basic_file_sink_mt>(path.string())}, pool);
        logger->set_pattern("%v");
        return logger;
    }
    Files& of(const fix::FixSession& session) {
        const auto found = files.find(&session);
        if (found != files.end()) return found->second;
        const fix::SessionSettings& settings = session.settings();
        const std::string stem = std::string(fix::begin_string(settings.version)) + "-" +
                                 settings.sender_comp_id + "-" + settings.target_comp_id;
        return files[&session] = {open(stem, "messages"), open(stem, "event")};
    }
};

FixLogFiles::FixLogFiles(const std::filesystem::path& directory) : impl_(std::make_shared<Impl>()) {
    impl_->directory = directory;
}

FixLogFiles::~FixLogFiles() { flush(); }

void FixLogFiles::flush() {
    for (auto& [session, files] : impl_->files) {
        files.messages->flush();
        files.events->flush();
    }
}

fix::SessionLog FixLogFiles::writer() {
    return [impl = impl_](fix::FixSession& session, std::string_view text, bool is_incoming, bool is_outgoing) {
        Impl::Files& files = impl->of(session);
        const bool is_message = is_incoming || is_outgoing;
        const std::string now = fix_time(session.now());
        if (is_message)
            files.messages->info("{} : {}", now, redacted(text));
        else
            files.events->info("{} : {}", now, text);
    };
}

std::string redacted(std::string_view message) {
    std::string safe(message);
    for (const std::string_view secret : {std::string_view("\x01" "554="), std::string_view("\x01" "925="),
                                          std::string_view("\x01" "96=")}) {
        std::size_t at = 0;
        while ((at = safe.find(secret, at)) != std::string::npos) {
            at += secret.size();
            const std::size_t end = safe.find('\x01', at);
            safe.replace(at, (end == std::string::npos ? safe.size() : end) - at, "***");
        }
    }
    return safe;
}

}  // namespace penstock::apps
