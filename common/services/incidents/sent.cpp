#include "common/services/incidents/sent.h"

#include "common/net/service_error.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::services::incidents {

Sent sent_of(net::Outcome outcome, std::string_view what, std::string_view permission) {
  Sent sent;
  if (!outcome.result) {
    sent.error = outcome.result.error();
    sent.is_uncertain = outcome.delivery == net::Delivery::kUnknown;
    return sent;
  }
  net::Response& response = *outcome.result;
  sent.status = response.status;
  sent.request_id = response.request_id();
  if (response.is_success()) {
    sent.body = std::move(response.body);
    return sent;
  }
  const bool refused = response.status == 401 || response.status == 403;
  sent.error = net::error_of(response, what,
                             refused ? fmt::format("it needs the permission {}", permission) : "");
  sent.is_uncertain = response.status >= 500;
  return sent;
}

Sent send(net::Http& http, net::Request request, std::string_view what,
          std::string_view permission) {
  return sent_of(http.exchange(std::move(request)), what, permission);
}

}  // namespace quarry::services::incidents
