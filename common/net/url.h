// Addresses on the web that a tool may be given: https, and plain http on this machine alone.
#pragma once

#include "common/base/result.h"

#include <string>
#include <string_view>

namespace quarry::net {

struct Url {
  std::string text;    // as given, without blanks around it
  std::string scheme;  // "https" or "http"
  std::string host;    // lower case, without port; "[::1]" keeps its brackets

  /// Without what may be a secret: the query (a SAS token) and the fragment.
  std::string shown() const;
  bool is_loopback() const;
};

/// kUsage for what is no such address: another scheme, no host, a user name or password in it
/// (nothing is sent for anybody), characters that no address has.
Result<Url> parse_url(std::string_view text);

}  // namespace quarry::net
