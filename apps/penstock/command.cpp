#include "apps/penstock/command.hpp"

#include <cstdio>

namespace penstock::apps {

void Commands::on(Command command, std::function<int()> run) {
    command.on_given([this, run = std::move(run)] { exit_code_ = run(); });
}

int cannot(const std::string& why) {
    std::fprintf(stderr, "penstock: %s\n", why.c_str());
    return kExitCannot;
}

}  // namespace penstock::apps
