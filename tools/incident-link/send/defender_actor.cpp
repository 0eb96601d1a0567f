#include "tools/incident-link/send/defender_actor.h"

#include "common/json/object_writer.h"
#include "common/net/pause.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::incident_link {
namespace {

using actions::Action;
using actions::ActResult;
using journal::State;
using services::incidents::AlertInput;
using services::incidents::FoundAlert;
using services::incidents::Sent;

/// So long a new alert may stay invisible to Graph (seconds).
constexpr double kPatience = 300;
constexpr double kFirstWait = 2;
constexpr double kLongestWait = 60;
/// Clocks of two machines differ.
constexpr double kSkew = 300;
constexpr int kAttempts = 2;
constexpr std::size_t kLongestComment = 1000;

AlertInput alert_of(const Action& action, const SendingInput& input, const std::string& incident) {
  AlertInput alert{
      .title = input.alert.title,
      .severity = input.alert.severity,
      .category = input.alert.category,
      .description = full_text(action, input, services::incidents::kLongestDescription),
      .recommended_actions = input.alert.recommended_action,
      .techniques = input.alert.techniques,
      .entities = {},
      .incident = incident,
      .workspace = input.workspace};
  for (const Entity& entity : input.entities)
    alert.entities.push_back({.type = entity.type,
                              .identifier = entity.id,
                              .value = entity.value,
                              .impacted = entity.role == Role::kImpacted});
  return alert;
}

ActResult unknown(std::string message) {
  return {.state = State::kUnknown, .message = std::move(message)};
}

ActResult failed(const Error& error) {
  return {
      .state = State::kFailed, .message = error.message(), .code = error.code(), .stop_all = true};
}

Datetime instant(double wall) {
  return Datetime{kUnixEpochTicks + static_cast<std::int64_t>(wall * kTicksPerSecond)};
}

/// When the intent was written, by the session's clock.
double wall_of(const journal::Entry& entry) {
  const auto at = parse_datetime(entry.stamp.at);
  if (!at) return 0;
  return static_cast<double>(at->ticks - kUnixEpochTicks) / static_cast<double>(kTicksPerSecond);
}

}  // namespace

DefenderActor::DefenderActor(DefenderContext context)
    : context_(std::move(context)),
      incidents_(context_.http, context_.graph),
      references_(context_.http, context_.mde),
      incident_(context_.target.is_new() ? context_.made : context_.target.incident) {}

std::vector<ShownRequest> DefenderActor::requests_of(const Action& action) {
  const SendingInput input = sending_input_of(action);
  const AlertInput alert = alert_of(action, input, incident_);
  if (action.name == kCommentIncident)
    return {{"POST", incidents_.comments_url(incident_),
             incidents_.comment_body(full_text(action, input, kLongestComment))}};
  if (action.name == kCreateAlert)
    return {{"POST", incidents_.create_alert_url(), services::incidents::create_alert_body(alert)}};
  return {{"POST", references_.url(),
           services::incidents::reference_body(
               alert, {input.machine_id, input.event_time, input.report_id})},
          {"POST", incidents_.move_url(),
           incidents_.move_body("the alert's id", incident_, marker_of(action))}};
}

Result<void> DefenderActor::settle_incident() {
  if (settled_ || incident_.empty()) return ok();
  Result<services::incidents::Incident> found = incidents_.incident(incident_);
  // Who may make alerts need not be allowed to read incidents.
  if (!found && found.error().code() != ErrorCode::kAuth) return fail(found.error());
  if (!found) {
    context_.warn(fmt::format("whether incident {} was merged cannot be told: {}", incident_,
                              found.error().message()));
  } else if (found->id != incident_) {
    context_.warn(
        fmt::format("incident {} was merged into {}: linked there", incident_, found->id));
    incident_ = found->id;
  }
  settled_ = true;
  return ok();
}

