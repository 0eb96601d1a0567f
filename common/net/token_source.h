// Where bearer tokens come from, as net sees it; auth implements it.
#pragma once

#include "common/base/result.h"
#include "common/base/secret.h"

#include <string>

namespace quarry::net {

class TokenSource {
 public:
  virtual ~TokenSource() = default;
  /// A token for the scope that is good for some minutes yet. May ask the network, which blocks.
  virtual Result<Secret> token(const std::string& scope) = 0;
  /// Another one, because the service did not take `refused`. The same token again: there is no
  /// better.
  virtual Result<Secret> renew(const std::string& scope, const Secret& refused) = 0;
};

}  // namespace quarry::net
