#include "tools/incident-link/edit/edit_actor.h"

#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "tools/incident-link/send/sending.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace quarry::incident_link {
namespace {

using actions::Action;
using actions::ActResult;
using journal::State;
using services::incidents::DefenderIncidents;
using services::incidents::Incident;
using services::incidents::IncidentEdit;
using services::incidents::Put;
using services::incidents::Sent;
using services::incidents::SentinelIncident;
using services::incidents::SentinelIncidents;

/// Answers get lost, people change things at the same moment: look again, and once more.
constexpr int kAttempts = 3;

ActResult failed(const Error& error) {
  ActResult result{.state = State::kFailed, .message = error.message(), .code = error.code()};
  if (!error.hint().empty()) result.message += "; " + error.hint();
  return result;
}

std::string comment_text(const Action& action, const EditInput& input) {
  return fmt::format("{}\n{}", input.comment, marker_of(action));
}

std::string comment_path(const Action& action, const EditInput& input, const std::string& guid) {
  return fmt::format(
      "incidents/{}/comments/{}", guid,
      services::incidents::name_guid(input.case_id, "comment:" + actions::key_of(action)));
}

/// What came out, and how to take it back. `before`: of the first look.
struct Outcome {
  std::string incident;  // as people call it
  IncidentEdit before;
  std::optional<Sent> sent;  // of the change; none: it was so already
};

ActResult edited(const Action& action, const EditInput& input, const Outcome& outcome) {
  // The incident that it was at last: a merged one is not edited any more.
  Target target = target_of_json(action.target);
  target.incident = outcome.incident;
  const Action undo = undo_of(target, input, outcome.before);
  json::ObjectWriter after;
  after.text("incident", outcome.incident)
      .raw("before", services::incidents::to_json(outcome.before))
      .boolean("changed", outcome.sent.has_value());
  ActResult result{.state = State::kDone, .after = after.take()};
  if (!edit_input_of(undo).edit.is_empty()) result.undo = actions::undo_json(undo);
  if (outcome.sent) {
    result.status = outcome.sent->status;
    result.request_id = outcome.sent->request_id;
  }
  return result;
}

/// The change is there, its comment is not.
ActResult half_done(ActResult result, const Outcome& outcome) {
  if (outcome.sent) result.message = "the incident was changed, but: " + result.message;
  return result;
}

/// Where an answer was lost, it is looked for before it is sent again.
Result<Sent> comment_once(DefenderIncidents& incidents, const std::string& id,
                          const std::string& body, const std::string& marker) {
  Sent sent;
  for (int i = 0;; ++i) {
    QUARRY_TRY(const bool there, incidents.has_comment(id, marker));
    if (there) return Sent{};
    if (i == kAttempts) return sent;
    sent = incidents.add_comment(id, body);
    if (!sent.is_uncertain) return sent;
  }
}

SentinelIncidents sentinel_of(const EditContext& context, const Target& target) {
  return {context.http, context.arm, target.place};
}

bool lost_race(const Sent& sent) { return sent.status == 409 || sent.status == 412; }

/// Changes it until a look says that it is changed. `look` reads the incident, `change` sends.
template <class Found>
Result<Outcome> change(const IncidentEdit& wanted, const std::function<Result<Found>()>& look,
                       const std::function<IncidentEdit(const Found&)>& standing,
                       const std::function<Sent(const Found&)>& send) {
  Outcome outcome;
  std::optional<Error> trouble;
  for (int i = 0; i < kAttempts; ++i) {
    QUARRY_TRY(const Found found, look());
    const IncidentEdit there = standing(found);
    if (i == 0) outcome.before = there;
    if (services::incidents::way_back(wanted, there).is_empty()) return outcome;
    outcome.sent = send(found);
    if (outcome.sent->is_done()) return outcome;
    trouble = outcome.sent->error;
    if (!outcome.sent->is_uncertain && !lost_race(*outcome.sent)) break;
  }
  return fail(*trouble);
}

}  // namespace