ActResult DefenderActor::perform(const Action& action) {
  if (const Result<void> settled = settle_incident(); !settled) return failed(settled.error());
  if (action.name == kCommentIncident) return comment(action);
  return action.name == kReferenceAlert ? refer(action) : create(action);
}

Result<bool> DefenderActor::poll(double until, const std::function<Result<bool>()>& look) {
  for (double wait = kFirstWait;; wait = std::min(wait * 2, kLongestWait)) {
    QUARRY_TRY(const bool found, look());
    const double left = until - context_.clock.wall();
    if (found || left <= 0) return found;
    QUARRY_CHECK(net::pause(context_.clock, net::Seconds(std::min(wait, left)), context_.cancel));
  }
}

Result<std::optional<FoundAlert>> DefenderActor::wait_for_alert(const Action& action, double since,
                                                                double until) {
  std::optional<FoundAlert> alert;
  QUARRY_TRY([[maybe_unused]] const bool found, poll(until, [&]() -> Result<bool> {
               QUARRY_TRY(alert, incidents_.find_alert(marker_of(action), incident_,
                                                       instant(since - kSkew)));
               return alert.has_value();
             }));
  return alert;
}

Result<std::optional<FoundAlert>> DefenderActor::wait_until_visible(const std::string& id) {
  std::optional<FoundAlert> alert;
  QUARRY_TRY([[maybe_unused]] const bool found,
             poll(context_.clock.wall() + kPatience, [&]() -> Result<bool> {
               QUARRY_TRY(alert, incidents_.alert(id));
               return alert.has_value();
             }));
  return alert;
}

ActResult DefenderActor::linked(const FoundAlert& alert, int status,
                                const std::string& request_id) {
  if (incident_.empty()) {
    incident_ = alert.incident;
    settled_ = true;
  }
  json::ObjectWriter after;
  after.text("incident", alert.incident).text_if("alert", alert.id).text_if("url", alert.url);
  return {.state = State::kDone, .status = status, .request_id = request_id, .after = after.take()};
}

ActResult DefenderActor::refused(const Sent& sent) const {
  ActResult result = failed_result(sent);
  if (sent.status != 400 && sent.status != 403 && sent.status != 404) return result;
  result.message +=
      "; createAlert is in beta, and not every tenant and cloud has it: --via reference takes rows "
      "of devices and starts an automated investigation for each, --via comment takes any row";
  if (sent.status == 404) result.stop_all = true;
  return result;
}

/// An answer that is lost says nothing: the alert is looked for, as long as Graph may hide it,
/// before it is asked for again.
ActResult DefenderActor::make_alert(const Action& action, const AlertWay& way) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const double since = context_.clock.wall();
    const Sent sent = way.send();
    const std::optional<FoundAlert> made = way.read(sent.body);
    if (sent.is_done() && made) return way.finish(*made, sent);
    if (!sent.is_done() && !sent.is_uncertain) return way.refuse(sent);
    const auto found = wait_for_alert(action, since, since + kPatience);
    if (!found)
      return unknown(fmt::format("the answer was lost, and it cannot be looked up: {}",
                                 found.error().message()));
    if (*found) return way.finish(**found, sent);
  }
  return unknown("no answer, twice, and no alert is to be found; run it again later");
}

ActResult DefenderActor::create(const Action& action) {
  const AlertInput alert = alert_of(action, sending_input_of(action), incident_);
  if (const Result<void> good = services::incidents::check(alert); !good) {
    ActResult result = failed(good.error());
    result.stop_all = false;
    return result;
  }
  const std::string body = services::incidents::create_alert_body(alert);
  return make_alert(
      action,
      {.send = [&] { return incidents_.create_alert(body); },
       .read =
           [](const std::string& answer) {
             return services::incidents::DefenderIncidents::read_alert(answer);
           },
       .finish = [this](const FoundAlert& made,
                        const Sent& sent) { return linked(made, sent.status, sent.request_id); },
       .refuse = [this](const Sent& sent) { return refused(sent); }});
}

