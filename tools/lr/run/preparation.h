// What a run will do, decided before the first request that changes something.
#pragma once

#include "common/actions/plan_file.h"
#include "common/auth/session.h"
#include "common/cli/invocation.h"
#include "common/services/live_response/api.h"
#include "tools/lr/run/job.h"

#include <string>
#include <vector>

namespace quarry::lr {

struct Prepared {
  actions::Plan plan;
  std::vector<Job> jobs = {};
  std::vector<Unfit> unfit = {};         // devices that are asked nothing
  std::vector<std::string> doubts = {};  // devices that will hardly answer; of a plan made now
  bool resumed = false;

  std::size_t devices() const { return jobs.size() + unfit.size(); }
  /// The steps that act: what is counted and confirmed.
  std::vector<actions::Action> acts() const;
};

/// The playbook on the devices that the options name, with the limits that the options set. Says
/// on standard error which devices are asked nothing, and why.
Result<Prepared> prepare_playbook(cli::Invocation& invocation, auth::Session& session,
                                  const live_response::Api& api, Playbook playbook);
/// --plan FILE, or --resume RUN; nullopt without either.
Result<std::optional<Prepared>> prepare_known(cli::Invocation& invocation);

}  // namespace quarry::lr
