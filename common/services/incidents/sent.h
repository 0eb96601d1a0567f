// What became of a request that changes something at a service.
#pragma once

#include "common/net/http.h"

#include <optional>
#include <string>
#include <string_view>

namespace quarry::services::incidents {

struct Sent {
  int status = 0;  // of HTTP; 0: no answer
  std::string request_id = {};
  std::string body = {};            // of a success
  std::optional<Error> error = {};  // none: it is done
  /// It may have been done all the same: the answer was lost, or the service failed meanwhile.
  bool is_uncertain = false;

  bool is_done() const { return !error; }
};

/// The same of an outcome. `what` was tried, in the user's words; `permission` is named where the
/// service answered 401 or 403.
Sent sent_of(net::Outcome outcome, std::string_view what, std::string_view permission);

/// Asks once, waits for the answer.
Sent send(net::Http& http, net::Request request, std::string_view what,
          std::string_view permission);

}  // namespace quarry::services::incidents
