// `TOOL whoami`: as whom a tool acts, what the token allows, and which commands that is enough for.
// A tool declares what its commands need; the rest is the same for all.
#pragma once

#include "common/auth/jwt.h"
#include "common/auth/session.h"
#include "common/config/run_context.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::auth {

/// What one command of a tool needs of one service. Names of permissions as the service spells
/// them, of applications and of persons.
struct Need {
  std::string_view command;  // "run"
  Service service;
  std::span<const std::string_view> any_of;  // one of them is enough; empty: a role elsewhere
};

struct ServiceIdentity {
  Service service;
  std::string url;
  std::string scope;
  std::optional<Claims> claims;  // nullopt: the token is opaque
  double minutes_left = 0;       // by the clock; 0: unknown
  std::optional<Error> problem;  // no token for it
};

struct CommandState {
  std::string_view command;
  Service service;
  bool allowed = false;
  bool unknown = false;  // an opaque token, or permissions that are roles elsewhere
  std::string missing;   // "Machine.Read.All or Machine.ReadWrite.All"
};

struct WhoAmI {
  std::string profile;
  std::string cloud;
  std::string tenant;
  std::string client_id;
  std::string credential;
  std::vector<ServiceIdentity> services;
  std::vector<CommandState> commands;

  /// Something is missing or refused.
  bool is_complete() const;
};

/// Gets a token for each service that the needs name. A service that refuses is a row of the
/// answer, not an error.
WhoAmI who_am_i(Session& session, std::span<const Need> needs);

/// The command itself, for every tenant that the context names.
struct WhoAmIAnswer {
  std::string text;           // for standard output
  std::vector<Error> errors;  // of tenants that cannot be asked at all
  /// 0; 4 where a permission is missing or a sign-in was refused; 6 where only some tenants fail.
  int exit_status = 0;
};
/// `as_text`: for people, else NDJSON.
WhoAmIAnswer whoami(const config::RunContext& context, std::span<const Need> needs, bool as_text);

/// For people, lines below 100 columns.
std::string to_text(const WhoAmI& who);
/// One record for each service and command: {"_type":"whoami",…} and {"_type":"whoami.command",…}.
std::string to_ndjson(const WhoAmI& who);

/// Before a batch begins: kAuth that names what the token of the service lacks. A token that does
/// not say is let through.
Result<void> check_permission(Session& session, const Need& need);

}  // namespace quarry::auth
