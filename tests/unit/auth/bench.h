// A fake cloud with its sign-in service, and sessions that are configured for it.
#pragma once

#include "common/auth/connection_options.h"
#include "common/auth/session.h"
#include "tests/fakes/cloud.h"
#include "tests/fakes/identity.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace quarry::unit {

inline constexpr const char* kGraph = "https://graph.microsoft.com";
inline constexpr const char* kGraphScope = "https://graph.microsoft.com/.default";

class AuthBench {
 public:
  explicit AuthBench(double scale = 100, fakes::IdentityOptions options = {})
      : cloud(scale), identity(cloud, with_permissions(std::move(options))) {
    const std::string url = cloud.url();
    for (const char* service : {"login", "graph", "mde", "arm", "logs"})
      settings[std::string(service) + "-url"] = {url};
    settings["tenant"] = {identity.options().tenant};
    settings["client-id"] = {identity.options().client_id};
    settings["cloud"] = {"public"};
    settings["retries"] = {"4"};
    settings["assertion-alg"] = {"PS256"};
    settings["token-cache"] = {"true"};
    environment["XDG_STATE_HOME"] = folder / "state";
    environment["XDG_CACHE_HOME"] = folder / "cache";
    environment["QUARRY_TEST_CLOCK_SCALE"] = std::to_string(scale);
  }

  /// A file that only its owner may read; its path.
  std::string private_file(const std::string& name, std::string_view content) const {
    write_text(folder / name, content);
    ::chmod((folder / name).c_str(), 0600);
    return folder / name;
  }
  void use_secret() {
    settings["client-secret-file"] = {private_file("secret", identity.options().secret + "\n")};
  }

  Result<auth::Connection> connection() const {
    return auth::read_connection(
        [this](std::string_view option) {
          const auto found = settings.find(std::string(option));
          config::Setting setting;
          setting.origin = "test";
          if (found != settings.end()) setting.values = found->second;
          return setting;
        },
        environment_function());
  }
  Environment environment_function() const {
    return [variables = environment](const char* name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
  }
  Result<std::unique_ptr<auth::Session>> open() {
    auto made = connection();
    if (!made) return fail(made.error());
    return auth::Session::open(
        *std::move(made),
        {.environment = environment_function(),
         .cancel = cancel,
         .trace = [this](const std::string& line) { lines.push_back(line); },
         .on_wait = [this](const net::Waiting& waiting) { lines.push_back(waiting.what); },
         .warn = [this](const std::string& line) { lines.push_back(line); },
         .tell = [this](const std::string& line) { told.push_back(line); },
         .ask_secret = ask_secret});
  }
  /// A token for Graph by a fresh session.
  Result<Secret> token(const std::string& scope = kGraphScope) {
    auto session = open();
    if (!session) return fail(session.error());
    return (*session)->tokens()->token(scope);
  }
  std::size_t token_requests() const { return cloud.count("POST", "/*/oauth2/v2.0/token"); }
  bool is_valid(const Secret& token, const std::string& audience = kGraph) {
    return cloud.tokens().check(std::string(token.reveal()), audience, {}) ==
           fakes::TokenVerdict::kGood;
  }
  /// No secret stands in any line of the trace, and the cloud has nothing to complain of.
  void check_clean(bool without_violations = true) {
    for (const std::string& secret : identity.secrets()) {
      for (const std::string& line : lines) CHECK(line.find(secret) == std::string::npos);
      for (const std::string& line : told) CHECK(line.find(secret) == std::string::npos);
    }
    if (without_violations) CHECK(cloud.violations() == std::vector<std::string>{});
  }

  TemporaryFolder folder;
  fakes::Cloud cloud;
  fakes::Identity identity;
  std::map<std::string, std::vector<std::string>> settings;
  std::map<std::string, std::string> environment;
  const CancelToken* cancel = nullptr;
  std::vector<std::string> lines;
  std::vector<std::string> told;
  std::function<Result<Secret>(const std::string&)> ask_secret;

 private:
  static fakes::IdentityOptions with_permissions(fakes::IdentityOptions options) {
    if (options.permissions.empty())
      options.permissions = {{kGraph, {"ThreatHunting.Read.All"}},
                             {"https://api.securitycenter.microsoft.com", {"Machine.Read.All"}}};
    return options;
  }
};

}  // namespace quarry::unit
