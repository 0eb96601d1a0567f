#include "common/services/incidents/reference_alerts.h"

#include "common/json/document.h"

#include <array>

namespace quarry::services::incidents {
namespace {

constexpr std::array<net::Window, 1> kWindows{{{15, 60}}};
constexpr net::ApiLimit kLimit{"mde.createAlert", kWindows};

}  // namespace

Sent ReferenceAlerts::create(const std::string& body) {
  return send(http_,
              {.method = net::Method::kPost,
               .url = url(),
               .body = body,
               .content_type = "application/json",
               .scope = mde_.scope,
               .repeat = net::Repeat::kLookUp,
               .limit = &kLimit},
              "create an alert by reference", "Alert.ReadWrite.All");
}

std::string ReferenceAlerts::read_id(const std::string& body) {
  const auto document = json::Document::parse(body, "alert");
  return document ? std::string(document->root().find("id").as_string().value_or("")) : "";
}

}  // namespace quarry::services::incidents
