#include "tools/lr/run/job.h"

#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/time/format.h"
#include "common/time/parse.h"
#include "tools/lr/log/result_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace quarry::lr {
namespace {

using live_response::Command;

/// The commands for one device; kData where its row lacks a value.
Result<std::vector<Command>> commands_for(const Playbook& playbook, const Row& row) {
  std::vector<Command> commands;
  const auto value_of = [&row](const std::string& column) { return row.value(column); };
  for (const PlaybookCommand& command : playbook.commands) {
    const bool get = command.type == CommandType::kGetFile;
    QUARRY_TRY(std::string text,
               command.text.fill(value_of, get ? Place::kPath : Place::kArgument));
    Command filled{.type = command.type, .name = command.name};
    (get ? filled.name : filled.args) = std::move(text);
    commands.push_back(std::move(filled));
  }
  return commands;
}

std::string parameters_json(const Playbook& playbook, const std::vector<Command>& commands,
                            std::size_t turn) {
  json::ObjectWriter writer;
  if (turn > 1) writer.number("turn", static_cast<std::int64_t>(turn));
  return writer.text("playbook", playbook.name)
      .raw("commands", live_response::to_json(commands))
      .number("pending", static_cast<std::int64_t>(playbook.pending_seconds))
      .number("give_up_after", static_cast<std::int64_t>(playbook.give_up_after_seconds))
      .boolean("exit_code_nonzero", playbook.nonzero_exit_fails)
      .take();
}

actions::Action action_for(const Playbook& playbook, const Target& target,
                           const std::vector<Command>& commands, std::size_t turn,
                           const std::string& tenant) {
  const bool only_reads = std::all_of(commands.begin(), commands.end(), [](const Command& command) {
    return command.type == CommandType::kGetFile;
  });
  return {
      .name = std::string(kRunAction),
      .tenant = tenant,
      .level = only_reads ? actions::Level::kReversible : actions::Level::kSevere,
      .what = fmt::format("run {} on {}", playbook.name, target.machine.name),
      .target = json::ObjectWriter()
                    .text("device_id", target.machine.id)
                    .text("device", target.machine.name)
                    .take(),
      .parameters = parameters_json(playbook, commands, turn),
      .before = json::ObjectWriter().text("last_seen", target.machine.last_seen).take(),
      .row_sha256 = target.row.json.empty() ? "" : hex_digest(DigestKind::kSha256, target.row.json),
      .row = target.row.json};
}

/// The commands as the playbook has them, for a device that gets none of them.
std::vector<Command> unfilled_commands(const Playbook& playbook) {
  std::vector<Command> commands;
  for (const PlaybookCommand& command : playbook.commands) {
    const bool get = command.type == CommandType::kGetFile;
    commands.push_back(
        {.type = command.type, .name = get ? command.text.text() : command.name, .args = {}});
  }
  return commands;
}

/// What rows have asked of a machine so far: the same twice is once.
struct Asked {
  std::set<std::string> commands;
  std::set<std::string> nothing;  // reasons why it is asked nothing
};

struct Why {
  Outcome outcome;
  std::string reason;
};

actions::Action unfit_action(const Playbook& playbook, const std::string& device_id,
                             const std::string& device, const Why& why, const std::string& tenant) {
  return {.name = std::string(kUnfitAction),
          .tenant = tenant,
          .level = actions::Level::kReversible,
          .what = fmt::format("ask {} nothing: {}", device, why.reason),
          .target = json::ObjectWriter().text("device_id", device_id).text("device", device).take(),
          .parameters = json::ObjectWriter()
                            .text("playbook", playbook.name)
                            .raw("commands", live_response::to_json(unfilled_commands(playbook)))
                            .text("outcome", name_of(why.outcome))
                            .text("reason", why.reason)
                            .take()};
}

Command read_command(const json::Node& node, CommandType type) {
  Command command{.type = type, .name = {}};
  const json::Node params = node.find("params");
  for (std::size_t i = 0; i < params.size(); ++i) {
    std::string value(params[i].find("value").as_string().value_or(""));
    (params[i].find("key").as_string() == "Args" ? command.args : command.name) = std::move(value);
  }
  return command;
}

Failure no_job() {
  return fail(ErrorCode::kData, "the step is no live response that this version knows",
              "make the plan anew");
}

std::string text_at(const json::Document& document, std::string_view key) {
  return std::string(document.root().find(key).as_string().value_or(""));
}

struct Step {
  json::Document target;
  json::Document parameters;

  static Result<Step> read(const actions::Action& action) {
    QUARRY_TRY(json::Document target, json::Document::parse(action.target, "target"));
    QUARRY_TRY(json::Document parameters, json::Document::parse(action.parameters, "step"));
    return Step{std::move(target), std::move(parameters)};
  }
};

Result<std::vector<Command>> read_commands(const json::Document& parameters) {
  std::vector<Command> commands;
  const json::Node list = parameters.root().find("commands");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto type =
        live_response::parse_command_type(list[i].find("type").as_string().value_or(""));
    if (!type) return no_job();
    commands.push_back(read_command(list[i], *type));
  }
  return commands;
}

}  // namespace

