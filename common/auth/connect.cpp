#include "common/auth/connect.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::auth {
namespace {

SessionOptions session_options(const config::RunContext& context, const std::string& profile) {
  SessionOptions options{.environment = context.environment,
                         .cancel = context.cancel,
                         .user_agent = fmt::format("quarry-{}/{}", context.tool, context.version),
                         .warn = context.warn,
                         .tell = context.say,
                         .ask_secret = context.ask_secret};
  const std::string mark = profile.empty() ? "" : fmt::format("[{}] ", profile);
  if (!context.say) return options;
  if (context.verbosity >= 2)
    options.trace = [say = context.say, mark](const std::string& line) { say(mark + line); };
  if (context.shows_waits) {
    options.on_wait = [say = context.say, mark](const net::Waiting& waiting) {
      say(fmt::format("{}waiting {:.0f} s: {}", mark, waiting.wait.count(), waiting.what));
    };
  }
  return options;
}

Result<std::unique_ptr<Session>> open(const config::RunContext& context,
                                      const config::LookUp& look_up, const std::string& profile) {
  QUARRY_TRY(Connection connection, read_connection(look_up, context.environment, profile));
  return open_session(context, std::move(connection));
}

Failure too_many_profiles() {
  return fail(ErrorCode::kUsage, "this command works with one profile at a time",
              "give --profile with one name");
}

}  // namespace

Result<std::unique_ptr<Session>> open_session(const config::RunContext& context,
                                              Connection connection) {
  const std::string profile = connection.profile;
  QUARRY_TRY(auto session, Session::open(std::move(connection), session_options(context, profile)));
  if (context.verbosity >= 1 && context.say)
    context.say(fmt::format("{}signing in by {}", profile.empty() ? "" : profile + ": ",
                            session->credential()));
  return session;
}

Result<Connection> connection_of_one(const config::RunContext& context) {
  if (context.profiles.size() > 1) return too_many_profiles();
  if (context.profiles.empty()) return read_connection(context.look_up, context.environment);
  const std::string& profile = context.profiles.front();
  QUARRY_TRY(const config::LookUp look_up, context.of_profile(profile));
  return read_connection(look_up, context.environment, profile);
}

std::vector<Connected> connect(const config::RunContext& context) {
  std::vector<Connected> all;
  if (context.profiles.empty()) all.push_back({"", open(context, context.look_up, "")});
  for (const std::string& profile : context.profiles) {
    const Result<config::LookUp> look_up = context.of_profile(profile);
    all.push_back({profile, look_up ? open(context, *look_up, profile)
                                    : Result<std::unique_ptr<Session>>(fail(look_up.error()))});
  }
  return all;
}

Result<std::unique_ptr<Session>> connect_one(const config::RunContext& context) {
  std::vector<Connected> all = connect(context);
  if (all.size() > 1) return too_many_profiles();
  return std::move(all.front().session);
}

}  // namespace quarry::auth
