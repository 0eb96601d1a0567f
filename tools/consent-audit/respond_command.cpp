// consent-audit respond FINDING…: block, revoke, mark; delete last. A plan until --apply.
#include "common/actions/gate.h"
#include "common/actions/plan_file.h"
#include "common/actions/runner.h"
#include "common/actions/undo.h"
#include "common/auth/connect.h"
#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/private_file.h"
#include "common/cli/confirm.h"
#include "common/cli/result_output.h"
#include "common/cli/safe_text.h"
#include "common/journal/chain.h"
#include "common/json/object_writer.h"
#include "tools/consent-audit/consent_audit_app.h"
#include "tools/consent-audit/respond/case_folder.h"
#include "tools/consent-audit/respond/culprits.h"
#include "tools/consent-audit/respond/graph_actor.h"
#include "tools/consent-audit/respond/plan_builder.h"
#include "tools/consent-audit/respond/plan_text.h"
#include "tools/consent-audit/respond/result_lines.h"
#include "tools/consent-audit/tenant/answers.h"
#include "tools/consent-audit/tenant/load_tenant.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <vector>

namespace quarry::consent_audit {
namespace {

using actions::Action;
using actions::ActResult;

/// A session, and Graph through it.
struct Online {
  std::unique_ptr<auth::Session> session;
  std::unique_ptr<services::Graph> graph;
};

Result<Online> go_online(cli::Invocation& invocation) {
  Online online;
  QUARRY_TRY(online.session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint endpoint, online.session->need(auth::Service::kGraph));
  online.graph =
      std::make_unique<services::Graph>(online.session->http(), endpoint.url, endpoint.scope);
  return online;
}

/// An id may be that of the application or that of its service principal.
Result<Tenant> ask_about(services::Graph& graph, const std::vector<Culprit>& culprits,
                         bool with_policy) {
  Tenant tenant;
  const auto take = [&tenant](std::string_view body, const std::string& name) {
    return add_answer(tenant, body, name);
  };
  for (const Culprit& culprit : culprits) {
    std::string sp_id = culprit.sp_id;
    if (!culprit.app_id.empty()) {
      QUARRY_TRY(const std::string found, find_service_principal(graph, culprit.app_id));
      if (!found.empty()) sp_id = found;
    }
    if (!sp_id.empty()) QUARRY_CHECK(collect_app(graph, sp_id, take));
  }
  QUARRY_CHECK(collect_users(graph, tenant, take));
  if (!with_policy) return tenant;
  QUARRY_TRY([[maybe_unused]] const CollectReport report,
             collect(graph, Extent::kConsentPolicy, take));
  return tenant;
}

/// `status`: 3 where the saved answers that the plan was made from are incomplete.
Result<Response> make_plan(cli::Invocation& invocation, std::optional<Online>& online,
                           int& status) {
  const std::string& consent = invocation.text("user-consent");
  std::vector<Culprit> culprits;
  if (consent.empty() || !invocation.arguments().empty()) {
    QUARRY_TRY(Culprits read, read_culprits(invocation.arguments()));
    if (read.nameless > 0)
      invocation.run_context().warn(
          fmt::format("{} {} no application, and no step of the plan is about {}", read.nameless,
                      read.nameless == 1 ? "finding names" : "findings name",
                      read.nameless == 1 ? "it" : "them"));
    culprits = std::move(read.all);
  }
  ResponseOptions options{.run = journal::make_run_id(system_ticks_now()),
                          .tenant = {},
                          .case_id = {},
                          .final = invocation.flag("final"),
                          .first_party = invocation.flag("first-party"),
                          .require_assignment = invocation.flag("require-assignment"),
                          .remove_secrets = invocation.flag("remove-secrets")};
  if (!consent.empty())
    options.user_consent = consent == "off" ? UserConsent::kOff : UserConsent::kLow;
  QUARRY_TRY(const CaseFolder folder, case_folder(invocation, options.run));
  options.case_id = folder.case_id;
  Tenant tenant;
  if (!invocation.text("from").empty()) {
    const Extent needed = culprits.empty() ? Extent::kConsentPolicy : Extent::kGrants;
    QUARRY_TRY(LoadedTenant loaded, load_tenant(invocation, needed));
    status = loaded.status;
    tenant = std::move(loaded.tenant);
    options.tenant = tenant.id;
  } else {
    QUARRY_TRY(online, go_online(invocation));
    options.tenant = online->session->connection().tenant;
    QUARRY_TRY(tenant, ask_about(*online->graph, culprits, options.user_consent.has_value()));
  }
  return plan_response(tenant, culprits, options);
}

Result<Response> read_or_make(cli::Invocation& invocation, std::optional<Online>& online,
                              int& status) {
  std::string file = invocation.text("plan");
  const std::string& resumed = invocation.text("resume");
  if (file.empty() && resumed.empty()) return make_plan(invocation, online, status);
  if (!invocation.arguments().empty() || !invocation.text("user-consent").empty())
    return fail(ErrorCode::kUsage, "a plan, and more to respond to, at once",
                "the plan says already what is done; make one plan of both");
  if (!resumed.empty()) {
    QUARRY_TRY(const CaseFolder folder, case_folder(invocation, resumed));
    file = folder.plan;
  }
  QUARRY_TRY(const std::string text, read_file(file));
  QUARRY_TRY(actions::Plan plan,
             actions::read_plan(text, file, invocation.app().name,
                                [](const Action& action) { return level_of(action); }));
  return Response{.plan = std::move(plan), .notes = {}};
}

/// What `run` wrote into a timeline.
Result<std::vector<journal::Entry>> entries_of(const std::string& run,
                                               const std::string& timeline) {
  QUARRY_TRY(const std::string text, read_file(timeline));
  QUARRY_TRY(journal::Chain chain, journal::read_chain(text, timeline));
  std::erase_if(chain.entries,
                [&run](const journal::Entry& entry) { return entry.stamp.run != run; });
  return std::move(chain.entries);
}

Result<void> write_undo(const CaseFolder& folder, const std::string& run, std::string_view tool) {
  QUARRY_TRY(const std::vector<journal::Entry> own, entries_of(run, folder.timeline));
  const actions::UndoPlan undo = actions::undo_plan(own, run);
  return undo.plan.actions.empty()
             ? ok()
             : write_private_file(folder.undo, actions::to_text(undo.plan, tool));
}

/// Everything behind the run, whatever of it fails: what was done is told, and the way back kept.
Result<int> close_run(cli::Invocation& invocation, const actions::RunSummary& summary,
                      journal::Journal& journal, const CaseFolder& folder, const std::string& run,
                      ResultLines& lines) {
  const std::string tool(invocation.app().name);
  journal::Record manual{.op = journal::Op::kNote, .case_id = folder.case_id};
  manual.more = {{"text", json::quoted(kManualBan)}};
  const Result<void> noted = journal.append(manual);
  const Result<void> undo = write_undo(folder, run, tool);
  lines.write(lines.as_text() ? summary_text(summary, folder, run)
                              : actions::to_json(summary, tool, run) + "\n");
  const Result<void> told = lines.finish();
  if (summary.stopped_by && !summary.is_complete())
    invocation.diagnostics().add(*summary.stopped_by);
  else if (summary.first_failure)
    invocation.diagnostics().add(*summary.first_failure);
  int status = actions::exit_status_of(summary);
  const Result<void>* const rest[]{&noted, &undo, &told};
  for (const Result<void>* const one : rest) {
    if (*one) continue;
    invocation.diagnostics().add(one->error());
    if (status == 0)
      status = exit_status(summary.done + summary.already > 0 ? ErrorCode::kPartial
                                                              : one->error().code());
  }
  return status;
}

Result<int> apply(cli::Invocation& invocation, const Response& response,
                  std::optional<Online>& online, const std::string& reason) {
  const std::string& run = response.plan.run;
  QUARRY_TRY(const CaseFolder folder, case_folder(invocation, run));
  if (!online) {
    QUARRY_TRY(online, go_online(invocation));
  }
  const std::string& tenant = online->session->connection().tenant;
  for (const Action& action : response.plan.actions) {
    if (!action.tenant.empty() && !tenant.empty() && action.tenant != tenant)
      return fail(ErrorCode::kRefused,
                  fmt::format("the plan is for tenant {}, and this is {}", action.tenant, tenant),
                  "--profile or --tenant");
  }
  QUARRY_TRY(ResultLines lines, ResultLines::open(invocation));
  QUARRY_TRY(journal::Journal journal, open_timeline(invocation, folder.timeline, run));
  QUARRY_CHECK(
      write_private_file(folder.plan, actions::to_text(response.plan, invocation.app().name)));
  GraphActor actor(*online->graph, journal.earlier(), folder.evidence);
  actions::Runner runner(response.plan.actions, actor, journal,
                         {.reason = reason,
                          .case_id = folder.case_id,
                          .cancel = &invocation.cancel(),
                          .on_result = [&lines](const Action& action, const ActResult& result) {
                            lines.add(action, result);
                          }});
  const actions::RunSummary summary = runner.run();
  return close_run(invocation, summary, journal, folder, run, lines);
}

}  // namespace

Result<int> respond_command(cli::Invocation& invocation) {
  std::optional<Online> online;
  int status = 0;
  QUARRY_TRY(const Response response, read_or_make(invocation, online, status));
  QUARRY_TRY(const actions::GateSettings gate,
             actions::read_gate_settings(invocation.run_context().look_up,
                                         invocation.streams().stdin_is_terminal));
  if (status != 0 && gate.apply && !gate.dry_run)
    return fail(
        ErrorCode::kRefused, "the plan would leave out what the saved answers do not hold",
        "leave out --from to ask the tenant, or save all answers: consent-audit export DIR");
  const bool as_text = invocation.format() == "table";
  if (gate.apply && !gate.dry_run && gate.may_ask && !gate.yes)
    cli::tell_people(plan_text(response));
  cli::TerminalConfirmer confirmer(invocation.app().name, invocation.cancel());
  QUARRY_TRY(const actions::Decision decision,
             actions::decide(actions::count(response.plan.actions), gate, confirmer));
  if (decision == actions::Decision::kAct) return apply(invocation, response, online, gate.reason);
  for (const std::string& note : response.notes) {
    Diagnostic diagnostic;
    diagnostic.level = quarry::Level::kNote;
    diagnostic.message = note;
    if (!as_text) invocation.diagnostics().add(std::move(diagnostic));
  }
  QUARRY_TRY(
      const int shown,
      cli::show_text(invocation, as_text ? plan_text(response)
                                         : actions::to_text(response.plan, invocation.app().name)));
  return status != 0 ? status : shown;
}

Result<int> undo_command(cli::Invocation& invocation) {
  const std::string& run = invocation.arguments()[0];
  QUARRY_TRY(const CaseFolder folder, case_folder(invocation, run));
  QUARRY_TRY(const std::vector<journal::Entry> own, entries_of(run, folder.timeline));
  if (own.empty())
    return fail(Error(ErrorCode::kData, fmt::format("no run {} in the timeline", run),
                      "consent-audit timeline --case DIR lists them")
                    .at(folder.timeline));
  const actions::UndoPlan undo = actions::undo_plan(own, run);
  if (undo.irreversible > 0) {
    Diagnostic diagnostic;
    diagnostic.level = quarry::Level::kNote;
    diagnostic.message = fmt::format("{} steps cannot be taken back (sessions, secrets, evidence)",
                                     undo.irreversible);
    invocation.diagnostics().add(std::move(diagnostic));
  }
  return cli::show_text(invocation, actions::to_text(undo.plan, invocation.app().name));
}

}  // namespace quarry::consent_audit
