#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::compliance {

struct HttpAnswer {
    int status = 0;  // 0: nobody answered; `body` is why, for operators
    std::string body;
};

/// Where a POST goes: "http://host[:port][/path]". Nothing when the text is none of that. TLS is the business
/// of a proxy beside us (docs/adr/0013).
struct HttpUrl {
    std::string host;
    std::string port = "80";
    std::string path;  // without a slash at its end
};
std::optional<HttpUrl> parse_http_url(std::string_view url);

/// One HTTP/1.1 POST on a connection of its own. Blocks, at most about kHttpSeconds; answers longer than
/// kMaxAnswer are cut. Any thread.
HttpAnswer http_post(const HttpUrl& url, std::string_view target, std::string_view body);

inline constexpr int kHttpSeconds = 2;
inline constexpr std::size_t kMaxAnswer = 64 * 1024;

}  // namespace penstock::compliance
