#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace penstock::config {

/// A folder of one test, removed with it.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path write(const std::string& name, std::string_view text) const;
    std::filesystem::path path() const { return path_; }
    /// The text of problems without the folder.
    std::vector<std::string> short_texts(const std::vector<Problem>& problems) const;

  private:
    std::filesystem::path path_;
};

/// A small penstock.toml without a fault.
std::string good_toml();
/// The text with one part of it, which must be there, changed into another.
std::string changed(std::string text, std::string_view from, std::string_view to);

/// What is wrong with this penstock.toml: "penstock.toml:12: key: text".
std::vector<std::string> problems_of(std::string_view toml);
std::vector<std::string> warnings_of(std::string_view toml);
/// Its only problem, "key: text", which is expected where `mark` is first written. Says so when it is not.
std::string problem_at(std::string_view mark, const std::string& toml);
std::string warning_at(std::string_view mark, const std::string& toml);

/// The same for a QuickFIX .cfg.
std::vector<std::string> cfg_problems_of(std::string_view cfg);
std::vector<std::string> cfg_warnings_of(std::string_view cfg);
std::string cfg_problem_at(std::string_view mark, const std::string& cfg);
std::string cfg_warning_at(std::string_view mark, const std::string& cfg);

}  // namespace penstock::config