std::vector<ShownRequest> EditActor::requests_of(const Action& action) {
  const EditInput input = edit_input_of(action);
  const Target target = target_of_json(action.target);
  std::vector<ShownRequest> shown;
  if (target.kind == TargetKind::kDefender) {
    const DefenderIncidents incidents(context_.http, context_.graph);
    if (!input.edit.is_empty())
      shown.push_back({"PATCH", incidents.incident_url(target.incident),
                       services::incidents::defender_edit_body(input.edit)});
    if (!input.comment.empty())
      shown.push_back({"POST", incidents.comments_url(target.incident),
                       DefenderIncidents::comment_body(comment_text(action, input))});
    return shown;
  }
  const SentinelIncidents incidents = sentinel_of(context_, target);
  if (!input.edit.is_empty())
    shown.push_back({"PUT", incidents.url("incidents/" + target.incident),
                     services::incidents::sentinel_edit_body(json::Node(), input.edit)});
  if (!input.comment.empty())
    shown.push_back({"PUT", incidents.url(comment_path(action, input, target.incident)),
                     services::incidents::sentinel_comment_body(comment_text(action, input))});
  return shown;
}

ActResult EditActor::perform(const Action& action) {
  const Target target = target_of_json(action.target);
  return target.kind == TargetKind::kSentinel ? edit_sentinel(action, target)
                                              : edit_defender(action, target);
}

ActResult EditActor::edit_defender(const Action& action, const Target& target) {
  const EditInput input = edit_input_of(action);
  DefenderIncidents incidents(context_.http, context_.graph);
  std::string id = target.incident;
  Result<Outcome> outcome = change<Incident>(
      input.edit,
      [&]() -> Result<Incident> {
        QUARRY_TRY(Incident found, incidents.incident(id));
        if (found.id != id)
          context_.warn(fmt::format("incident {} was merged into {}: changed there", id, found.id));
        id = found.id;
        return found;
      },
      [](const Incident& found) { return found.standing; },
      [&](const Incident& found) {
        return incidents.edit(found.id, services::incidents::defender_edit_body(input.edit));
      });
  if (!outcome) return failed(outcome.error());
  outcome->incident = id;
  if (!input.comment.empty()) {
    const Result<Sent> sent =
        comment_once(incidents, id, DefenderIncidents::comment_body(comment_text(action, input)),
                     marker_of(action));
    if (!sent) return half_done(failed(sent.error()), *outcome);
    if (!sent->is_done()) return half_done(failed_result(*sent), *outcome);
  }
  return edited(action, input, *outcome);
}

ActResult EditActor::edit_sentinel(const Action& action, const Target& target) {
  const EditInput input = edit_input_of(action);
  IncidentEdit wanted = input.edit;
  // Sentinel has no such word; the case keeps it.
  if (std::exchange(wanted.determination, std::nullopt))
    context_.warn("Sentinel knows no determination: it is kept in the case only");
  SentinelIncidents incidents = sentinel_of(context_, target);
  SentinelIncident incident;
  Result<Outcome> outcome = change<SentinelIncident>(
      wanted,
      [&]() -> Result<SentinelIncident> {
        QUARRY_TRY(const auto found, incidents.find(target.incident));
        if (!found)
          return fail(ErrorCode::kRemote,
                      fmt::format("the workspace has no incident {}", target.incident));
        incident = *found;
        return *found;
      },
      [](const SentinelIncident& found) {
        const auto properties = json::Document::parse(found.properties, "incident");
        return properties ? services::incidents::sentinel_standing(properties->root())
                          : IncidentEdit();
      },
      [&](const SentinelIncident& found) {
        const auto properties = json::Document::parse(found.properties, "incident");
        return incidents.put_once({"incidents/" + found.id,
                                   services::incidents::sentinel_edit_body(
                                       properties ? properties->root() : json::Node(), wanted),
                                   found.etag});
      });
  if (!outcome) return failed(outcome.error());
  outcome->incident = incident.number.empty() ? incident.id : incident.number;
  if (!input.comment.empty()) {
    const Sent sent =
        incidents.put({comment_path(action, input, incident.id),
                       services::incidents::sentinel_comment_body(comment_text(action, input))});
    if (!sent.is_done()) return half_done(failed_result(sent), *outcome);
  }
  return edited(action, input, *outcome);
}

}  // namespace quarry::incident_link
