#include "tools/lr/targets/targets.h"

#include "common/base/text.h"
#include "tools/lr/input.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace quarry::lr {
namespace {

using config::OptionDef;
using config::OptionKind;

constexpr OptionDef kOptions[]{
    {.name = "devices",
     .metavar = "FILE",
     .help = "Devices from rows of NDJSON with DeviceId or DeviceName; - is standard input",
     .kind = OptionKind::kList},
    {.name = "machine",
     .letter = 'm',
     .metavar = "NAME",
     .help = "A device by name, id or address",
     .kind = OptionKind::kList},
    {.name = "all-matches",
     .help = "Where a name belongs to several machines take all, not the one seen last"},
};

constexpr OptionDef kChoosing[]{
    {.name = "tag",
     .metavar = "TAG",
     .help = "All devices with this tag",
     .kind = OptionKind::kList},
    {.name = "filter",
     .metavar = "ODATA",
     .help =
         "All devices that the service finds by this filter: startswith(computerDnsName,'wks-')",
     .kind = OptionKind::kValue},
};

/// Collects devices, each once.
class Collector {
 public:
  Collector(cli::Invocation& invocation, Targets& targets)
      : invocation_(invocation), targets_(targets) {}

  void add(const Machine& machine, Row row) {
    const bool is_first = seen_.insert(machine.id).second;
    // Its row may hold other values for the commands; a word adds nothing to what is known.
    if (!is_first && row.json.empty()) return;
    if (row.device_id.empty()) row.device_id = machine.id;
    if (row.device_name.empty()) row.device_name = machine.name;
    (is_first ? targets_.targets : targets_.again).push_back({machine, std::move(row)});
  }

  void add(const Directory& directory, Row row) {
    const std::string word = row.device_id.empty() ? row.device_name : row.device_id;
    const auto found = directory.find(word);
    if (found.empty()) {
      if (unknown_.insert(text::lower_ascii(word)).second)
        targets_.unknown.push_back({.device_id = row.device_id,
                                    .device = row.device_name.empty() ? word : row.device_name,
                                    .place = row.place,
                                    .why = fmt::format("no machine '{}' in the tenant", word)});
      return;
    }
    if (invocation_.flag("all-matches")) {
      for (const Machine* const machine : found) add(*machine, row);
      return;
    }
    if (found.size() > 1)
      invocation_.run_context().warn(
          fmt::format("{} machines are called {}: {} was seen last and is taken (--all-matches)",
                      found.size(), word, found.front()->id));
    add(*found.front(), std::move(row));
  }

 private:
  cli::Invocation& invocation_;
  Targets& targets_;
  std::set<std::string> seen_;
  std::set<std::string> unknown_;
};

Result<std::vector<Row>> named_rows(cli::Invocation& invocation) {
  std::vector<Row> rows;
  for (const std::string& file : invocation.list("devices")) {
    QUARRY_TRY(const std::string text, read_rows_input(invocation, file));
    QUARRY_TRY(std::vector<Row> some, read_rows(text, input_name(file)));
    std::move(some.begin(), some.end(), std::back_inserter(rows));
  }
  for (const std::string& word : invocation.list("machine")) {
    const bool is_id = live_response::is_machine_id(word);
    rows.push_back({.device_id = is_id ? word : "",
                    .device_name = is_id ? "" : word,
                    .json = {},
                    .place = "--machine"});
  }
  return rows;
}

}  // namespace

constinit const config::OptionTable kTargetOptions{"Devices", kOptions};
constinit const config::OptionTable kChoosingOptions{"Choosing devices", kChoosing};

Result<Targets> find_targets(cli::Invocation& invocation, net::Http& http, const Api& api) {
  Targets targets;
  Collector collector(invocation, targets);
  QUARRY_TRY(std::vector<Row> rows, named_rows(invocation));
  const std::string& filter = invocation.text("filter");
  if (rows.empty() && filter.empty() && invocation.list("tag").empty() &&
      invocation.list("devices").empty())
    return fail(ErrorCode::kUsage, "no devices are named",
                "--devices FILE, --machine NAME, --tag TAG or --filter ODATA");
  if (!rows.empty()) {
    QUARRY_TRY(std::vector<Machine> all, list_machines(http, api, ""));
    const Directory directory(std::move(all));
    for (Row& row : rows) collector.add(directory, std::move(row));
  }
  for (const std::string& tag : invocation.list("tag")) {
    QUARRY_TRY(const std::vector<Machine> some, machines_with_tag(http, api, tag));
    if (some.empty())
      targets.unknown.push_back(
          {.device = "--tag " + tag, .place = "--tag", .why = "no machine has the tag"});
    for (const Machine& machine : some) collector.add(machine, {.place = "--tag " + tag});
  }
  if (!filter.empty()) {
    QUARRY_TRY(const std::vector<Machine> some, list_machines(http, api, filter));
    if (some.empty())
      targets.unknown.push_back(
          {.device = "--filter", .place = "--filter", .why = "the service finds no machine by it"});
    for (const Machine& machine : some) collector.add(machine, {.place = "--filter"});
  }
  if (targets.targets.empty() && targets.unknown.empty())
    return fail(ErrorCode::kData, "the input names no device; nothing was done",
                "it needs rows with DeviceId or DeviceName");
  return targets;
}

}  // namespace quarry::lr
