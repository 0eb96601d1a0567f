#include "tests/fakes/incidents/sentinel_service.h"

#include "common/value/guid.h"
#include "tests/fakes/incidents/body_checks.h"

#include <fmt/format.h>

namespace quarry::fakes {
namespace {

constexpr std::string_view kProvider = "/providers/Microsoft.SecurityInsights/";
constexpr const char* kSeeded = "73e01a99-5cd7-4139-a149-9f2736ff2ab5";

Reply bad_request(std::string_view problem) { return error_reply(400, "BadRequest", problem); }

/// The properties of a body that may hold these; "" where it may not.
std::string properties_of(const Request& request, std::initializer_list<std::string_view> known,
                          std::initializer_list<const char*> required) {
  const auto body = body_of(request);
  if (!body || request.parameter("api-version") != "2024-03-01") return {};
  const json::Node properties = body->root().find("properties");
  if (!properties.is_object() || !unknown_member(properties, known).empty()) return {};
  for (const char* member : required) {
    if (text_member(properties, member).empty()) return {};
  }
  return properties.to_json();
}

}  // namespace

SentinelService::SentinelService(Cloud& cloud) : cloud_(cloud) {
  incidents_[kSeeded] = {.body = R"({"title":"seeded","severity":"High","status":"New"})",
                         .number = 3177};
  const Rule rule{.credentials = Credentials::kToken, .audience = kAudience, .permissions = {}};
  const std::string base = std::string(kWorkspace) + std::string(kProvider);
  cloud_.add("GET", base + "incidents", rule,
             [this](const Request& request, const Captures&) { return list_incidents(request); });
  cloud_.add("GET", base + "incidents/{id}", rule,
             [this](const Request&, const Captures& at) { return show(incidents_, at.at("id")); });
  cloud_.add("GET", base + "bookmarks/{id}", rule,
             [this](const Request&, const Captures& at) { return show(bookmarks_, at.at("id")); });
  cloud_.add("GET", base + "incidents/{id}/relations/{name}", rule,
             [this](const Request&, const Captures& at) {
               return show(relations_[at.at("id")], at.at("name"));
             });
  cloud_.add("PUT", base + "incidents/{id}", rule,
             [this](const Request& request, const Captures& at) {
               return put_incident(request, at.at("id"));
             });
  cloud_.add("PUT", base + "bookmarks/{id}", rule,
             [this](const Request& request, const Captures& at) {
               return put_bookmark(request, at.at("id"));
             });
  cloud_.add("PUT", base + "incidents/{id}/relations/{name}", rule,
             [this](const Request& request, const Captures& at) {
               return put_relation(request, at.at("id"), at.at("name"));
             });
  cloud_.add("PUT", base + "incidents/{id}/comments/{name}", rule,
             [this](const Request& request, const Captures& at) {
               return put_comment(request, at.at("id"), at.at("name"));
             });
}

std::vector<std::string> SentinelService::report() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> lines;
  for (const auto& [id, incident] : incidents_) {
    const auto relations = relations_.find(id);
    const auto comments = comments_.find(id);
    const std::size_t related = relations == relations_.end() ? 0 : relations->second.size();
    const std::size_t commented = comments == comments_.end() ? 0 : comments->second.size();
    if (related + commented > 0)
      lines.push_back(fmt::format("sentinel incident {}: {} bookmarks, {} comments",
                                  incident.number, related, commented));
    if (incident.version > 1)
      lines.push_back(fmt::format("sentinel incident {} changed {} times: {}", incident.number,
                                  incident.version - 1, incident.body));
  }
  if (!bookmarks_.empty()) lines.push_back(fmt::format("bookmarks: {}", bookmarks_.size()));
  return lines;
}

std::string SentinelService::json_of(const std::string& id, const Resource& resource) const {
  std::string properties = resource.body;
  if (resource.number > 0)
    properties.insert(
        properties.size() - 1,
        fmt::format(R"(,"incidentNumber":{},"incidentUrl":"https://portal.example/{}")",
                    resource.number, id));
  return fmt::format(R"({{"name":{},"etag":"\"{}\"","properties":{}}})", quoted(id),
                     resource.version, properties);
}

