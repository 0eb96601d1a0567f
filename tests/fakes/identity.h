// The sign-in service: every way to a token that auth knows, strictly.
#pragma once

#include "tests/fakes/cloud.h"

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace quarry::fakes {

struct IdentityOptions {
  std::string tenant = "11111111-2222-4333-8444-555555555555";
  std::string client_id = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
  std::string secret = "fake~Secret.Value+with/odd=bytes&";
  const Certificate* certificate = nullptr;  // whose assertions are taken; nullptr: none
  std::string federated_token = "federated-token-of-the-cluster";
  /// What aud of an assertion must be; empty: the token endpoint of login.microsoftonline.com.
  std::string assertion_audience = {};
  /// Permissions by audience, of the app and of the person who signs in with a device code.
  std::map<std::string, std::vector<std::string>, std::less<>> permissions = {};
  double token_seconds = 3599;
  bool string_numbers = false;  // as the older endpoint writes them
  int device_pending = 2;       // polls before the person is done; then one slow_down
  bool device_declined = false;
  std::string identity_header = "app-service-header";  // X-IDENTITY-HEADER
  std::string arc_key_file = {};                       // path that the Arc challenge names
  std::string arc_key = {};                            // and its content
};

class Identity {
 public:
  /// Adds its routes to the cloud, which outlives it.
  Identity(Cloud& cloud, IdentityOptions options);
  const IdentityOptions& options() const { return options_; }
  /// Everything that must never be seen anywhere else: secrets, assertions, tokens.
  std::vector<std::string> secrets() const;

 private:
  Reply token(const Request& request, const std::string& tenant);
  Reply client_credentials(const Request& request);
  std::optional<Reply> check_assertion(const std::string& assertion);
  Reply device_code(const Request& request);
  Reply poll_device(const Request& request);
  Reply refresh(const Request& request);
  Reply granted(const std::string& scope, bool of_person);
  Reply managed(const Request& request);
  Reply app_service(const Request& request);
  Grant grant_for(const std::string& audience, bool of_person) const;

  Cloud& cloud_;
  IdentityOptions options_;
  mutable std::mutex mutex_;
  std::set<std::string> used_assertions_;  // jti
  std::vector<std::string> secrets_;
  std::string refresh_token_;
  std::set<std::string> old_refresh_tokens_;
  std::string device_scope_;
  int polls_ = 0;
  double last_poll_ = 0;
  double interval_ = 5;
};

}  // namespace quarry::fakes
