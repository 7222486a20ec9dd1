#include "apps/command_line/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace penstock::apps {

Option Option::required() const {
    option_->required();
    return *this;
}

Option Option::shows_default() const {
    option_->capture_default_str();
    return *this;
}

Option Option::excludes(Option other) const {
    option_->excludes(other.option_);
    return *this;
}

Option Option::one_of(const std::vector<std::string>& words) const {
    option_->check(CLI::IsMember(words));
    return *this;
}

Option Option::between(int least, int most) const {
    option_->check(CLI::Range(least, most));
    return *this;
}

Command Command::add_command(const std::string& name, const std::string& about) const {
    return Command(*app_->add_subcommand(name, about));
}

Option Command::add_option(const std::string& name, std::string& value, const std::string& about) const {
    return Option(*app_->add_option(name, value, about));
}

Option Command::add_option(const std::string& name, std::vector<std::string>& values,
                           const std::string& about) const {
    return Option(*app_->add_option(name, values, about));
}

Option Command::add_option(const std::string& name, std::uint64_t& value, const std::string& about) const {
    return Option(*app_->add_option(name, value, about));
}

Option Command::add_option(const std::string& name, std::uint16_t& value, const std::string& about) const {
    return Option(*app_->add_option(name, value, about));
}

Option Command::add_option(const std::string& name, int& value, const std::string& about) const {
    return Option(*app_->add_option(name, value, about));
}

Option Command::add_option(const std::string& name, const std::function<void(const std::string&)>& take,
                           const std::string& about) const {
    return Option(*app_->add_option_function<std::string>(name, take, about));
}

void Command::add_flag(const std::string& name, bool& value, const std::string& about) const {
    app_->add_flag(name, value, about);
}

void Command::footer(const std::string& text) const { app_->footer(text); }

void Command::require_commands(std::size_t least, std::size_t most) const {
    app_->require_subcommand(least, most);
}

void Command::on_given(const std::function<void()>& run) const { app_->callback(run); }

bool Command::was_given() const { return app_->parsed(); }

CommandLine::CommandLine(const std::string& about) : app_(std::make_unique<CLI::App>(about)) {}

CommandLine::~CommandLine() = default;

Command CommandLine::program() const { return Command(*app_); }

std::optional<int> CommandLine::read(int argc, char** argv) const {
    try {
        app_->parse(argc, argv);
        return std::nullopt;
    } catch (const CLI::RequiredError& error) {
        // Not what is missing, when a word was meant to be it.
        const std::vector<std::string> words = app_->remaining(true);
        if (words.empty()) return app_->exit(error) == 0 ? 0 : kUsage;
        std::fprintf(
            stderr, "%s: there is no such command or option here\nRun with --help for more information.\n",
            words[0].c_str());
        return kUsage;
    } catch (const CLI::ParseError& error) {
        return app_->exit(error) == 0 ? 0 : kUsage;
    }
}

}  // namespace penstock::apps
