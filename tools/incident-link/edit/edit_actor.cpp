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
  std::optional<Sent> sent;      // of the change; none: it was so already
  std::optional<Error> trouble;  // why nobody knows whether it was changed
};

ActResult edited(const Action& action, const EditInput& input, const Outcome& outcome) {
  // The incident that it was at last: a merged one is not edited any more.
  Target target = target_of_json(action.target);
  target.incident = outcome.incident;
  const Action undo = undo_of(target, input, outcome.before);
  json::ObjectWriter after;
  after.text("incident", outcome.incident)
      .raw("before", services::incidents::to_json(outcome.before));
  if (!outcome.trouble) after.boolean("changed", outcome.sent.has_value());
  ActResult result{.state = State::kDone, .after = after.take()};
  if (!edit_input_of(undo).edit.is_empty()) result.undo = actions::undo_json(undo);
  if (outcome.sent) {
    result.status = outcome.sent->status;
    result.request_id = outcome.sent->request_id;
  }
  if (outcome.trouble) {
    result.state = State::kUnknown;
    result.code = outcome.trouble->code();
    result.message = fmt::format("nobody knows whether the incident was changed: {}; run it again",
                                 outcome.trouble->message());
  }
  return result;
}

/// The change is there, or may be; what came behind it, `trouble`, is not. The way back is kept.
ActResult half_done(ActResult change, const ActResult& trouble, bool was_sent) {
  change.state = trouble.state;
  change.status = trouble.status;
  change.request_id = trouble.request_id;
  change.code = trouble.code;
  change.stop_all = trouble.stop_all;
  change.message = was_sent ? "the incident was changed, but: " + trouble.message : trouble.message;
  return change;
}

/// Where an answer was lost, it is looked for before it is sent again.
Sent comment_once(DefenderIncidents& incidents, const std::string& id, const std::string& body,
                  const std::string& marker) {
  Sent sent;
  for (int i = 0;; ++i) {
    const Result<bool> there = incidents.has_comment(id, marker);
    if (there && *there) return Sent{};
    if (!there) {
      sent.error = there.error();
      return sent;  // as uncertain as it was
    }
    if (i == kAttempts) return sent;
    sent = incidents.add_comment(id, body);
    if (!sent.is_uncertain) return sent;
  }
}

SentinelIncidents sentinel_of(const EditContext& context, const Target& target) {
  return {context.http, context.arm, target.place};
}

bool lost_race(const Sent& sent) { return sent.status == 409 || sent.status == 412; }

/// Changes it until a look says that it is changed. `look` reads the incident, `send` changes it.
/// An error where nothing was changed for certain.
template <class Found>
Result<Outcome> change(const IncidentEdit& wanted, const std::function<Result<Found>()>& look,
                       const std::function<IncidentEdit(const Found&)>& standing,
                       const std::function<Sent(const Found&)>& send) {
  Outcome outcome;
  std::optional<Error> lost;  // of the last request that may have been done
  for (int i = 0;; ++i) {
    const Result<Found> found = look();
    if (!found && !lost) return fail(found.error());
    if (!found) lost = found.error();
    if (!found) break;
    const IncidentEdit there = standing(*found);
    if (i == 0) outcome.before = there;
    if (services::incidents::way_back(wanted, there).is_empty()) return outcome;
    if (i == kAttempts && lost) break;
    if (i == kAttempts) return fail(*outcome.sent->error);
    outcome.sent = send(*found);
    if (outcome.sent->is_done()) return outcome;
    if (outcome.sent->is_uncertain) {
      lost = outcome.sent->error;
    } else if (!lost_race(*outcome.sent)) {
      if (!lost) return fail(*outcome.sent->error);
      break;
    }
  }
  outcome.trouble = std::move(lost);
  return outcome;
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
  ActResult result = edited(action, input, *outcome);
  if (result.state != State::kDone || input.comment.empty()) return result;
  const Sent sent =
      comment_once(incidents, id, DefenderIncidents::comment_body(comment_text(action, input)),
                   marker_of(action));
  if (sent.is_done()) return result;
  return half_done(std::move(result), failed_result(sent), outcome->sent.has_value());
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
  ActResult result = edited(action, input, *outcome);
  if (result.state != State::kDone || input.comment.empty()) return result;
  const Sent sent =
      incidents.put({comment_path(action, input, incident.id),
                     services::incidents::sentinel_comment_body(comment_text(action, input))});
  if (sent.is_done()) return result;
  return half_done(std::move(result), failed_result(sent), outcome->sent.has_value());
}

}  // namespace quarry::incident_link
