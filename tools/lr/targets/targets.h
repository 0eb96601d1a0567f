// The devices of a run: what the options --devices, --machine, --tag and --filter name, found in
// the tenant, each once.
#pragma once

#include "common/cli/invocation.h"
#include "tools/lr/targets/directory.h"
#include "tools/lr/targets/row.h"

#include <string>
#include <vector>

namespace quarry::lr {

struct Target {
  Machine machine;
  Row row;
};

struct Targets {
  std::vector<Target> targets;
  std::vector<std::string> unknown;  // places of rows and words that name no machine of the tenant
};

/// devices machine all-matches
extern const config::OptionTable kTargetOptions;
/// tag filter: also of commands that only look
extern const config::OptionTable kChoosingOptions;

/// kUsage where no option names a device. Says on standard error which machine was taken where a
/// name belongs to several.
Result<Targets> find_targets(cli::Invocation& invocation, net::Http& http, const Api& api);

}  // namespace quarry::lr
