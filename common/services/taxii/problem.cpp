#include "common/services/taxii/problem.h"

#include "common/base/text.h"
#include "common/json/document.h"
#include "common/net/service_error.h"
#include "common/net/url.h"

#include <fmt/format.h>

namespace quarry::services::taxii {
namespace {

bool is_taxii1(const net::Response& response, std::string_view body) {
  if (response.header("X-TAXII-Content-Type") || response.header("X-TAXII-Protocol")) return true;
  return body.find("taxii.mitre.org/messages") != std::string_view::npos ||
         body.find("taxii_xml_binding-1") != std::string_view::npos;
}

Error taxii1_error(std::string_view what) {
  return Error(ErrorCode::kRemote,
               fmt::format("{}: this is a TAXII 1.x service (XML), which is not supported", what),
               "ask its operator for a TAXII 2.1 address or another way to the data");
}

std::string hint_of(int status) {
  switch (status) {
    case 401:
      return "check the user, the password's file or the token";
    case 403:
      return "the account may not read this collection; 'collections' shows what it may";
    case 404:
      return "check API root and collection; some servers say so, too, where there is no "
             "permission";
    case 406:
    case 415:
      return "the server speaks neither TAXII 2.1 nor 2.0";
    default:
      return {};
  }
}

/// Of a TAXII error message, and of what others send instead; "" where neither.
std::string description_of(const net::Response& response) {
  const auto document = json::Document::parse(response.body.substr(0, 1 << 16), "answer");
  if (!document || !document->root().is_object()) return {};
  const json::Node description = document->root().find("description");
  return description.is_object() ? description.to_json()
                                 : std::string(description.as_string().value_or(""));
}

}  // namespace

Error problem_of(const net::Response& response, std::string_view what) {
  if (is_taxii1(response, response.body)) return taxii1_error(what);
  const Error error = net::error_of(response, what, hint_of(response.status));
  const std::string description = description_of(response);
  if (description.empty()) return error;
  return Error(error.code(), fmt::format("{}: {}", error.message(), description.substr(0, 300)),
               error.hint());
}

std::optional<Error> not_taxii(const net::Response& head, std::string_view body,
                               std::string_view what) {
  const std::string_view start = text::trim_ascii(body.substr(0, 4096));
  if (!start.starts_with('<')) return std::nullopt;
  if (is_taxii1(head, start)) return taxii1_error(what);
  return Error(
      ErrorCode::kAuth,
      fmt::format("{}: {} answers with a page instead of TAXII: it wants another login, or "
                  "the address is wrong",
                  what, net::shown_url(head.url)),
      "check credentials and address; a server may lead to its login page by a redirect");
}

}  // namespace quarry::services::taxii
