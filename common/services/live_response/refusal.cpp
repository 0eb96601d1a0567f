#include "common/services/live_response/refusal.h"

#include "common/base/text.h"
#include "common/net/service_error.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

namespace quarry::live_response {
namespace {

constexpr std::array<std::pair<std::string_view, Refusal>, 16> kCodes{{
    {"ActiveRequestAlreadyExists", Refusal::kBusy},
    {"TooManyRequests", Refusal::kThrottled},
    {"OsPlatformNotSupported", Refusal::kUnsupported},
    {"ClientVersionNotSupported", Refusal::kUnsupported},
    {"InvalidRequestBody", Refusal::kStop},
    {"MissingRequiredParameter", Refusal::kStop},
    {"DisabledFeature", Refusal::kStop},
    {"Forbidden", Refusal::kStop},
    {"Unauthorized", Refusal::kStop},
    {"DisallowedOperation", Refusal::kItem},
    {"InvalidInput", Refusal::kItem},
    {"ODataError", Refusal::kItem},
    {"NotFound", Refusal::kItem},
    {"ResourceNotFound", Refusal::kItem},
    {"InvalidHashValue", Refusal::kItem},
    {"InternalServerError", Refusal::kFailing},
}};

std::string hint_of(const net::ServiceError& error, int status, std::string_view permission) {
  if (error.code == "DisabledFeature")
    return "switch live response on (advanced features of the tenant; servers and unsigned scripts "
           "have switches of their own)";
  if (error.code == "DisallowedOperation")
    return "the device's group must allow automated response";
  if (error.code == "InvalidRequestBody" || error.code == "MissingRequiredParameter")
    return "the request was ours: please report it";
  if (status == 403 && !permission.empty())
    return fmt::format("the application needs the permission {}", permission);
  return {};
}

}  // namespace

Refusal classify(const net::Response& response) {
  if (response.status == 429) return Refusal::kThrottled;
  if (response.status >= 500 || response.status == 408) return Refusal::kFailing;
  const net::ServiceError error = net::read_service_error(response);
  for (const auto& [code, refusal] : kCodes) {
    if (text::iequals_ascii(code, error.code)) return refusal;
  }
  // Other machine actions say it in words only.
  if (text::lower_ascii(error.message).find("already in progress") != std::string::npos)
    return Refusal::kBusy;
  if (response.status == 401 || response.status == 403) return Refusal::kStop;
  return Refusal::kItem;
}

Error explain(const net::Response& response, std::string_view what, std::string_view permission) {
  const net::ServiceError error = net::read_service_error(response);
  return net::error_of(response, what, hint_of(error, response.status, permission));
}

}  // namespace quarry::live_response
