#include "common/net/http.h"

#include "common/base/text.h"

#include <array>

namespace quarry::net {
namespace {

constexpr Seconds kStep{0.5};

}  // namespace

const char* name_of(Method method) {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kHead:
      return "HEAD";
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
  }
  return "GET";
}

std::optional<std::string_view> Response::header(std::string_view name) const {
  for (const Header& header : headers) {
    if (text::iequals_ascii(header.name, name)) return header.value;
  }
  return std::nullopt;
}

std::string Response::request_id() const {
  // Graph, Azure Resource Manager, Data Explorer and Defender each have their own.
  constexpr std::array<std::string_view, 5> kNames{"request-id", "x-ms-request-id",
                                                   "x-ms-correlation-request-id",
                                                   "x-ms-client-request-id", "client-request-id"};
  for (const std::string_view name : kNames) {
    const auto value = header(name);
    if (value && !value->empty()) return std::string(*value);
  }
  return {};
}

void Http::finish() {
  while (in_flight() > 0) step(kStep);
}

Outcome Http::exchange(Request request) {
  std::optional<Outcome> outcome;
  start(std::move(request), [&outcome](Outcome arrived) { outcome = std::move(arrived); });
  while (!outcome) step(kStep);
  return *std::move(outcome);
}

Result<Response> Http::call(Request request) { return exchange(std::move(request)).result; }

}  // namespace quarry::net
