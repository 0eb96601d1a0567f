// lr action: machine actions for many devices; lr undo: the plan that takes them back.
#include "common/actions/undo.h"
#include "common/auth/connect.h"
#include "common/base/suggest.h"
#include "common/base/text.h"
#include "tools/lr/act/acting.h"
#include "tools/lr/act/machine_actor.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/run/run_file.h"
#include "tools/lr/targets/targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace quarry::lr {
namespace {

Result<const Verb*> verb_of(const cli::Invocation& invocation) {
  const std::string& name = invocation.arguments()[0];
  if (const Verb* const verb = find_verb(name)) return verb;
  std::vector<std::string_view> names;
  for (const Verb& verb : kVerbs) names.push_back(verb.name);
  std::string hint = did_you_mean(name, names);
  if (hint.empty())
    hint = "isolate, release, scan, package, restrict, unrestrict, stop-quarantine, investigate";
  return fail(ErrorCode::kUsage, fmt::format("unknown action '{}'", name), hint);
}

bool is_sha1(std::string_view text) {
  return text.size() == 40 && std::all_of(text.begin(), text.end(), [](char c) {
           return text::is_ascii_digit(c) ||
                  (text::ascii_lower(c) >= 'a' && text::ascii_lower(c) <= 'f');
         });
}

Result<std::string> value_of(const cli::Invocation& invocation, const Verb& verb) {
  if (verb.member == "Sha1") {
    if (is_sha1(invocation.text("sha1"))) return invocation.text("sha1");
    return fail(ErrorCode::kUsage, "stop-quarantine needs the file's SHA-1",
                "--sha1 40-HEX-DIGITS");
  }
  const std::string& type = invocation.text("type");
  if (type.empty()) return std::string(verb.otherwise);
  if (verb.member.empty())
    return fail(ErrorCode::kUsage, fmt::format("{} takes no --type", verb.name));
  return type;
}

Result<actions::Plan> plan_of(cli::Invocation& invocation, auth::Session& session, const Api& api) {
  if (!invocation.text("plan").empty())
    return plan_from_file(invocation,
                          [](const std::string& name) { return find_verb(name) != nullptr; });
  if (invocation.arguments().empty())
    return fail(ErrorCode::kUsage, "no action is named", "lr action isolate --machine NAME");
  QUARRY_TRY(const Verb* const verb, verb_of(invocation));
  QUARRY_TRY(const std::string value, value_of(invocation, *verb));
  QUARRY_CHECK(auth::check_permission(session, verb->need));
  QUARRY_TRY(const Targets targets, find_targets(invocation, session.http(), api));
  if (!targets.unknown.empty())
    return fail(ErrorCode::kData, targets.unknown.front(),
                "nothing was done; name devices that the tenant has");
  actions::Plan plan{.run = invocation.text("resume"), .actions = {}};
  for (const Target& target : targets.targets)
    plan.actions.push_back(machine_action(*verb, target.machine.id, target.machine.name, value,
                                          session.connection().tenant));
  return plan;
}

}  // namespace

Result<int> action_command(cli::Invocation& invocation) {
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint mde, session->need(auth::Service::kMde));
  const Api api(mde.url, mde.scope);
  QUARRY_TRY(actions::Plan plan, plan_of(invocation, *session, api));
  return act(invocation, *session, std::move(plan),
             [&](const std::string& reason, const std::string& run) {
               return std::make_unique<MachineActor>(*session, api, reason, run);
             });
}

Result<int> undo_command(cli::Invocation& invocation) {
  const std::string& run = invocation.arguments()[0];
  QUARRY_TRY(const std::vector<journal::Entry> entries, read_entries(invocation, run));
  const actions::UndoPlan undo = actions::undo_plan(entries, run);
  if (undo.irreversible > 0)
    invocation.run_context().warn(
        fmt::format("{} acts of the run cannot be taken back", undo.irreversible));
  return cli::show_text(invocation, actions::to_text(undo.plan, "lr"));
}

}  // namespace quarry::lr
