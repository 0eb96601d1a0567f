// What linking prints: a record for each group and a summary, or a sentence on a terminal.
#pragma once

#include "common/cli/invocation.h"
#include "common/io/sink.h"
#include "tools/incident-link/link/add_rows.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::incident_link {

class LinkOutput {
 public:
  LinkOutput(const cli::Invocation& invocation, std::string folder);

  /// {"_type":"incident.link",…} for each group of the case; nothing on a terminal.
  Result<void> groups(const std::vector<LinkRow>& rows, std::string_view state);
  /// A line of the caller's; on a terminal too.
  Result<void> line(std::string_view json);
  /// {"_type":"summary",…}, or what it means in words. Flushes.
  Result<void> summary(const Added& added, std::string_view run);

  bool is_for_people() const { return for_people_; }
  io::Sink& out() { return out_; }

 private:
  std::string folder_;
  bool for_people_;
  std::size_t groups_ = 0;
  io::Sink out_;
};

}  // namespace quarry::incident_link
