#include "tools/lr/act/machine_actor.h"

#include "common/base/digest.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/services/live_response/machine_action.h"
#include "common/services/live_response/refusal.h"
#include "tools/lr/act/undelivered.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::lr {
namespace {

using actions::Action;
using actions::ActResult;
using journal::State;

std::string member_of(const std::string& json, std::string_view key) {
  const auto document = json::Document::parse(json, "step");
  return document ? std::string(document->root().find(key).as_string().value_or("")) : "";
}

}  // namespace

Action machine_action(const Verb& verb, const std::string& device_id, const std::string& device,
                      const std::string& value, const std::string& tenant) {
  json::ObjectWriter parameters;
  if (!verb.member.empty()) parameters.text(verb.member, value);
  Action action{
      .name = std::string(verb.name),
      .tenant = tenant,
      .level = verb.level,
      .what = fmt::format("{} {}", verb.name, device),
      .target = json::ObjectWriter().text("device_id", device_id).text("device", device).take(),
      .parameters = parameters.take()};
  if (const Verb* const back = find_verb(verb.undo))
    action.undo = actions::undo_json(machine_action(*back, device_id, device, "", tenant));
  return action;
}

std::string MachineActor::comment() const { return fmt::format("{} [quarry {}]", reason_, run_); }

std::string MachineActor::body_of(const Action& action) const {
  const Verb* const verb = find_verb(action.name);
  json::ObjectWriter body;
  body.text("Comment", comment());
  if (verb != nullptr && !verb->member.empty())
    body.text(verb->member, member_of(action.parameters, verb->member));
  return body.take();
}

std::string MachineActor::request_of(const Action& action) {
  const Verb* const verb = find_verb(action.name);
  return json::ObjectWriter()
      .text("method", "POST")
      .text("url",
            fmt::format("{}/api/machines/{}/{}", api_.url(), member_of(action.target, "device_id"),
                        verb == nullptr ? action.name : verb->path))
      .text("body_sha256", hex_digest(DigestKind::kSha256, body_of(action)))
      .take();
}

/// Whose answer was lost is found by its comment.
Result<std::optional<ActResult>> MachineActor::look_up(const Action& action,
                                                       const journal::Entry&) {
  const Verb* const verb = find_verb(action.name);
  if (verb == nullptr || verb->type.empty())
    return fail(ErrorCode::kRemote, "the service does not list what was begun",
                "look at the device in the portal");
  QUARRY_TRY(const net::Response response,
             session_.http().call(api_.actions(
                 fmt::format("type eq '{}' and machineId eq {}", verb->type,
                             live_response::odata_text(member_of(action.target, "device_id"))))));
  if (!response.is_success())
    return fail(live_response::explain(response, "list machine actions", "Machine.Read.All"));
  QUARRY_TRY(const auto found, live_response::parse_actions(response.body));
  const std::string tag = fmt::format("[quarry {}]", run_);
  for (const live_response::MachineAction& one : found) {
    if (one.comment.find(tag) == std::string::npos) continue;
    return std::optional(ActResult{.state = State::kDone,
                                   .message = "found done",
                                   .after = json::ObjectWriter().text("action_id", one.id).take()});
  }
  return std::optional<ActResult>();
}

void MachineActor::start(const Action& action, std::function<void(ActResult)> done) {
  const Verb* const verb = find_verb(action.name);
  ++in_flight_;
  session_.http().start(
      api_.act(member_of(action.target, "device_id"),
               verb == nullptr ? std::string_view(action.name) : verb->path, body_of(action)),
      [this, action, done = std::move(done)](const net::Outcome& outcome) {
        --in_flight_;
        done(result_of(action, outcome));
      });
}

ActResult MachineActor::result_of(const Action& action, const net::Outcome& outcome) const {
  if (!outcome.result) return undelivered(outcome);
  const net::Response& response = *outcome.result;
  ActResult result{.status = response.status, .request_id = response.request_id()};
  if (response.is_success()) {
    result.state = State::kDone;
    if (const auto made = live_response::parse_action(response.body))
      result.after = json::ObjectWriter().text("action_id", made->id).take();
    return result;
  }
  const live_response::Refusal refusal = live_response::classify(response);
  const Verb* const verb = find_verb(action.name);
  const Error error = live_response::explain(
      response, action.what, verb == nullptr ? std::string_view() : verb->need.any_of[0]);
  result.message = error.message();
  result.code = error.code();
  // "Already in progress": what was wanted is under way.
  result.state = refusal == live_response::Refusal::kBusy      ? State::kDone
                 : refusal == live_response::Refusal::kFailing ? State::kUnknown
                                                               : State::kFailed;
  result.stop_all = refusal == live_response::Refusal::kStop;
  return result;
}

}  // namespace quarry::lr
