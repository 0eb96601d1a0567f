#include "tools/incident-link/edit/edit_job.h"

#include "common/actions/plan_file.h"
#include "common/actions/runner.h"
#include "common/auth/connect.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/unicode.h"
#include "common/io/sink.h"
#include "common/json/object_writer.h"
#include "common/net/curl_http.h"
#include "common/value/dynamic.h"
#include "tools/incident-link/edit/edit_action.h"
#include "tools/incident-link/edit/edit_actor.h"
#include "tools/incident-link/link/case_folder.h"
#include "tools/incident-link/link/link_settings.h"
#include "tools/incident-link/send/acting.h"
#include "tools/incident-link/send/outcome.h"
#include "tools/incident-link/send/send_job.h"

#include <fmt/format.h>

#include <unistd.h>

#include <optional>
#include <utility>

namespace quarry::incident_link {
namespace {

using actions::Action;
using actions::ActResult;
using services::incidents::IncidentEdit;

Result<void> print_line(io::Sink& out, bool for_people, const std::string& text) {
  return out.write((for_people ? unicode::escape_for_terminal(text) : text) + "\n");
}

/// kUsage where the service has no word for it.
Result<void> check_words(const Target& target, const IncidentEdit& edit) {
  if (target.kind == TargetKind::kDefender && edit.status == "new")
    return fail(ErrorCode::kUsage, "an incident of Defender cannot be made new again",
                "it is active or closed");
  return ok();
}

Result<void> check_endpoint(const Target& target, const auth::Connection& connection) {
  QUARRY_CHECK(auth::need_endpoint(connection, target.kind == TargetKind::kSentinel
                                                   ? auth::Service::kArm
                                                   : auth::Service::kGraph));
  return ok();
}

EditContext context_of(net::Http& http, const auth::Connection& connection,
                       const config::RunContext& context) {
  return {.http = http,
          .graph = connection.endpoint(auth::Service::kGraph),
          .arm = connection.endpoint(auth::Service::kArm),
          .warn = context.warn};
}

Result<int> show_plan(cli::Invocation& invocation, const actions::Plan& plan) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const auth::Connection connection, connection_of(context));
  io::Sink out(STDOUT_FILENO, "stdout");
  const bool for_people = invocation.streams().stdout_is_terminal;
  net::CurlHttp wire({});
  EditActor actor(context_of(wire, connection, context));
  for (const Action& action : plan.actions) {
    const Target target = target_of_json(action.target);
    QUARRY_CHECK(check_endpoint(target, connection));
    if (invocation.flag("dry-run")) {
      const std::string_view note =
          target.kind == TargetKind::kSentinel ? "beside what the incident holds" : "";
      for (const ShownRequest& request : actor.requests_of(action))
        QUARRY_CHECK(print_line(out, false, to_json(request, note)));
    } else {
      QUARRY_CHECK(print_line(out, for_people,
                              for_people
                                  ? action.what + " (--apply does it)"
                                  : actions::to_plan_line(action, "incident-link", plan.run)));
    }
  }
  QUARRY_CHECK(out.finish());
  return 0;
}

/// The case follows the incident, where it has the same word for it.
Result<void> follow(CaseFile& file, const EditInput& input) {
  const IncidentEdit& edit = input.edit;
  if (edit.is_empty() && input.comment.empty()) return ok();
  if (edit.is_empty()) return file.add_note(input.comment);
  CaseHead head = file.state().head();
  if (edit.status && is_status(*edit.status)) head.status = *edit.status;
  if (edit.assigned_to) head.assigned_to = *edit.assigned_to;
  if (edit.classification) head.classification = *edit.classification;
  if (edit.determination) head.determination = *edit.determination;
  return head == file.state().head() ? ok() : file.change_head(std::move(head), input.comment);
}

/// What of an act the case follows: all of it, the change alone where its comment failed.
std::optional<EditInput> followed_by(const Action& action, const ActResult& result) {
  EditInput input = edit_input_of(action);
  if (result.state == journal::State::kDone) return input;
  if (DynamicView(result.after).member("changed").json() != "true") return std::nullopt;
  input.comment.clear();
  return input;
}

std::string outcome_json(const Action& action, const ActResult& result) {
  const EditInput input = edit_input_of(action);
  json::ObjectWriter writer;
  writer.text("_type", "incident.edit")
      .text("case", input.folder)
      .raw("target", action.target)
      .raw("changes", services::incidents::to_json(input.edit))
      .text("state", journal::name_of(result.state))
      .raw_if("result", result.after)
      .text_if("message", result.message);
  return writer.take();
}

