// What a refused request means for the batch: the service's codes, sorted by what to do about them.
#pragma once

#include "common/base/error.h"
#include "common/net/http.h"

#include <cstdint>
#include <string_view>

namespace quarry::live_response {

enum class Refusal : std::uint8_t {
  kBusy,         // a session or an action of this kind runs on the device: later
  kThrottled,    // 429
  kUnsupported,  // the device cannot do it
  kItem,         // no use for this device or file
  kStop,     // no use for any: permission, feature switched off, a request of ours that is wrong
  kFailing,  // 5xx: the service may have done it or not
};

/// Of an answer that is no success.
Refusal classify(const net::Response& response);
/// The answer in words, with the service's id of the request, and what to do about it.
Error explain(const net::Response& response, std::string_view what, std::string_view permission);

}  // namespace quarry::live_response
