// What a service says when it refuses, in whatever form it says it.
#pragma once

#include "common/net/http.h"

#include <string>
#include <string_view>

namespace quarry::net {

/// Empty texts where the answer does not say. Texts are free and of any origin.
struct ServiceError {
  std::string code;        // "TooManyRequests"
  std::string inner_code;  // innererror.code, where it says more
  std::string message;     // at most a few hundred bytes
  std::string request_id;  // header, else what the body calls target, trace or correlation id
};

/// Reads the error of Graph, Defender, Log Analytics, Data Explorer, Resource Manager and the
/// sign-in service; of HTML and other bodies it says what they are.
ServiceError read_service_error(const Response& response);

/// The Error for an answer that is no success. `what` was tried, in the user's words: "list
/// machines". kAuth for 401 and 403, else kRemote.
Error error_of(const Response& response, std::string_view what, std::string hint = {});
/// The reason phrase: "Too Many Requests"; "" where the status is unusual.
std::string_view reason_of(int status);

}  // namespace quarry::net
