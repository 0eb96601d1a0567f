#include "common/net/service_error.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/json/document.h"

#include <fmt/format.h>

#include <array>
#include <initializer_list>
#include <utility>

namespace quarry::net {
namespace {

constexpr std::size_t kLongestMessage = 600;
constexpr std::size_t kLargestBody = 1 << 20;

std::string text_of(const json::Node& node) {
  if (const auto text = node.as_string()) return std::string(*text);
  if (const auto number = node.as_int64()) return std::to_string(*number);
  return {};
}

/// The first of the members that is there and not empty.
std::string first_of(const json::Node& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    std::string text = text_of(object.find(name));
    if (!text.empty()) return text;
  }
  return {};
}

std::string shortened(std::string text) {
  if (text.size() <= kLongestMessage) return text;
  return std::string(unicode::prefix_of_bytes(text, kLongestMessage)) + "…";
}

void read_json(const json::Node& root, ServiceError& error) {
  const json::Node inside = root.find("error");
  if (!inside.is_object()) {
    // Sign-in (RFC 6749 §5.2), or a message at the top.
    error.code = first_of(root, {"error", "code", "Code"});
    error.message = first_of(root, {"error_description", "message", "Message", "title"});
    if (error.request_id.empty())
      error.request_id = first_of(root, {"correlation_id", "trace_id", "error_id"});
    return;
  }
  error.code = first_of(inside, {"code"});
  error.message = first_of(inside, {"message", "@message"});
  json::Node inner = inside.find("innererror");
  if (!inner.is_object()) inner = inside.find("innerError");
  error.inner_code = first_of(inner, {"code"});
  if (error.request_id.empty()) error.request_id = first_of(inner, {"request-id", "requestId"});
  if (error.request_id.empty()) error.request_id = first_of(inside, {"target"});
}

std::string described(const Response& response) {
  const std::string_view body = text::trim_ascii(response.body);
  if (body.empty()) return {};
  const std::string type = text::lower_ascii(response.header("Content-Type").value_or(""));
  if (type.find("html") != std::string::npos || body.starts_with("<"))
    return fmt::format("a page of {} instead of an answer", text::human_bytes(body.size()));
  return std::string(body);
}

}  // namespace

ServiceError read_service_error(const Response& response) {
  ServiceError error;
  error.request_id = response.request_id();
  if (response.body.size() <= kLargestBody) {
    const auto document = json::Document::parse(response.body, "body");
    if (document && document->root().is_object()) read_json(document->root(), error);
  }
  if (error.code.empty() && error.message.empty()) error.message = described(response);
  error.message = shortened(std::move(error.message));
  return error;
}

std::string_view reason_of(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 18> kReasons{{
      {301, "Moved Permanently"},
      {302, "Found"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {409, "Conflict"},
      {410, "Gone"},
      {413, "Content Too Large"},
      {416, "Range Not Satisfiable"},
      {429, "Too Many Requests"},
      {500, "Internal Server Error"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
  }};
  for (const auto& [code, reason] : kReasons) {
    if (code == status) return reason;
  }
  return status == 504 ? "Gateway Timeout" : "";
}

Error error_of(const Response& response, std::string_view what, std::string hint) {
  const ServiceError error = read_service_error(response);
  const std::string_view reason = reason_of(response.status);
  std::string message =
      fmt::format("{}: HTTP {}{}{}", what, response.status, reason.empty() ? "" : " ", reason);
  for (const std::string* part : {&error.code, &error.inner_code, &error.message}) {
    if (!part->empty()) message += ": " + *part;
  }
  if (!error.request_id.empty()) message += fmt::format(" (request id {})", error.request_id);
  if (response.attempts > 1) message += fmt::format(", after {} attempts", response.attempts);
  const bool denied = response.status == 401 || response.status == 403;
  return Error(denied ? ErrorCode::kAuth : ErrorCode::kRemote, std::move(message), std::move(hint));
}

}  // namespace quarry::net