Result<actions::Action> push_action(const PushFile& push, const std::string& tenant) {
  QUARRY_TRY(const std::string content, read_file(push.path));
  return actions::Action{.name = std::string(kPushAction),
                         .tenant = tenant,
                         .what = fmt::format("put {} into the library", push.name),
                         .target = json::ObjectWriter().text("library_file", push.name).take(),
                         .parameters = json::ObjectWriter()
                                           .text("path", push.path)
                                           .text("sha256", hex_digest(DigestKind::kSha256, content))
                                           .take()};
}

Result<JobPlan> plan_jobs(const Playbook& playbook, const Targets& targets,
                          const std::string& tenant) {
  JobPlan plan;
  for (const PushFile& push : playbook.pushes) {
    QUARRY_TRY(actions::Action action, push_action(push, tenant));
    plan.actions.push_back(std::move(action));
  }
  const auto add_unfit = [&](const Machine& machine, Outcome outcome, const std::string& reason) {
    plan.actions.push_back(
        unfit_action(playbook, machine.id, machine.name, {outcome, reason}, tenant));
  };
  std::map<std::string, Asked> asked;  // by machine
  const auto add = [&](const Target& target) {
    const Machine& machine = target.machine;
    Asked& before = asked[machine.id];
    if (const std::string why = live_response::why_unsupported(machine); !why.empty()) {
      if (before.nothing.insert(why).second) add_unfit(machine, Outcome::kUnsupported, why);
      return;
    }
    const Result<std::vector<Command>> commands = commands_for(playbook, target.row);
    if (!commands) {
      const std::string why = commands.error().message();
      if (before.nothing.insert(why).second) add_unfit(machine, Outcome::kSkipped, why);
      return;
    }
    if (!before.commands.insert(live_response::to_json(*commands)).second) return;
    const std::string doubt = live_response::why_doubtful(machine);
    if (!doubt.empty() && before.commands.size() == 1)
      plan.doubts.push_back(fmt::format("{}: {}", machine.name, doubt));
    plan.actions.push_back(action_for(playbook, target, *commands, before.commands.size(), tenant));
  };
  for (const Target& target : targets.targets) add(target);
  for (const Target& target : targets.again) add(target);
  for (const Unknown& unknown : targets.unknown)
    plan.actions.push_back(unfit_action(
        playbook, unknown.device_id, unknown.device,
        {Outcome::kSkipped, fmt::format("{} ({})", unknown.why, unknown.place)}, tenant));
  return plan;
}

Result<Job> read_job(const actions::Action& action) {
  QUARRY_TRY(const Step step, Step::read(action));
  Job job{
      .key = actions::key_of(action),
      .device_id = text_at(step.target, "device_id"),
      .device = text_at(step.target, "device"),
      .playbook = text_at(step.parameters, "playbook"),
      .commands = {},
      .pending_seconds = step.parameters.root().find("pending").as_double().value_or(600),
      .give_up_after = step.parameters.root().find("give_up_after").as_double().value_or(3 * 86400),
      .nonzero_exit_fails =
          step.parameters.root().find("exit_code_nonzero").as_bool().value_or(true)};
  QUARRY_TRY(job.commands, read_commands(step.parameters));
  if (job.device_id.empty() || job.commands.empty()) return no_job();
  job.turn = static_cast<std::uint32_t>(
      std::max<std::int64_t>(1, step.parameters.root().find("turn").as_int64().value_or(1)));
  if (const auto before = json::Document::parse(action.before, "before"); before)
    job.last_seen = seconds_of(text_at(*before, "last_seen"));
  return job;
}

Result<Unfit> read_unfit(const actions::Action& action) {
  QUARRY_TRY(const Step step, Step::read(action));
  const auto outcome = parse_outcome(text_at(step.parameters, "outcome"));
  if (!outcome || action.name != kUnfitAction) return no_job();
  Unfit unfit{.key = actions::key_of(action),
              .device_id = text_at(step.target, "device_id"),
              .device = text_at(step.target, "device"),
              .playbook = text_at(step.parameters, "playbook"),
              .commands = {},
              .outcome = *outcome,
              .reason = text_at(step.parameters, "reason")};
  QUARRY_TRY(unfit.commands, read_commands(step.parameters));
  return unfit;
}

double seconds_of(const std::string& time) {
  const auto parsed = parse_datetime(time);
  if (!parsed) return 0;
  return static_cast<double>(parsed->ticks - kUnixEpochTicks) /
         static_cast<double>(kTicksPerSecond);
}

std::string time_of(double seconds) {
  const auto ticks =
      static_cast<std::int64_t>(seconds * static_cast<double>(kTicksPerSecond)) + kUnixEpochTicks;
  return to_string(Datetime{ticks});
}

}  // namespace quarry::lr
