// Bearer tokens as the fake sign-in service gives them and the fake services check them.
#pragma once

#include "common/net/clock.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace quarry::fakes {

struct Grant {
  std::string audience;                  // "https://graph.microsoft.com"
  std::vector<std::string> permissions;  // roles of an app, scopes of a person
  std::string tenant;
  std::string client_id;
  bool of_person = false;
  double seconds = 3599;  // by the (scaled) clock
};

enum class TokenVerdict : std::uint8_t { kGood, kUnknown, kExpired, kWrongAudience, kLacking };

/// Thread-safe.
class Tokens {
 public:
  explicit Tokens(const net::Clock& clock) : clock_(clock) {}

  /// A JWT whose signature is for show.
  std::string issue(const Grant& grant);
  /// `any_of`: one of them is enough; empty: none is needed.
  TokenVerdict check(const std::string& token, const std::string& audience,
                     const std::vector<std::string>& any_of) const;
  /// From now on no service takes any token issued so far.
  void revoke_all();
  /// All ever issued, for tests that look for them where they must not be.
  std::vector<std::string> issued() const;

 private:
  struct Issued {
    Grant grant;
    double expires;
    bool revoked;
  };
  const net::Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, Issued> all_;
};

}  // namespace quarry::fakes
