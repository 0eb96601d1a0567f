// Fetching over HTTP. So far files alone, for nobody in particular: no credentials, no cookies, no
// .netrc, certificates always checked.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/net/url.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace quarry::net {

struct DownloadLimits {
  std::uint64_t bytes = std::uint64_t{256} << 20;  // unpacked
  std::chrono::seconds time{120};
  int redirects = 5;  // to https only
};

class Http {
 public:
  virtual ~Http() = default;
  /// Writes the body of a GET to the descriptor. kRemote for a network that fails, a status other
  /// than 2xx, or too much of something; the token's error when it is cancelled.
  virtual Result<void> download(const Url& url, int descriptor, const DownloadLimits& limits,
                                const CancelToken& cancel) = 0;
};

/// Over libcurl. Proxies come from HTTPS_PROXY and NO_PROXY.
std::unique_ptr<Http> make_http(std::string user_agent);

}  // namespace quarry::net
