#include "apps/runtime/log.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace penstock::apps {
namespace {

/// Lines that may wait for the disk; more are dropped, oldest first.
constexpr std::size_t kLogQueue = 65'536;

using Pool = std::shared_ptr<spdlog::details::thread_pool>;

std::shared_ptr<spdlog::async_logger> make_logger(std::vector<spdlog::sink_ptr> sinks, const Pool& pool) {
    return std::make_shared<spdlog::async_logger>(
        "", sinks.begin(), sinks.end(), pool, spdlog::async_overflow_policy::overrun_oldest);
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

}  // namespace penstock::apps
