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
#include "common/journal/chain.h"
#include "common/json/object_writer.h"
#include "tools/consent-audit/consent_audit_app.h"
#include "tools/consent-audit/respond/case_folder.h"
#include "tools/consent-audit/respond/culprits.h"
#include "tools/consent-audit/respond/graph_actor.h"
#include "tools/consent-audit/respond/plan_builder.h"
#include "tools/consent-audit/respond/plan_text.h"
#include "tools/consent-audit/tenant/answers.h"
#include "tools/consent-audit/tenant/load_tenant.h"

#include <fmt/format.h>

#include <cstdio>

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
  QUARRY_TRY(actions::Plan plan, actions::read_plan(text, file, invocation.app().name));
  return Response{.plan = std::move(plan), .notes = {}};
}

void print_result(const Action& action, const ActResult& result, bool as_text) {
  if (as_text) {
    fmt::print("{:<8}{}{}\n", journal::name_of(result.state), action.what,
               result.message.empty() ? "" : ": " + result.message);
    std::fflush(stdout);
    return;
  }
  json::ObjectWriter writer;
  writer.text("_type", "consent.action")
      .text("action", action.name)
      .text("what", action.what)
      .raw_if("target", action.target)
      .text("state", journal::name_of(result.state));
  if (result.status != 0) writer.number("status", result.status);
  writer.text_if("message", result.message)
      .raw_if("before", action.before)
      .raw_if("after", result.after)
      .text_if("request_id", result.request_id);
  fmt::print("{}\n", writer.take());
  std::fflush(stdout);
}

Result<void> write_undo(const journal::Journal& journal, const CaseFolder& folder,
                        const std::string& run, std::string_view tool) {
  std::vector<journal::Entry> own;
  QUARRY_TRY(const std::string text, read_file(folder.timeline));
  QUARRY_TRY(const journal::Chain chain, journal::read_chain(text, journal.options().path));
  for (const journal::Entry& entry : chain.entries)
    if (entry.stamp.run == run) own.push_back(entry);
  const actions::UndoPlan undo = actions::undo_plan(own, run);
  return undo.plan.actions.empty()
             ? ok()
             : write_private_file(folder.undo, actions::to_text(undo.plan, tool));
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
  QUARRY_TRY(journal::Journal journal, open_timeline(invocation, folder.timeline, run));
  QUARRY_CHECK(
      write_private_file(folder.plan, actions::to_text(response.plan, invocation.app().name)));
  GraphActor actor(*online->graph, journal.earlier(), folder.evidence);
  const bool as_text = invocation.format() == "table";
  actions::Runner runner(response.plan.actions, actor, journal,
                         {.reason = reason,
                          .case_id = folder.case_id,
                          .cancel = &invocation.cancel(),
                          .on_result = [as_text](const Action& action, const ActResult& result) {
                            print_result(action, result, as_text);
                          }});
  const actions::RunSummary summary = runner.run();
  journal::Record manual{.op = journal::Op::kNote, .case_id = folder.case_id};
  manual.more = {{"text", json::quoted(kManualBan)}};
  QUARRY_CHECK(journal.append(manual));
  QUARRY_CHECK(write_undo(journal, folder, run, invocation.app().name));
  if (as_text) {
    fmt::print("{}", summary_text(summary, folder, run));
  } else {
    fmt::print("{}\n", actions::to_json(summary, invocation.app().name, run));
  }
  if (summary.stopped_by && !summary.is_complete())
    invocation.diagnostics().add(*summary.stopped_by);
  return actions::exit_status_of(summary);
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
    fmt::print(stderr, "{}", plan_text(response));
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
  QUARRY_TRY(const std::string text, read_file(folder.timeline));
  QUARRY_TRY(const journal::Chain chain, journal::read_chain(text, folder.timeline));
  std::vector<journal::Entry> own;
  for (const journal::Entry& entry : chain.entries)
    if (entry.stamp.run == run) own.push_back(entry);
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
