#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace penstock::apps {

// The façade over the library that reads command lines. Handles, to be passed by value: what they stand for
// lives as long as its CommandLine, and so must every value that is to be filled in.

/// An option that was described; says more of it.
class Option {
  public:
    explicit Option(CLI::Option& option) : option_(&option) {}
    Option required() const;
    Option shows_default() const;
    Option excludes(Option other) const;
    Option one_of(const std::vector<std::string>& words) const;
    Option between(int least, int most) const;

  private:
    CLI::Option* option_;
};

/// A program or one of its commands.
class Command {
  public:
    explicit Command(CLI::App& app) : app_(&app) {}

    Command add_command(const std::string& name, const std::string& about) const;
    /// `name` is "--name", or "name" for a word that stands where it is expected. Nothing is said of types
    /// that do not fit but by the library, which names the option.
    Option add_option(const std::string& name, std::string& value, const std::string& about) const;
    Option add_option(const std::string& name, std::vector<std::string>& values,
                      const std::string& about) const;
    Option add_option(const std::string& name, std::uint64_t& value, const std::string& about) const;
    Option add_option(const std::string& name, std::uint16_t& value, const std::string& about) const;
    Option add_option(const std::string& name, int& value, const std::string& about) const;
    /// For what is kept elsewhere than in a variable.
    Option add_option(const std::string& name, const std::function<void(const std::string&)>& take,
                      const std::string& about) const;
    void add_flag(const std::string& name, bool& value, const std::string& about) const;
    /// The end of its help.
    void footer(const std::string& text) const;
    /// How many of its commands must be given.
    void require_commands(std::size_t least, std::size_t most) const;
    /// `run` is called by CommandLine::read() when this was on the command line.
    void on_given(const std::function<void()>& run) const;
    /// After CommandLine::read().
    bool was_given() const;

  private:
    CLI::App* app_;
};

/// The command line of a program.
class CommandLine {
  public:
    static constexpr int kUsage = 2;

    explicit CommandLine(const std::string& about);
    ~CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    Command program() const;
    /// Nothing when it can be served; else the exit code of the program, which has printed its help (0) or on
    /// stderr what is wrong (kUsage). What a command throws is thrown.
    std::optional<int> read(int argc, char** argv) const;

  private:
    std::unique_ptr<CLI::App> app_;
};

}  // namespace penstock::apps