Reply SentinelService::show(const Resources& from, const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = from.find(id);
  if (found == from.end()) return error_reply(404, "NotFound", "no such resource");
  return json_reply(json_of(id, found->second));
}

Reply SentinelService::list_incidents(const Request& request) {
  constexpr std::string_view kFilter = "properties/incidentNumber eq ";
  const std::string filter = request.parameter("$filter").value_or("");
  if (!filter.starts_with(kFilter)) return bad_request("this filter is not known here");
  const std::lock_guard lock(mutex_);
  std::vector<std::string> rows;
  for (const auto& [id, incident] : incidents_) {
    if (std::to_string(incident.number) == filter.substr(kFilter.size()))
      rows.push_back(json_of(id, incident));
  }
  return page_reply(request, cloud_.url(), rows, {.largest = 50});
}

Reply SentinelService::put(Resources& into, const std::string& id, std::string properties,
                           int number) {
  if (!parse_guid(id)) return bad_request("the name is no GUID");
  const auto [found, fresh] = into.try_emplace(id);
  Resource& resource = found->second;
  resource.body = std::move(properties);
  if (fresh) {
    resource.number = number;
  } else {
    ++resource.version;
    ++resource.puts;
  }
  return json_reply(json_of(id, resource), fresh ? 201 : 200);
}

Reply SentinelService::put_incident(const Request& request, const std::string& id) {
  std::string properties = properties_of(
      request,
      {"title", "severity", "status", "description", "labels", "owner", "firstActivityTimeUtc",
       "lastActivityTimeUtc", "classification", "classificationReason", "classificationComment"},
      {"title", "severity", "status"});
  if (properties.empty()) return bad_request("no incident");
  const bool closed = properties.find(R"("status":"Closed")") != std::string::npos;
  if (closed != (properties.find(R"("classification":)") != std::string::npos))
    return bad_request("what is closed has a classification, and nothing else has one");
  const std::lock_guard lock(mutex_);
  if (const auto there = incidents_.find(id); there != incidents_.end()) {
    const auto seen = request.header("If-Match");
    if (!seen) cloud_.violation("an incident was overwritten without looking at it");
    if (seen != fmt::format("\"{}\"", there->second.version))
      return error_reply(412, "PreconditionFailed", "the incident was changed meanwhile");
  }
  return put(incidents_, id, std::move(properties), next_number_++);
}

Reply SentinelService::put_bookmark(const Request& request, const std::string& id) {
  std::string properties = properties_of(
      request, {"displayName", "query", "queryResult", "eventTime", "notes", "labels"},
      {"displayName", "query", "queryResult"});
  if (properties.empty()) return bad_request("no bookmark");
  const std::lock_guard lock(mutex_);
  return put(bookmarks_, id, std::move(properties), 0);
}

Reply SentinelService::put_relation(const Request& request, const std::string& incident,
                                    const std::string& id) {
  std::string properties = properties_of(request, {"relatedResourceId"}, {"relatedResourceId"});
  if (properties.empty()) return bad_request("no relation");
  const std::lock_guard lock(mutex_);
  if (!incidents_.contains(incident)) return error_reply(404, "NotFound", "no such incident");
  const std::string bookmark = std::string(kWorkspace) + std::string(kProvider) + "bookmarks/";
  const std::size_t at = properties.find(bookmark);
  if (at == std::string::npos || !bookmarks_.contains(properties.substr(at + bookmark.size(), 36)))
    return bad_request("the bookmark does not exist");
  return put(relations_[incident], id, std::move(properties), 0);
}

Reply SentinelService::put_comment(const Request& request, const std::string& incident,
                                   const std::string& id) {
  std::string properties = properties_of(request, {"message"}, {"message"});
  if (properties.empty() || properties.size() > 30'000) return bad_request("no comment");
  const std::lock_guard lock(mutex_);
  if (!incidents_.contains(incident)) return error_reply(404, "NotFound", "no such incident");
  return put(comments_[incident], id, std::move(properties), 0);
}

}  // namespace quarry::fakes
