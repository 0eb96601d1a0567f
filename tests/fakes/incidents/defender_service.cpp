#include "tests/fakes/incidents/defender_service.h"

#include "common/base/text.h"
#include "common/time/format.h"
#include "common/time/parse.h"
#include "tests/fakes/incidents/body_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace quarry::fakes {
namespace {

constexpr std::array<net::Window, 1> kReferenceWindows{{{15, 60}}};
constexpr net::ApiLimit kReferenceLimit{"mde.createAlert", kReferenceWindows};

Rule graph_rule(std::vector<std::string> permissions) {
  return {.credentials = Credentials::kToken,
          .audience = DefenderService::kGraph,
          .permissions = std::move(permissions)};
}

std::string instant(double wall) {
  return to_string(Datetime{kUnixEpochTicks + static_cast<std::int64_t>(wall * kTicksPerSecond)});
}

Reply bad_request(std::string_view problem) { return error_reply(400, "BadRequest", problem); }

/// "[link:0123456789abcdef]" of a text.
std::string marker_in(const std::string& text) {
  const std::size_t start = text.rfind("[link:");
  const std::size_t end = start == std::string::npos ? start : text.find(']', start);
  return end == std::string::npos ? "" : text.substr(start, end + 1 - start);
}

}  // namespace

DefenderService::DefenderService(Cloud& cloud) : cloud_(cloud) {
  incidents_["29001"] = {.title = "multi-stage incident", .redirect = {}, .comments = {}};
  incidents_["29002"] = {.title = "merged", .redirect = "29001", .comments = {}};
  incidents_["29003"] = {.title = "another incident", .redirect = {}, .comments = {}};
  const Rule read_alerts =
      graph_rule({"SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All",
                  "SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"});
  const Rule read_incidents =
      graph_rule({"SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"});
  cloud_.add("POST", "/beta/security/alerts_v2/createAlert",
             graph_rule({"SecurityAlert.Create.All"}),
             [this](const Request& request, const Captures&) { return create_alert(request); });
  cloud_.add("POST", "/v1.0/security/alerts_v2/moveAlerts", graph_rule({"SecurityData.Manage.All"}),
             [this](const Request& request, const Captures&) { return move_alerts(request); });
  cloud_.add("GET", "/v1.0/security/alerts_v2", read_alerts,
             [this](const Request& request, const Captures&) { return list_alerts(request); });
  cloud_.add("GET", "/v1.0/security/alerts_v2/{id}", read_alerts,
             [this](const Request&, const Captures& at) { return show_alert(at.at("id")); });
  cloud_.add("GET", "/v1.0/security/incidents/{id}", read_incidents,
             [this](const Request& request, const Captures& at) {
               return show_incident(request, at.at("id"));
             });
  cloud_.add("PATCH", "/v1.0/security/incidents/{id}",
             graph_rule({"SecurityIncident.ReadWrite.All"}),
             [this](const Request& request, const Captures& at) {
               return edit_incident(request, at.at("id"));
             });
  cloud_.add("POST", "/v1.0/security/incidents/{id}/comments",
             graph_rule({"SecurityIncident.ReadWrite.All"}),
             [this](const Request& request, const Captures& at) {
               return add_comment(request, at.at("id"));
             });
  cloud_.add(
      "POST", "/api/alerts/CreateAlertByReference",
      {.credentials = Credentials::kToken,
       .audience = kMde,
       .permissions = {"Alert.ReadWrite.All"},
       .limit = &kReferenceLimit},
      [this](const Request& request, const Captures&) { return create_by_reference(request); });
}

std::vector<FakeAlert> DefenderService::alerts() const {
  const std::lock_guard lock(mutex_);
  return alerts_;
}

std::map<std::string, FakeIncident> DefenderService::incidents() const {
  const std::lock_guard lock(mutex_);
  return incidents_;
}

std::vector<std::string> DefenderService::report() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> lines;
  for (const auto& [id, incident] : incidents_) {
    const auto count = std::count_if(alerts_.begin(), alerts_.end(),
                                     [&id = id](const auto& one) { return one.incident == id; });
    if (count + static_cast<std::ptrdiff_t>(incident.comments.size()) > 0)
      lines.push_back(
          fmt::format("incident {}: {} alerts, {} comments", id, count, incident.comments.size()));
    if (incident.edits > 0)
      lines.push_back(fmt::format("incident {} changed {} times: {}, {}, {}, '{}'", id,
                                  incident.edits, incident.status, incident.classification,
                                  incident.determination, incident.assigned_to));
  }
  for (const FakeAlert& alert : alerts_)
    lines.push_back(fmt::format("alert in {}: {} {} {} ({} events)", alert.incident, alert.source,
                                alert.title, marker_in(alert.description), alert.events));
  return lines;
}

