#include "common/services/incidents/defender_incidents.h"

#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/net/paging.h"
#include "common/net/service_error.h"
#include "common/net/url.h"
#include "common/time/format.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::services::incidents {
namespace {

constexpr int kMostRedirects = 10;

std::string text_at(const json::Node& node, std::string_view key) {
  return std::string(node.find(key).as_string().value_or(""));
}

FoundAlert alert_of(const json::Node& node) {
  return {.id = text_at(node, "id"),
          .incident = text_at(node, "incidentId"),
          .url = text_at(node, "alertWebUrl")};
}

bool holds(const json::Node& alert, const std::string& marker) {
  return alert.find("description").as_string().value_or("").find(marker) != std::string_view::npos;
}

/// The error of a request that reads, with the permission that it lacks.
Error reading_error(const net::Response& response, std::string_view what,
                    std::string_view permission) {
  const bool refused = response.status == 401 || response.status == 403;
  return net::error_of(response, what,
                       refused ? fmt::format("it needs the permission {}", permission) : "");
}

}  // namespace

DefenderIncidents::DefenderIncidents(net::Http& http, auth::Endpoint graph)
    : http_(http), graph_(std::move(graph)) {}

net::Request DefenderIncidents::get(const std::string& path) const {
  return {.url = graph_.url + path, .scope = graph_.scope};
}

net::Request DefenderIncidents::post(const std::string& url, const std::string& body) const {
  return {.method = net::Method::kPost,
          .url = url,
          .body = body,
          .content_type = "application/json",
          .scope = graph_.scope,
          .repeat = net::Repeat::kLookUp};
}

std::string DefenderIncidents::create_alert_url() const {
  return graph_.url + "/beta/security/alerts_v2/createAlert";
}

Sent DefenderIncidents::create_alert(const std::string& body) {
  return send(http_, post(create_alert_url(), body), "create an alert", "SecurityAlert.Create.All");
}

std::optional<FoundAlert> DefenderIncidents::read_alert(const std::string& body) {
  const auto document = json::Document::parse(body, "alert");
  if (!document || text_at(document->root(), "id").empty()) return std::nullopt;
  return alert_of(document->root());
}

Result<Incident> DefenderIncidents::incident(const std::string& id) {
  std::string at = id;
  for (int i = 0; i < kMostRedirects; ++i) {
    const std::string what = fmt::format("read incident {}", at);
    QUARRY_TRY(const net::Response response,
               http_.call(get("/v1.0/security/incidents/" + net::percent_encode(at))));
    if (!response.is_success())
      return fail(reading_error(response, what, "SecurityIncident.Read.All"));
    QUARRY_TRY(const json::Document document, json::Document::parse(response.body, what));
    const json::Node root = document.root();
    const std::string next = text_at(root, "redirectIncidentId");
    if (text_at(root, "status") != "redirected" || next.empty())
      return Incident{.id = at,
                      .title = text_at(root, "displayName"),
                      .status = text_at(root, "status"),
                      .url = text_at(root, "incidentWebUrl"),
                      .standing = defender_standing(root)};
    at = next;
  }
  return fail(ErrorCode::kRemote, fmt::format("incident {} is redirected in a circle", id));
}

Result<std::optional<FoundAlert>> DefenderIncidents::find_alert(const std::string& marker,
                                                                const std::string& incident,
                                                                Datetime since) {
  if (!incident.empty()) {
    // Where we may not read it, the list of alerts may still tell.
    const Result<std::optional<FoundAlert>> found = find_in_incident(marker, incident);
    if (found && *found) return *found;
  }
  return find_since(marker, since);
}

Result<std::optional<FoundAlert>> DefenderIncidents::find_in_incident(const std::string& marker,
                                                                      const std::string& incident) {
  QUARRY_TRY(const net::Response response,
             http_.call(get(fmt::format("/v1.0/security/incidents/{}?$expand=alerts",
                                        net::percent_encode(incident)))));
  if (!response.is_success())
    return fail(reading_error(response, "look for the alert", "SecurityIncident.Read.All"));
  QUARRY_TRY(const json::Document document, json::Document::parse(response.body, "incident"));
  const json::Node alerts = document.root().find("alerts");
  for (std::size_t i = 0; i < alerts.size(); ++i) {
    if (holds(alerts[i], marker)) return std::optional(alert_of(alerts[i]));
  }
  return std::optional<FoundAlert>();
}

