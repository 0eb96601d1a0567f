// incident-link verify: is everything as it was written?
#include "common/cli/result_output.h"
#include "common/journal/chain.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"

#include <fmt/format.h>

namespace quarry::incident_link {

Result<int> verify_command(cli::Invocation& invocation) {
  std::string path;
  if (invocation.arguments().empty()) {
    QUARRY_TRY(path, given_case(invocation));
  } else {
    path = invocation.arguments()[0];
  }
  if (!is_case(path)) {
    QUARRY_TRY(const std::size_t records, journal::verify_file(path));
    return cli::show_text(invocation, fmt::format("{} records, unbroken\n", records));
  }
  QUARRY_TRY(const std::size_t records, verify_case(path));
  QUARRY_TRY(const CaseState state, read_case(path));
  const std::size_t rows = state.rows().size();
  return cli::show_text(
      invocation, fmt::format("{} records, {} row{}, unbroken; the last is {}\n", records, rows,
                              rows == 1 ? "" : "s", state.last_hash()));
}

}  // namespace quarry::incident_link