std::string DefenderService::new_incident(const std::string& title) {
  const std::string id = std::to_string(next_incident_++);
  incidents_[id] = {.title = title, .redirect = {}, .comments = {}};
  return id;
}

FakeAlert& DefenderService::add_alert(FakeAlert alert) {
  alert.id = fmt::format("{}{}", alert.source == "manual" ? "ml" : "da", next_alert_++);
  alert.created = cloud_.clock().wall();
  alerts_.push_back(std::move(alert));
  return alerts_.back();
}

bool DefenderService::is_visible(const FakeAlert& alert) const {
  return cloud_.clock().wall() - alert.created >= kHidden;
}

FakeAlert* DefenderService::visible(const std::string& id) {
  for (FakeAlert& alert : alerts_) {
    if (alert.id == id && is_visible(alert)) return &alert;
  }
  return nullptr;
}

std::string DefenderService::json_of(const FakeAlert& alert) const {
  return fmt::format(
      R"({{"id":{},"providerAlertId":{},"incidentId":{},"title":{},"description":{},"status":"new",)"
      R"("serviceSource":"microsoft365Defender","detectionSource":{},"createdDateTime":{},)"
      R"("alertWebUrl":{}}})",
      quoted(alert.id), quoted(alert.source + "_" + alert.id), quoted(alert.incident),
      quoted(alert.title), quoted(alert.description), quoted(alert.source),
      quoted(instant(alert.created)), quoted("https://security.example/alerts/" + alert.id));
}

Reply DefenderService::create_alert(const Request& request) {
  const auto body = body_of(request);
  if (!body) return bad_request("no JSON object");
  const json::Node input = body->root().find("createAlertInput");
  if (const std::string problem = problem_of_alert(input); !problem.empty())
    return bad_request(problem);
  const std::lock_guard lock(mutex_);
  const auto link = input.find("linkToIncident").as_int64();
  std::string incident = link ? std::to_string(*link) : "";
  if (link && !incidents_.contains(incident))
    return error_reply(404, "ResourceNotFound", "no such incident");
  if (link && !incidents_[incident].redirect.empty()) {
    cloud_.violation("an alert was linked to an incident that is redirected");
    return error_reply(404, "ResourceNotFound", "the incident was merged");
  }
  const std::string title = text_member(input, "title");
  if (!link) incident = new_incident(title);
  return json_reply(json_of(add_alert({.id = {},
                                       .incident = incident,
                                       .title = title,
                                       .description = text_member(input, "description"),
                                       .machine = {},
                                       .source = "manual"})),
                    201);
}

Reply DefenderService::create_by_reference(const Request& request) {
  const auto body = body_of(request);
  if (!body) return bad_request("no JSON object");
  if (const std::string problem = problem_of_reference(body->root()); !problem.empty())
    return bad_request(problem);
  // The one report that no event has.
  if (text_member(body->root(), "reportId") == "404404")
    return error_reply(404, "ResourceNotFound", "no such event");
  const std::string machine = text_member(body->root(), "machineId");
  const std::string title = text_member(body->root(), "title");
  const std::lock_guard lock(mutex_);
  const auto same = std::find_if(alerts_.begin(), alerts_.end(), [&](const FakeAlert& alert) {
    return alert.open && alert.machine == machine && alert.title == title;
  });
  FakeAlert* alert = same == alerts_.end() ? nullptr : &*same;
  if (alert != nullptr) {
    ++alert->events;
  } else {
    alert = &add_alert({.id = {},
                        .incident = new_incident(title),
                        .title = title,
                        .description = text_member(body->root(), "description"),
                        .machine = machine,
                        .source = "customTi"});
  }
  return json_reply(fmt::format(R"({{"id":{},"incidentId":{},"machineId":{},"title":{}}})",
                                quoted(alert->id), alert->incident, quoted(machine),
                                quoted(title)));
}

Reply DefenderService::list_alerts(const Request& request) {
  constexpr std::string_view kSince = "createdDateTime ge ";
  const std::string filter = request.parameter("$filter").value_or("");
  if (!filter.starts_with(kSince)) return bad_request("this filter is not known here");
  const auto since = parse_datetime(std::string_view(filter).substr(kSince.size()));
  if (!since) return bad_request("the filter holds no time");
  const std::lock_guard lock(mutex_);
  std::vector<std::string> rows;
  for (const FakeAlert& alert : alerts_) {
    if (is_visible(alert) && parse_datetime(instant(alert.created)) >= since)
      rows.push_back(json_of(alert));
  }
  return page_reply(request, cloud_.url(), rows, {.largest = 20});
}

Reply DefenderService::show_alert(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const FakeAlert* const alert = visible(id);
  if (alert == nullptr) return error_reply(404, "ResourceNotFound", "no such alert");
  return json_reply(json_of(*alert));
}

