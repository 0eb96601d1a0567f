#include "common/services/incidents/sentinel_incidents.h"

#include "common/base/text.h"
#include "common/json/document.h"
#include "common/net/service_error.h"
#include "common/net/url.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace quarry::services::incidents {
namespace {

constexpr std::string_view kProvider = "/providers/Microsoft.SecurityInsights/";
constexpr std::string_view kVersion = "api-version=2024-03-01";
constexpr std::string_view kRole = "Microsoft Sentinel Responder or Contributor (an Azure role)";
constexpr std::size_t kInFlight = 8;

bool is_number(std::string_view text) { return text::parse_int64(text).has_value(); }

bool lost_race(const Sent& sent) { return sent.status == 409 || sent.status == 412; }

SentinelIncident incident_of(const json::Node& node) {
  const json::Node properties = node.find("properties");
  const auto number = properties.find("incidentNumber").as_int64();
  return {.id = std::string(node.find("name").as_string().value_or("")),
          .number = number ? fmt::format("{}", *number) : "",
          .url = std::string(properties.find("incidentUrl").as_string().value_or("")),
          .etag = std::string(node.find("etag").as_string().value_or("")),
          .properties = properties.is_object() ? properties.to_json() : "{}"};
}

}  // namespace

SentinelIncidents::SentinelIncidents(net::Http& http, auth::Endpoint arm, std::string workspace)
    : http_(http), arm_(std::move(arm)), workspace_(std::move(workspace)) {}

std::string SentinelIncidents::resource_id(std::string_view path) const {
  return fmt::format("{}{}{}", workspace_, kProvider, path);
}

std::string SentinelIncidents::url(std::string_view path) const {
  return fmt::format("{}{}?{}", arm_.url, resource_id(path), kVersion);
}

net::Request SentinelIncidents::get(const std::string& url) const {
  return {.url = url, .scope = arm_.scope};
}

/// Putting what is there already changes nothing, so a lost answer is simply asked for again.
net::Request SentinelIncidents::put_request(const Put& put) const {
  net::Request request{.method = net::Method::kPut,
                       .url = url(put.path),
                       .body = put.body,
                       .content_type = "application/json",
                       .scope = arm_.scope};
  if (!put.etag.empty()) request.headers.push_back({"If-Match", put.etag});
  return request;
}

Result<std::optional<SentinelIncident>> SentinelIncidents::find(const std::string& incident) {
  return is_number(incident) ? by_number(incident) : by_guid(incident);
}

Result<std::optional<SentinelIncident>> SentinelIncidents::by_guid(const std::string& guid) {
  QUARRY_TRY(const net::Response response, http_.call(get(url("incidents/" + guid))));
  if (response.status == 404) return std::optional<SentinelIncident>();
  if (!response.is_success())
    return fail(net::error_of(response, "read the incident", fmt::format("role: {}", kRole)));
  QUARRY_TRY(const json::Document document, json::Document::parse(response.body, "incident"));
  return std::optional(incident_of(document.root()));
}

Result<std::optional<SentinelIncident>> SentinelIncidents::by_number(const std::string& number) {
  const std::string filter = "properties/incidentNumber eq " + number;
  QUARRY_TRY(
      const net::Response response,
      http_.call(get(url("incidents") + "&" + net::encode_parameters({{"$filter", filter}}))));
  if (!response.is_success())
    return fail(net::error_of(response, "look for the incident", fmt::format("role: {}", kRole)));
  QUARRY_TRY(const json::Document document, json::Document::parse(response.body, "incidents"));
  const json::Node list = document.root().find("value");
  for (std::size_t i = 0; i < list.size(); ++i) {
    SentinelIncident found = incident_of(list[i]);
    if (found.number == number) return std::optional(std::move(found));
  }
  return std::optional<SentinelIncident>();
}

Sent SentinelIncidents::put(const Put& put) { return put_all(std::span(&put, 1)); }

Sent SentinelIncidents::put_all(std::span<const Put> puts) {
  Sent last;
  std::vector<const Put*> raced;
  std::size_t next = 0;
  std::size_t in_flight = 0;
  while (in_flight > 0 || (next < puts.size() && last.is_done())) {
    while (in_flight < kInFlight && next < puts.size() && last.is_done()) {
      const Put& put = puts[next++];
      ++in_flight;
      http_.start(put_request(put), [&](net::Outcome outcome) {
        --in_flight;
        Sent sent = sent_of(std::move(outcome), "put " + put.path, kRole);
        if (lost_race(sent)) {
          raced.push_back(&put);
        } else if (last.is_done()) {
          last = std::move(sent);
        }
      });
    }
    http_.step(net::Seconds(0.5));
  }
  for (const Put* const put : raced) {
    const Result<bool> there = exists(put->path);
    if (last.is_done() && (!there || !*there))
      last = sent_of(http_.exchange(put_request(*put)), "put " + put->path, kRole);
  }
  return last;
}

Sent SentinelIncidents::put_once(const Put& put) {
  net::Request request = put_request(put);
  request.repeat = net::Repeat::kLookUp;
  return sent_of(http_.exchange(std::move(request)), "put " + put.path, kRole);
}

Result<bool> SentinelIncidents::exists(const std::string& path) {
  QUARRY_TRY(const net::Response response, http_.call(get(url(path))));
  return response.is_success();
}

}  // namespace quarry::services::incidents
