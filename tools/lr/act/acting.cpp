#include "tools/lr/act/acting.h"

#include "common/actions/gate.h"
#include "common/actions/runner.h"
#include "common/base/clock.h"
#include "common/cli/confirm.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "tools/lr/act/plan_tenant.h"
#include "tools/lr/input.h"
#include "tools/lr/log/run_file.h"
#include "tools/lr/log/run_log.h"
#include "tools/lr/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace quarry::lr {
namespace {

constexpr std::array<RecordColumn, 6> kColumns{{{"run", Type::kString, Shown::kInFiles},
                                                {"action"},
                                                {"target", Type::kDynamic},
                                                {"state"},
                                                {"action_id"},
                                                {"error"}}};

std::string record_of(const actions::Action& action, const actions::ActResult& result,
                      const std::string& run) {
  const bool done = result.state == journal::State::kDone;
  json::ObjectWriter writer;
  writer.text("_type", "lr.action")
      .text("run", run)
      .text("action", action.name)
      .raw("target", action.target)
      .text("state", journal::name_of(result.state));
  std::string id = "null";
  if (const auto after = json::Document::parse(result.after, "after");
      after && after->root().find("action_id").as_string())
    id = json::quoted(*after->root().find("action_id").as_string());
  writer.raw("action_id", id);
  writer.raw("error", done ? "null" : json::quoted(result.message));
  return writer.take();
}

std::string plan_text(const actions::Plan& plan) {
  std::string out;
  for (const actions::Action& action : plan.actions)
    out += fmt::format("{:<10} {}\n", actions::name_of(action.level), action.what);
  return out + "nothing was done; --apply does it\n";
}

Result<int> show(cli::Invocation& invocation, const actions::Plan& plan) {
  const bool as_text = invocation.format() != "ndjson" && invocation.output_file().empty();
  return cli::show_text(invocation, as_text ? plan_text(plan) : actions::to_text(plan, "lr"));
}

/// How to take back what can be taken back, to be copied as it is.
void tell_way_back(cli::Invocation& invocation, const actions::Plan& plan) {
  const bool can = std::any_of(plan.actions.begin(), plan.actions.end(),
                               [](const actions::Action& action) { return !action.undo.empty(); });
  if (!can) return;
  Diagnostic note;
  note.level = quarry::Level::kNote;
  note.message = fmt::format("run {} can be taken back", plan.run);
  note.hint = undo_words(plan.run);
  invocation.diagnostics().add(std::move(note));
}

}  // namespace

std::string undo_words(const std::string& run) {
  return fmt::format("lr undo {} > u; lr action --plan u --apply", run);
}

Result<std::optional<actions::Plan>> known_plan(
    cli::Invocation& invocation, const std::function<bool(const std::string&)>& known) {
  const std::string& file = invocation.text("plan");
  const std::string& run = invocation.text("resume");
  if (file.empty() && run.empty()) return std::optional<actions::Plan>();
  QUARRY_CHECK(check_names_nothing_else(invocation));
  actions::Plan plan;
  if (!file.empty()) {
    QUARRY_TRY(const std::string text, read_text_input(invocation, file));
    QUARRY_TRY(plan, actions::read_plan(text, input_name(file), "lr"));
  } else {
    QUARRY_TRY(RunHistory history, read_run(invocation, run));
    plan = std::move(history.plan);
  }
  for (const actions::Action& action : plan.actions) {
    if (!known(action.name))
      return fail(Error(ErrorCode::kUsage,
                        fmt::format("the plan's '{}' is not for this command", action.name))
                      .at(file.empty() ? run : input_name(file)));
  }
  return std::optional(std::move(plan));
}

Result<int> act(cli::Invocation& invocation, auth::Session& session, actions::Plan plan,
                const MakeActor& make_actor) {
  const config::RunContext context = invocation.run_context();
  if (plan.actions.empty())
    return fail(ErrorCode::kData, "nothing is to be done: the plan is empty");
  QUARRY_CHECK(check_tenant(plan, session));
  if (plan.run.empty()) plan.run = journal::make_run_id(system_ticks_now());
  QUARRY_TRY(const actions::GateSettings gate,
             actions::read_gate_settings(context.look_up, invocation.streams().stdin_is_terminal));
  invocation.print_diagnostics();
  cli::TerminalConfirmer confirmer(invocation.app().name, invocation.cancel());
  QUARRY_TRY(const actions::Decision decision,
             actions::decide(actions::count(plan.actions), gate, confirmer));
  if (decision == actions::Decision::kPlanOnly) return show(invocation, plan);
  QUARRY_TRY(const std::unique_ptr<RecordOutput> output, RecordOutput::open(invocation, kColumns));
  QUARRY_TRY(journal::Journal journal, open_run(invocation, plan.run, session.clock()));
  if (journal.earlier().empty()) QUARRY_CHECK(journal.append(plan_records(plan, gate.reason)));
  Result<void> said = ok();
  const std::unique_ptr<actions::Actor> actor = make_actor(gate.reason, plan.run);
  actions::Runner runner(
      plan.actions, *actor, journal,
      {.reason = gate.reason,
       .cancel = context.cancel,
       .on_result = [&](const actions::Action& action, const actions::ActResult& result) {
         if (said) said = output->add(record_of(action, result, plan.run));
       }});
  const actions::RunSummary summary = runner.run();
  // What was done is told, and how to take it back, also where the results cannot be written.
  tell_way_back(invocation, plan);
  if (summary.first_failure) invocation.diagnostics().add(*summary.first_failure);
  if (said) said = output->end_with(actions::to_json(summary, "lr", plan.run));
  if (said) said = output->finish();
  if (!said)
    return fail(Error(said.error().code(), said.error().message(),
                      fmt::format("what was done stands in the journal: lr status {}", plan.run)));
  return actions::exit_status_of(summary);
}

}  // namespace quarry::lr