Result<std::optional<FoundAlert>> DefenderIncidents::find_since(const std::string& marker,
                                                                Datetime since) {
  net::Parameters query{{"$filter", "createdDateTime ge " + to_string(since)}};
  std::optional<FoundAlert> found;
  QUARRY_TRY([[maybe_unused]] const std::size_t alerts,
             net::for_each_page(http_, get(net::with_parameters("/v1.0/security/alerts_v2", query)),
                                {}, "look for the alert",
                                [&](const net::Response& page) -> Result<std::size_t> {
                                  QUARRY_TRY(const json::Document document,
                                             json::Document::parse(page.body, "alerts"));
                                  const json::Node list = document.root().find("value");
                                  for (std::size_t i = 0; i < list.size(); ++i) {
                                    if (!found && holds(list[i], marker)) found = alert_of(list[i]);
                                  }
                                  return list.size();
                                }));
  return found;
}

Result<std::optional<FoundAlert>> DefenderIncidents::alert(const std::string& id) {
  QUARRY_TRY(const net::Response response,
             http_.call(get("/v1.0/security/alerts_v2/" + net::percent_encode(id))));
  if (response.status == 404) return std::optional<FoundAlert>();
  if (!response.is_success())
    return fail(reading_error(response, "look for the alert", "SecurityAlert.Read.All"));
  return read_alert(response.body);
}

std::string DefenderIncidents::incident_url(const std::string& incident) const {
  return fmt::format("{}/v1.0/security/incidents/{}", graph_.url, net::percent_encode(incident));
}

Sent DefenderIncidents::edit(const std::string& incident, const std::string& body) {
  net::Request request = post(incident_url(incident), body);
  request.method = net::Method::kPatch;
  return send(http_, std::move(request), "change the incident", "SecurityIncident.ReadWrite.All");
}

std::string DefenderIncidents::move_url() const {
  return graph_.url + "/v1.0/security/alerts_v2/moveAlerts";
}

std::string DefenderIncidents::move_body(const std::string& alert, const std::string& incident,
                                         const std::string& comment) {
  json::ObjectWriter body;
  body.raw("alertIds", "[" + json::quoted(alert) + "]")
      .raw("incidentId", incident.empty() ? "null" : json::quoted(incident))
      .text("alertComment", comment)
      .text("newCorrelationReasons", "sameAsset, temporalProximity");
  return body.take();
}

Sent DefenderIncidents::move_alert(const std::string& body) {
  return send(http_, post(move_url(), body), "move the alert", "SecurityData.Manage.All");
}

std::string DefenderIncidents::read_target(const std::string& body) {
  const auto document = json::Document::parse(body, "answer");
  return document ? text_at(document->root(), "targetIncidentId") : "";
}

std::string DefenderIncidents::comments_url(const std::string& incident) const {
  return fmt::format("{}/v1.0/security/incidents/{}/comments", graph_.url,
                     net::percent_encode(incident));
}

std::string DefenderIncidents::comment_body(const std::string& text) {
  json::ObjectWriter body;
  body.text("@odata.type", "microsoft.graph.security.alertComment").text("comment", text);
  return body.take();
}

Sent DefenderIncidents::add_comment(const std::string& incident, const std::string& body) {
  return send(http_, post(comments_url(incident), body), "comment the incident",
              "SecurityIncident.ReadWrite.All");
}

Result<bool> DefenderIncidents::has_comment(const std::string& incident,
                                            const std::string& marker) {
  QUARRY_TRY(const net::Response response,
             http_.call(get("/v1.0/security/incidents/" + net::percent_encode(incident))));
  if (!response.is_success())
    return fail(reading_error(response, "look for the comment", "SecurityIncident.Read.All"));
  QUARRY_TRY(const json::Document document, json::Document::parse(response.body, "incident"));
  const json::Node comments = document.root().find("comments");
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const auto text = comments[i].find("comment").as_string().value_or("");
    if (text.find(marker) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace quarry::services::incidents