/// All acts of a plan are of one case.
Result<int> apply(cli::Invocation& invocation, const actions::Plan& plan) {
  const config::RunContext context = invocation.run_context();
  const EditInput first = edit_input_of(plan.actions.front());
  const Target target = target_of_json(plan.actions.front().target);
  QUARRY_TRY(const auto session, auth::connect_one(context));
  QUARRY_CHECK(check_endpoint(target, session->connection()));
  if (target.kind == TargetKind::kDefender && target.place != session->connection().tenant)
    return fail(ErrorCode::kRefused, fmt::format("the plan is for tenant '{}', not for '{}'",
                                                 target.place, session->connection().tenant));
  QUARRY_TRY(const actions::GateSettings gate, pass_gate(invocation, actions::count(plan.actions)));
  CaseHead head = new_head({});
  head.id = first.case_id;
  head.title = in_words(target);
  QUARRY_TRY(CaseFile file, open_acting_case(first.folder, head, plan.run, session->clock()));
  if (!file.note().empty()) context.warn(file.note());
  EditActor actor(context_of(session->http(), session->connection(), context));
  io::Sink out(STDOUT_FILENO, "stdout");
  const bool for_people = invocation.streams().stdout_is_terminal;
  // A reader who has gone away keeps nothing from being done.
  Result<void> written = ok();
  std::vector<EditInput> done;
  actions::Runner runner(
      plan.actions, actor, file.journal(),
      {.reason = gate.reason,
       .case_id = file.state().head().id,
       .cancel = context.cancel,
       .on_result = [&](const Action& action, const ActResult& result) {
         const std::string words = outcome_in_words(action, result);
         if (written)
           written = print_line(out, for_people, for_people ? words : outcome_json(action, result));
         if (const bool is_done = result.state == journal::State::kDone; !is_done)
           context.say(words);
         if (auto followed = followed_by(action, result)) done.push_back(*std::move(followed));
       }});
  const actions::RunSummary summary = runner.run();
  if (written && !for_people)
    written = print_line(out, false, actions::to_json(summary, "incident-link", plan.run));
  if (written) written = out.finish();
  for (const EditInput& input : done) QUARRY_CHECK(follow(file, input));
  if (!written && written.error().code() != ErrorCode::kReaderGone) return fail(written.error());
  return actions::exit_status_of(summary);
}

Result<int> show_or_apply(cli::Invocation& invocation, const actions::Plan& plan) {
  const bool act = invocation.flag("apply") && !invocation.flag("dry-run");
  return act ? apply(invocation, plan) : show_plan(invocation, plan);
}

}  // namespace

bool is_online_edit(const cli::Invocation& invocation) { return !invocation.text("to").empty(); }

Result<int> edit_online(cli::Invocation& invocation, const IncidentEdit& edit,
                        const std::string& comment) {
  if (!invocation.text("plan").empty() || !invocation.text("resume").empty())
    return fail(ErrorCode::kUsage, "a plan is done by: incident-link --plan FILE --apply",
                "runs are gone on with by running them again");
  LinkSettings settings;
  QUARRY_TRY(settings.target, parse_target(invocation.text("to"), false));
  QUARRY_CHECK(check_words(*settings.target, edit));
  QUARRY_TRY(settings.workspace, given_workspace(invocation));
  QUARRY_CHECK(check_workspace(settings));
  if (!case_path(invocation).empty()) {
    QUARRY_TRY(settings.folder, given_case(invocation));
    if (!is_case(settings.folder)) return fail(no_case_in(settings.folder));
  }
  QUARRY_TRY(const auth::Connection connection, connection_of(invocation.run_context()));
  settings.target->place =
      settings.target->kind == TargetKind::kSentinel ? settings.workspace : connection.tenant;
  QUARRY_TRY(const std::string folder, case_folder_of(settings, invocation.environment()));
  QUARRY_TRY(const CaseState state, case_if_any(folder));
  actions::Plan plan{.run = journal::make_run_id(system_ticks_now()), .actions = {}};
  plan.actions.push_back(
      edit_action(*settings.target, {.case_id = state.is_empty() ? random_guid() : state.head().id,
                                     .folder = folder,
                                     .run = plan.run,
                                     .edit = edit,
                                     .comment = comment}));
  return show_or_apply(invocation, plan);
}

bool is_edit_plan(const actions::Plan& plan) { return plan.actions.front().name == kEditIncident; }

Result<int> edit_by_plan(cli::Invocation& invocation, const actions::Plan& plan) {
  return show_or_apply(invocation, plan);
}

}  // namespace quarry::incident_link
