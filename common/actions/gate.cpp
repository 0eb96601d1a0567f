#include "common/actions/gate.h"

#include "common/base/text.h"

#include <fmt/format.h>

namespace quarry::actions {
namespace {

std::string in_words(const PlanCounts& counts) {
  std::string text =
      fmt::format("{} severe {}", counts.severe, counts.severe == 1 ? "act" : "acts");
  if (counts.reversible > 0) text += fmt::format(" and {} reversible", counts.reversible);
  return text;
}

Result<void> confirm_severe(const PlanCounts& counts, const GateSettings& settings,
                            Confirmer& confirmer) {
  if (settings.reason.empty())
    return fail(ErrorCode::kRefused, fmt::format("{} without a reason", in_words(counts)),
                "give --reason; it is kept in the journal");
  if (settings.yes) {
    if (settings.max_targets) return ok();
    return fail(ErrorCode::kRefused, "--yes needs a limit beside it",
                fmt::format("--yes --max-targets {}", counts.all()));
  }
  if (!settings.may_ask)
    return fail(ErrorCode::kRefused,
                fmt::format("{} need a confirmation, and nobody can be asked", in_words(counts)),
                fmt::format("in scripts: --yes --max-targets {}", counts.all()));
  QUARRY_TRY(const bool confirmed, confirmer.type_count(fmt::format("{}: type {} to go on",
                                                                    in_words(counts), counts.all()),
                                                        counts.all()));
  if (confirmed) return ok();
  return fail(ErrorCode::kRefused, "not confirmed; nothing was changed");
}

}  // namespace

Result<GateSettings> read_gate_settings(const config::LookUp& look_up, bool stdin_is_terminal) {
  const auto flag = [&look_up](std::string_view name) { return look_up(name).text() == "true"; };
  GateSettings settings{.apply = flag("apply"),
                        .dry_run = flag("dry-run"),
                        .yes = flag("yes"),
                        .may_ask = stdin_is_terminal && !flag("no-input"),
                        .reason = look_up("reason").text()};
  const config::Setting limit = look_up("max-targets");
  if (!limit.is_set()) return settings;
  const auto number = text::parse_int64(limit.text());
  if (!number || *number < 0)
    return fail(ErrorCode::kUsage, "--max-targets takes a number",
                fmt::format("set by {}", limit.origin));
  settings.max_targets = static_cast<std::uint64_t>(*number);
  return settings;
}

Result<Decision> decide(const PlanCounts& counts, const GateSettings& settings,
                        Confirmer& confirmer) {
  if (settings.dry_run || !settings.apply) return Decision::kPlanOnly;
  if (settings.max_targets && counts.all() > *settings.max_targets) {
    return fail(ErrorCode::kRefused,
                fmt::format("the plan has {} targets, and --max-targets allows {}", counts.all(),
                            *settings.max_targets),
                "look at the plan; raise the limit if it is right");
  }
  if (counts.severe > 0) QUARRY_CHECK(confirm_severe(counts, settings, confirmer));
  return Decision::kAct;
}

}  // namespace quarry::actions
