// Tokens on disk, for the user alone: twenty tools of one pipe ask the sign-in service once. A file
// for each login host, tenant, client, scope and kind of credential, replaced as a whole.
#pragma once

#include "common/auth/credential.h"
#include "common/base/private_file.h"

#include <optional>
#include <string>
#include <string_view>

namespace quarry::auth {

class TokenCache {
 public:
  /// `folder`: "…/quarry/tokens", made when needed; "": nothing is kept.
  explicit TokenCache(std::string folder) : folder_(std::move(folder)) {}

  /// The name under which a token is kept: SHA-256 of what it depends on.
  static std::string key_of(const Connection& connection, std::string_view scope,
                            std::string_view credential);

  /// Keeps other processes from asking for the same token while it lives; waits until they have
  /// finished. Without a folder, or where it cannot be used, there is nothing to lock.
  Result<std::optional<LockedFile>> lock(const std::string& key, const CancelToken* cancel) const;
  /// nullopt where there is none, or where the file is not the user's own or damaged.
  std::optional<Token> load(const std::string& key) const;
  /// Failures are no harm: the token is good all the same.
  void store(const std::string& key, const Token& token) const;
  void forget(const std::string& key) const;

 private:
  std::string path_of(const std::string& key) const;
  std::string folder_;
};

}  // namespace quarry::auth
