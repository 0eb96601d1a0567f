#include "tests/fakes/taxii/uploads.h"

#include "common/json/document.h"

#include <fmt/format.h>

#include <array>

namespace quarry::fakes::taxii {
namespace {

constexpr std::size_t kMostIndicators = 500;
constexpr std::size_t kMostObjects = 100;
constexpr std::string_view kRefused = "10.0.0.3";  // the service has something against it

bool has_all(json::Node object, std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (object.find(key).is_null()) return false;
  }
  return true;
}

}  // namespace

Uploads::Uploads(Cloud& cloud) : cloud_(cloud) {
  cloud.add("POST", "/api/indicators/import",
            {.credentials = Credentials::kToken,
             .audience = "https://api.securitycenter.microsoft.com",
             .permissions = {"Ti.ReadWrite", "Ti.ReadWrite.All"}},
            [this](const Request& request, const Captures&) { return import_indicators(request); });
  cloud.add("POST", "/workspaces/{id}/threat-intelligence-stix-objects:upload",
            {.credentials = Credentials::kToken, .audience = "https://management.azure.com"},
            [this](const Request& request, const Captures&) {
              return upload_objects(request, "stixobjects", "2024-02-01-preview");
            });
  cloud.add("POST", "/workspaces/{id}/threatintelligenceindicators:upload",
            {.credentials = Credentials::kToken, .audience = "https://management.azure.com"},
            [this](const Request& request, const Captures&) {
              return upload_objects(request, "indicators", "2022-07-01");
            });
}

std::size_t Uploads::taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

Reply Uploads::import_indicators(const Request& request) {
  constexpr std::array<std::string_view, 5> kRequired{"indicatorValue", "indicatorType", "title",
                                                      "action", "description"};
  const auto document = json::Document::parse(request.body, "body");
  const json::Node list = document ? document->root().find("Indicators") : json::Node();
  if (list.size() == 0 || list.size() > kMostIndicators) {
    cloud_.violation(fmt::format("an import of {} indicators", list.size()));
    return error_reply(400, "InvalidInput", "1 to 500 indicators");
  }
  std::string values;
  std::size_t good = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string value(list[i].find("indicatorValue").as_string().value_or(""));
    const bool fails = value == kRefused || !has_all(list[i], kRequired);
    if (value.find('/') != std::string::npos &&
        list[i].find("indicatorType").as_string() == "IpAddress")
      cloud_.violation("a network as an address: " + value);
    values += fmt::format(R"({}{{"id":"{}","indicator":{},"isFailed":{},"failureReason":{}}})",
                          i == 0 ? "" : ",", i, quoted(value), fails,
                          fails ? R"("InvalidInput")" : "null");
    if (!fails) ++good;
  }
  const std::lock_guard lock(mutex_);
  taken_ += good;
  return json_reply(R"({"value":[)" + values + "]}");
}

Reply Uploads::upload_objects(const Request& request, std::string_view member,
                              std::string_view version) {
  constexpr std::array<std::string_view, 4> kRequired{"id", "type", "created", "modified"};
  if (request.parameter("api-version") != version)
    return error_reply(400, "BadRequest", "api-version");
  const auto document = json::Document::parse(request.body, "body");
  const json::Node list = document ? document->root().find(member) : json::Node();
  const bool named = document && document->root().find("sourcesystem").as_string().has_value();
  if (!named || list.size() == 0 || list.size() > kMostObjects) {
    cloud_.violation(fmt::format("an upload of {} objects", list.size()));
    return error_reply(400, "BadRequest", "1 to 100 objects and a source");
  }
  std::string errors;
  std::size_t good = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (has_all(list[i], kRequired)) {
      ++good;
      continue;
    }
    errors += fmt::format(R"({}{{"recordIndex":{},"errorMessages":["incomplete"]}})",
                          errors.empty() ? "" : ",", i);
  }
  const std::lock_guard lock(mutex_);
  taken_ += good;
  if (errors.empty()) return json_reply("");
  return json_reply(R"({"errors":[)" + errors + "]}");
}

}  // namespace quarry::fakes::taxii
