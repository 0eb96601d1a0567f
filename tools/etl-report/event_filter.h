// Which events a dump is asked for: --provider, --id, --pid, --from, --to.
#pragma once

#include "common/cli/invocation.h"
#include "common/etl/trace.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace quarry::etl_report {

class EventFilter {
 public:
  /// kUsage where an option's value is none.
  static Result<EventFilter> from_options(const cli::Invocation& invocation);

  /// Providers are named differently in each recording: call before its events. A name that fits no
  /// provider of it is told with the nearest one.
  void bind(const etl::Trace& trace, Diagnostics& diagnostics);
  bool accepts(const etl::Event& event) const;
  /// No event from this one on can be accepted: they come in the order of time.
  bool is_past(const etl::Event& event) const { return to_ && event.time > *to_; }

 private:
  using Range = std::pair<std::uint32_t, std::uint32_t>;

  std::vector<std::string> providers_;
  std::set<Guid> guids_;  // of providers_, in the recording that is bound
  std::vector<Range> ids_;
  std::vector<Range> pids_;
  std::optional<etl::FileTime> from_;
  std::optional<etl::FileTime> to_;
};

}  // namespace quarry::etl_report