/// Joining an open alert of the same title twice changes nothing, so asking again does no harm.
ActResult DefenderActor::refer(const Action& action) {
  const SendingInput input = sending_input_of(action);
  const std::string body = services::incidents::reference_body(
      alert_of(action, input, incident_), {input.machine_id, input.event_time, input.report_id});
  return make_alert(
      action,
      {.send = [&] { return references_.create(body); },
       .read = [](const std::string& answer) -> std::optional<FoundAlert> {
         const std::string id = services::incidents::ReferenceAlerts::read_id(answer);
         return id.empty() ? std::nullopt : std::optional(FoundAlert{.id = id, .incident = {}});
       },
       .finish = [&](const FoundAlert& made, const Sent&) { return move(made, input); },
       .refuse =
           [](const Sent& sent) {
             ActResult result = failed_result(sent);
             if (sent.status == 404)
               result.message +=
                   "; no event has this DeviceId, ReportId and time, or it is older than 30 days";
             return result;
           }});
}

ActResult DefenderActor::move(const FoundAlert& alert, const SendingInput& input) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const auto visible = wait_until_visible(alert.id);
    if (!visible || !*visible)
      return unknown(fmt::format(
          "alert {} is made but not moved: {}", alert.id,
          visible ? "Graph does not show it yet; run it again" : visible.error().message()));
    if (!incident_.empty() && (*visible)->incident == incident_) return linked(**visible, 0, "");
    const Sent sent =
        incidents_.move_alert(incidents_.move_body(alert.id, incident_, "case " + input.alert.id));
    FoundAlert moved = **visible;
    moved.incident = incidents_.read_target(sent.body);
    if (sent.is_done() && !moved.incident.empty())
      return linked(moved, sent.status, sent.request_id);
    if (!sent.is_uncertain) {
      ActResult result = failed_result(sent);
      result.message = fmt::format("alert {} is made but not moved: {}", alert.id, result.message);
      return result;
    }
  }
  return unknown(fmt::format("alert {} is made, and the answer to moving it was lost", alert.id));
}

ActResult DefenderActor::comment(const Action& action) {
  if (incident_.empty())
    return failed(Error(ErrorCode::kUsage, "a comment needs an incident that exists"));
  const SendingInput input = sending_input_of(action);
  const std::string body = incidents_.comment_body(full_text(action, input, kLongestComment));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const Sent sent = incidents_.add_comment(incident_, body);
    const FoundAlert none{.id = {}, .incident = incident_};
    if (sent.is_done()) return linked(none, sent.status, sent.request_id);
    if (!sent.is_uncertain) return failed_result(sent);
    const auto found = incidents_.has_comment(incident_, marker_of(action));
    if (!found)
      return unknown(fmt::format("the answer was lost, and it cannot be looked up: {}",
                                 found.error().message()));
    if (*found) return linked(none, sent.status, sent.request_id);
  }
  return unknown("no answer, twice, and no comment is to be found; run it again later");
}

/// Whatever is found is done; what is not found after the time that Graph may need was never made.
Result<std::optional<ActResult>> DefenderActor::look_up(const Action& action,
                                                        const journal::Entry& intent) {
  QUARRY_CHECK(settle_incident());
  if (action.name == kCommentIncident) {
    QUARRY_TRY(const bool found, incidents_.has_comment(incident_, marker_of(action)));
    if (!found) return std::optional<ActResult>();
    return std::optional(linked({.id = {}, .incident = incident_}, 0, ""));
  }
  const double since = wall_of(intent);
  QUARRY_TRY(const std::optional<FoundAlert> found,
             wait_for_alert(action, since, since + kPatience));
  if (!found) return std::optional<ActResult>();
  ActResult result = action.name == kReferenceAlert ? move(*found, sending_input_of(action))
                                                    : linked(*found, 0, "");
  result.message = result.state == State::kDone ? "found, made by an earlier run" : result.message;
  return std::optional(std::move(result));
}

}  // namespace quarry::incident_link
