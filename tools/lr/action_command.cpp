// lr action: machine actions for many devices; lr undo: the plan that takes them back.
#include "common/actions/undo.h"
#include "common/auth/connect.h"
#include "common/base/suggest.h"
#include "common/base/text.h"
#include "tools/lr/act/acting.h"
#include "tools/lr/act/machine_actor.h"
#include "tools/lr/log/run_file.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/targets/targets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace quarry::lr {
namespace {

constexpr std::string_view kSha1Member = "Sha1";

Result<const Verb*> verb_of(const cli::Invocation& invocation) {
  const std::string& name = invocation.arguments()[0];
  if (const Verb* const verb = find_verb(name)) return verb;
  std::vector<std::string_view> names;
  for (const Verb& verb : kVerbs) names.push_back(verb.name);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = fmt::format("{}", fmt::join(names, ", "));
  return fail(ErrorCode::kUsage, fmt::format("unknown action '{}'", name), hint);
}

bool is_sha1(std::string_view text) {
  return text.size() == 40 && std::all_of(text.begin(), text.end(), [](char c) {
           return text::is_ascii_digit(c) ||
                  (text::ascii_lower(c) >= 'a' && text::ascii_lower(c) <= 'f');
         });
}

Result<std::string> value_of(const cli::Invocation& invocation, const Verb& verb) {
  const std::string& sha1 = invocation.text("sha1");
  const bool wants_file = verb.member == kSha1Member;
  if (wants_file && !is_sha1(sha1))
    return fail(ErrorCode::kUsage, fmt::format("{} needs the file's SHA-1", verb.name),
                "--sha1 40-HEX-DIGITS");
  if (!wants_file && !sha1.empty())
    return fail(ErrorCode::kUsage, fmt::format("{} takes no --sha1", verb.name));
  const std::string& type = invocation.text("type");
  if (type.empty()) {
    if (wants_file) return sha1;
    return verb.values.empty() ? std::string() : std::string(verb.values.front());
  }
  if (verb.values.empty())
    return fail(ErrorCode::kUsage, fmt::format("{} takes no --type", verb.name));
  for (const std::string_view known : verb.values) {
    if (text::iequals_ascii(known, type)) return std::string(known);
  }
  std::string hint = did_you_mean(type, verb.values);
  if (hint.empty()) hint = fmt::format("{}", fmt::join(verb.values, ", "));
  return fail(ErrorCode::kUsage, fmt::format("{} knows no type '{}'", verb.name, type), hint);
}

/// What the command line asks for, before anybody is asked about it.
struct Wish {
  const Verb* verb = nullptr;
  std::string value;
};

Result<Wish> read_wish(const cli::Invocation& invocation) {
  if (invocation.arguments().empty())
    return fail(ErrorCode::kUsage, "no action is named", "lr action isolate --machine NAME");
  QUARRY_TRY(const Verb* const verb, verb_of(invocation));
  QUARRY_TRY(std::string value, value_of(invocation, *verb));
  return Wish{verb, std::move(value)};
}

Result<actions::Plan> plan_of(cli::Invocation& invocation, auth::Session& session, const Api& api,
                              const Wish& wish) {
  QUARRY_CHECK(auth::check_permission(session, wish.verb->need));
  QUARRY_TRY(const Targets targets, find_targets(invocation, session.http(), api));
  if (!targets.unknown.empty())
    return fail(Error(ErrorCode::kData, targets.unknown.front().why,
                      "nothing was done; name devices that the tenant has")
                    .at(targets.unknown.front().place));
  actions::Plan plan;
  for (const Target& target : targets.targets)
    plan.actions.push_back(machine_action(*wish.verb, target.machine.id, target.machine.name,
                                          wish.value, session.connection().tenant));
  return plan;
}

}  // namespace

Result<int> action_command(cli::Invocation& invocation) {
  const auto words = invocation.arguments();
  const auto is_meant = [&words](const std::string& name) {
    return find_verb(name) != nullptr && (words.empty() || words[0] == name);
  };
  QUARRY_TRY(std::optional<actions::Plan> plan, known_plan(invocation, is_meant));
  Wish wish;
  if (!plan) {
    QUARRY_TRY(wish, read_wish(invocation));
  }
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint mde, session->need(auth::Service::kMde));
  const Api api(mde.url, mde.scope);
  if (!plan) {
    QUARRY_TRY(plan, plan_of(invocation, *session, api, wish));
  }
  return act(invocation, *session, *std::move(plan),
             [&](const std::string& reason, const std::string& run) {
               return std::make_unique<MachineActor>(*session, api, reason, run);
             });
}

Result<int> undo_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string run, find_run(invocation, invocation.arguments()[0]));
  QUARRY_TRY(const std::vector<journal::Entry> entries, read_entries(invocation, run));
  const actions::UndoPlan undo = actions::undo_plan(entries, run);
  if (undo.irreversible > 0)
    invocation.run_context().warn(
        fmt::format("{} acts of the run cannot be taken back", undo.irreversible));
  if (undo.plan.actions.empty())
    return fail(ErrorCode::kData, fmt::format("nothing that {} did can be taken back", run));
  Diagnostic note;
  note.level = Level::kNote;
  note.message = "nothing was done";
  note.hint = undo_words(run);
  invocation.diagnostics().add(std::move(note));
  return cli::show_text(invocation, actions::to_text(undo.plan, "lr"));
}

}  // namespace quarry::lr
