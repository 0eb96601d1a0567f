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

/// What was named and is no machine of the tenant.
struct Unknown {
  std::string device_id = {};  // of a row; may be empty
  std::string device = {};     // name, address or id, as it was written
  std::string place = {};      // "devices.ndjson:12", "--machine"
  std::string why = {};
};

struct Targets {
  std::vector<Target> targets;
  std::vector<Target> again;     // further rows of a query for devices that stand there
  std::vector<Unknown> unknown;  // each once
};

/// devices machine all-matches
extern const config::OptionTable kTargetOptions;
/// tag filter: also of commands that only look
extern const config::OptionTable kChoosingOptions;

/// kUsage where no option names a device, kData where they name none after all. Says on standard
/// error which machine was taken where a name belongs to several.
Result<Targets> find_targets(cli::Invocation& invocation, net::Http& http, const Api& api);

}  // namespace quarry::lr
