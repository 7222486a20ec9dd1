#include "persistence/journal/in_use.hpp"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

namespace penstock::persistence {

bool is_in_use(const std::filesystem::path& directory) {
    struct stat lock {};
    if (::stat((directory / "LOCK").c_str(), &lock) != 0) return false;
    std::array<char, 64> file{};  // as /proc/locks names it: "fd:00:1234"
    std::snprintf(file.data(), file.size(), " %02x:%02x:%llu ", major(lock.st_dev), minor(lock.st_dev),
                  static_cast<unsigned long long>(lock.st_ino));
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);)
        if (line.find(file.data()) != std::string::npos && line.find("FLOCK") != std::string::npos)
            return true;
    return false;
}

}  // namespace penstock::persistence