Reply DefenderService::show_incident(const Request& request, const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = incidents_.find(id);
  if (found == incidents_.end()) return error_reply(404, "ResourceNotFound", "no such incident");
  const FakeIncident& incident = found->second;
  std::string comments;
  for (const std::string& comment : incident.comments)
    comments += fmt::format("{}{{\"comment\":{}}}", comments.empty() ? "" : ",", quoted(comment));
  std::string alerts;
  if (request.parameter("$expand") == "alerts") {
    for (const FakeAlert& alert : alerts_) {
      if (alert.incident == id && is_visible(alert))
        alerts += (alerts.empty() ? "" : ",") + json_of(alert);
    }
    alerts = ",\"alerts\":[" + alerts + "]";
  }
  const auto or_null = [](const std::string& text) {
    return text.empty() ? std::string("null") : quoted(text);
  };
  return json_reply(fmt::format(
      R"({{"id":{},"displayName":{},"status":"{}","redirectIncidentId":{},"assignedTo":{},)"
      R"("classification":"{}","determination":"{}","comments":[{}]{}}})",
      quoted(id), quoted(incident.title),
      incident.redirect.empty() ? incident.status : std::string("redirected"),
      or_null(incident.redirect), or_null(incident.assigned_to), incident.classification,
      incident.determination, comments, alerts));
}

Reply DefenderService::edit_incident(const Request& request, const std::string& id) {
  const auto body = body_of(request);
  if (!body) return bad_request("no JSON object");
  const json::Node root = body->root();
  if (const std::string problem = problem_of_edit(root); !problem.empty())
    return bad_request(problem);
  const std::lock_guard lock(mutex_);
  const auto found = incidents_.find(id);
  if (found == incidents_.end() || !found->second.redirect.empty())
    return error_reply(404, "ResourceNotFound", "no such incident");
  FakeIncident& incident = found->second;
  const auto take = [&root](std::string_view key, std::string& into) {
    const std::string text = text_member(root, key);
    if (!text.empty()) into = text;
  };
  take("status", incident.status);
  take("classification", incident.classification);
  take("determination", incident.determination);
  if (has_member(root, "assignedTo")) incident.assigned_to = text_member(root, "assignedTo");
  ++incident.edits;
  return json_reply(fmt::format(R"({{"id":{}}})", quoted(id)));
}

Reply DefenderService::add_comment(const Request& request, const std::string& id) {
  const auto body = body_of(request);
  if (!body ||
      text_member(body->root(), "@odata.type") != "microsoft.graph.security.alertComment" ||
      text_member(body->root(), "comment").empty())
    return bad_request("no comment");
  const std::lock_guard lock(mutex_);
  const auto found = incidents_.find(id);
  if (found == incidents_.end() || !found->second.redirect.empty())
    return error_reply(404, "ResourceNotFound", "no such incident");
  found->second.comments.push_back(text_member(body->root(), "comment"));
  return json_reply(R"({"value":[]})");
}

Reply DefenderService::move_alerts(const Request& request) {
  const auto body = body_of(request);
  if (!body) return bad_request("no JSON object");
  const json::Node root = body->root();
  if (const std::string problem =
          unknown_member(root, {"alertIds", "incidentId", "alertComment", "newCorrelationReasons"});
      !problem.empty())
    return bad_request(problem);
  const json::Node ids = root.find("alertIds");
  if (!ids.is_array() || ids.size() == 0) return bad_request("alertIds is empty");
  const json::Node target = root.find("incidentId");
  if (!target.is_null() && !target.as_string()) return bad_request("incidentId is a text");
  const std::string reasons = text_member(root, "newCorrelationReasons");
  for (const std::string_view reason : text::split(reasons, ',')) {
    if (!is_one_of(text::trim_ascii(reason),
                   {"sameAsset", "temporalProximity", "sharedIndicators", "eventCasualSequence"}))
      return bad_request("unknown correlation reason");
  }
  const std::lock_guard lock(mutex_);
  std::string incident = std::string(target.as_string().value_or(""));
  if (!incident.empty() &&
      (!incidents_.contains(incident) || !incidents_[incident].redirect.empty()))
    return error_reply(404, "ResourceNotFound", "no such incident");
  for (std::size_t i = 0; i < ids.size(); ++i) {
    FakeAlert* const alert = visible(std::string(ids[i].as_string().value_or("")));
    if (alert == nullptr) return error_reply(404, "ResourceNotFound", "no such alert");
    if (incident.empty()) incident = new_incident(alert->title);
    const std::string source = alert->incident;
    alert->incident = incident;
    const bool empty = std::none_of(alerts_.begin(), alerts_.end(),
                                    [&](const FakeAlert& one) { return one.incident == source; });
    if (empty && source != incident) incidents_[source].redirect = incident;
  }
  return json_reply(fmt::format(R"({{"targetIncidentId":{}}})", quoted(incident)));
}

}  // namespace quarry::fakes
