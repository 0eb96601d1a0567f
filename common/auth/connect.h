// From a command's settings to open sessions: one for each profile, or the one that the settings
// describe.
#pragma once

#include "common/auth/session.h"
#include "common/config/run_context.h"

#include <memory>
#include <string>
#include <vector>

namespace quarry::auth {

struct Connected {
  std::string profile;  // "" without
  /// One tenant's trouble is not the others': each has a result of its own.
  Result<std::unique_ptr<Session>> session;
};

/// The command declares kConnectionOptions. Nothing is asked of the network yet. Never empty.
std::vector<Connected> connect(const config::RunContext& context);

/// For commands that look at where they would go, or change it, before they sign in: the connection
/// of connect_one(), and its session.
Result<Connection> connection_of_one(const config::RunContext& context);
Result<std::unique_ptr<Session>> open_session(const config::RunContext& context,
                                              Connection connection);

/// The only session: kUsage where several profiles were chosen, for commands that take one.
Result<std::unique_ptr<Session>> connect_one(const config::RunContext& context);

}  // namespace quarry::auth
