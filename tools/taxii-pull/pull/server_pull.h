// One pull of many servers: the collections of a server one after the other, servers side by side.
#pragma once

#include "common/base/error.h"
#include "common/cli/invocation.h"
#include "common/config/run_context.h"
#include "tools/taxii-pull/pull/totals.h"
#include "tools/taxii-pull/servers/places.h"
#include "tools/taxii-pull/servers/session.h"
#include "tools/taxii-pull/state/feed_store.h"

#include <mutex>
#include <optional>
#include <string>

namespace quarry::taxii_pull {

class ServerPull {
 public:
  /// `exit` outlives the pull; `states` is the folder of states.
  ServerPull(cli::Invocation& invocation, std::string states, RowExit& exit)
      : invocation_(invocation),
        context_(invocation.run_context()),
        states_(std::move(states)),
        exit_(exit) {}

  /// Called on a thread for each server. What fails is reported and counted. A reader of the rows
  /// that goes away cancels the run.
  void server(const ChosenServer& chosen);

  Totals& totals() { return totals_; }
  int status() const;
  std::string progress() const;

 private:
  Result<void> pull(const ServerSettings& settings);
  Result<void> collection(Session& session, const ServerSettings& settings, const Place& place);
  Result<void> walk_into(FeedStore& store, Session& session, const ServerSettings& settings,
                         const Place& place);
  FeedName feed_name(const ServerSettings& settings, const Place& place) const;
  Result<RowOptions> row_options(const ServerSettings& settings, const Place& place) const;
  bool is_due(const ServerSettings& settings, const FeedStore& store) const;
  void report(const std::string& label, const Error& error);
  void warn(const std::string& text, std::string hint = {});
  void tell(const std::string& label, FeedStore& store);

  cli::Invocation& invocation_;
  config::RunContext context_;
  std::string states_;
  RowExit& exit_;
  Totals totals_;
  std::mutex mutex_;
  std::optional<Error> worst_;
};

}  // namespace quarry::taxii_pull
