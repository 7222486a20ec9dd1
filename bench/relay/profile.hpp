#pragma once

#include <sys/types.h>

#include <string>

namespace penstock::bench {

/// Samples a process with `perf record` for as long as it lives. Without perf nothing happens.
class Profile {
  public:
    /// An empty file name: no profile.
    Profile(pid_t process, const std::string& file);
    ~Profile();
    Profile(const Profile&) = delete;
    Profile& operator=(const Profile&) = delete;

  private:
    pid_t perf_ = -1;
};

}  // namespace penstock::bench
