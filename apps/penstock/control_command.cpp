#include "apps/penstock/control_command.hpp"

#include <cstdio>
#include <memory>

#include "apps/penstock/where.hpp"
#include "apps/runtime/control_line.hpp"

namespace penstock::apps {
namespace {

struct ControlOptions {
    WhereOptions where;
    ControlLine line;
    std::string reason;
    bool hash = false;
};

int ask(ControlOptions options) {
    const auto where = find(options.where);
    if (!where) return kExitCannot;
    if (where->state.empty()) return cannot("that is a journal alone; name the state folder or --config");
    if (!options.reason.empty()) options.line.words["reason"] = options.reason;
    if (options.hash) options.line.words["hash"] = "yes";
    const std::string socket = (where->state / "control.sock").string();
    const auto reply = ask_control(socket, options.line);
    if (!reply) return cannot("no penstockd listens at " + socket);
    std::fprintf(reply->is_ok ? stdout : stderr, "%s\n", reply->text.c_str());
    return reply->is_ok ? kExitDone : kExitNo;
}

Command add(Commands& commands, const std::string& verb, const std::string& help,
            const std::shared_ptr<ControlOptions>& options) {
    const Command command = commands.app().add_command(verb, help);
    add_where(command, options->where);
    options->line.verb = verb;
    commands.on(command, [options] { return ask(*options); });
    return command;
}

/// An option that goes to penstockd as the word of its name.
void add_word(Command command, const std::shared_ptr<ControlOptions>& options, const std::string& name,
              const std::string& help) {
    command
        .add_option(
            "--" + name, [options, name](const std::string& word) { options->line.words[name] = word; }, help)
        .required();
}

void add_venue_commands(Commands& commands) {
    const auto adopt = std::make_shared<ControlOptions>();
    const Command adopting =
        add(commands, "adopt", "makes an order at a venue that is nobody's a client's", adopt);
    add_word(adopting, adopt, "venue", "its venue, by the name in penstock.toml");
    add_word(adopting, adopt, "order", "OrderID(37) as the venue tells it");
    add_word(adopting, adopt, "for", "the client's session, such as FIX.4.4:PENSTOCK->CLIENT1");
    add_word(adopting, adopt, "account", "an account that client may trade for");
    add_word(adopting, adopt, "reason", "why; it is in the journal");
    const auto settle = std::make_shared<ControlOptions>();
    const Command settling = add(commands, "settle", "ends an order whose outcome nobody can tell", settle);
    add_word(settling, settle, "order", "its OrderID(37) here, a number");
    add_word(settling, settle, "reason", "how it was found out; it is in the journal");
    const auto accept = std::make_shared<ControlOptions>();
    const Command accepting = add(
        commands, "accept-position", "lets a position that differs be what its venue tells of it", accept);
    add_word(accepting, accept, "venue", "its venue, by the name in penstock.toml");
    add_word(accepting, accept, "account", "whose position it is");
    add_word(accepting, accept, "symbol", "in what");
    add_word(accepting, accept, "difference", "as the alarm told it; another one is refused");
    add_word(accepting, accept, "reason", "why; it is in the journal");
}

}  // namespace

void add_control_commands(Commands& commands) {
    add_venue_commands(commands);
    const auto status = std::make_shared<ControlOptions>();
    add(commands, "status", "what the penstockd that runs says of itself, as JSON", status)
        .add_flag("--hash", status->hash, "with the state hash, however many orders there are");
    for (const auto& [verb, help] :
         {std::pair{"halt", "new orders and amends are refused from now on; cancels pass"},
          std::pair{"resume", "new orders are taken again, also after a restore"}}) {
        const auto options = std::make_shared<ControlOptions>();
        add(commands, verb, help, options)
            .add_option("--reason", options->reason, "why; it is in the journal")
            .required();
    }
}

}  // namespace penstock::apps
