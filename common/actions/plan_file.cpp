#include "common/actions/plan_file.h"

#include "common/base/text.h"
#include "common/json/raw_object.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::actions {
namespace {

Failure bad_line(const std::string& name, std::size_t line, std::string what) {
  return fail(Error(ErrorCode::kData, std::move(what), "make the plan anew")
                  .at(fmt::format("{}:{}", name, line)));
}

struct Step {
  std::string tool;
  std::string run;
  std::string key;
  std::string digest;
  Action action;
};

Result<Step> read_step(std::string_view line, const std::string& name) {
  QUARRY_TRY(const std::vector<json::RawMember> members, json::raw_members(line, name));
  const auto text = [&members](std::string_view key) {
    return json::string_of(json::find_raw(members, key));
  };
  const auto value = [&members](std::string_view key) {
    const std::string_view json = json::find_raw(members, key);
    return json == "null" ? std::string() : json::compact(json);
  };
  if (text("_type") != "plan" || quarry::text::parse_int64(json::find_raw(members, "v")) != 1 ||
      text("action").empty())
    return fail(ErrorCode::kData, "no step of a plan that this version knows");
  Step step{.tool = text("tool"),
            .run = text("run"),
            .key = text("key"),
            .digest = text("digest"),
            .action = {}};
  const std::string level = text("level");
  if (level != "severe" && level != "reversible")
    return fail(ErrorCode::kData, "the step has no level");
  step.action = {.name = text("action"),
                 .tenant = text("tenant"),
                 .level = level == "severe" ? Level::kSevere : Level::kReversible,
                 .what = text("what"),
                 .target = value("target"),
                 .parameters = value("parameters"),
                 .before = value("before"),
                 .undo = value("undo"),
                 .row_sha256 = text("row_sha256"),
                 .row = value("row")};
  return step;
}

/// What is wrong with it; "" where nothing is.
std::string fault_of(const Step& step, std::string_view tool, const LevelOf& level_of) {
  if (step.tool != tool) return fmt::format("a plan of '{}', not of '{}'", step.tool, tool);
  if (step.key != key_of(step.action) || step.digest != digest_of(step.action, tool, step.run))
    return "the step was changed after it was planned";
  if (!level_of) return {};
  const std::optional<Level> level = level_of(step.action);
  if (!level) return fmt::format("{} has no act '{}' of this kind", tool, step.action.name);
  if (*level != step.action.level)
    return fmt::format("the step says {}, and '{}' is {}", name_of(step.action.level),
                       step.action.name, name_of(*level));
  return {};
}

}  // namespace

std::string to_text(const Plan& plan, std::string_view tool) {
  std::string out;
  for (const Action& action : plan.actions) out += to_plan_line(action, tool, plan.run) + "\n";
  return out;
}

Result<Plan> read_plan(std::string_view text, const std::string& name, std::string_view tool,
                       const LevelOf& level_of) {
  Plan plan;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (line.empty() || line == "\r") continue;
    Result<Step> step = read_step(line, name);
    if (!step) return bad_line(name, number, step.error().message());
    if (std::string fault = fault_of(*step, tool, level_of); !fault.empty())
      return bad_line(name, number, std::move(fault));
    if (plan.run.empty()) plan.run = step->run;
    if (step->run.empty() || step->run != plan.run)
      return bad_line(name, number, "the step belongs to another plan");
    plan.actions.push_back(std::move(step->action));
  }
  if (plan.actions.empty()) return fail(Error(ErrorCode::kData, "the plan has no steps").at(name));
  return plan;
}

PlanCounts count(std::span<const Action> actions) {
  PlanCounts counts;
  for (const Action& action : actions)
    ++(action.level == Level::kSevere ? counts.severe : counts.reversible);
  return counts;
}

}  // namespace quarry::actions
