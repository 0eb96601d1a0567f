// incident-link export: a case as one page.
#include "common/cli/result_output.h"
#include "common/output/report.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/forms/handover.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"

namespace quarry::incident_link {

Result<int> export_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string folder, given_case(invocation));
  const bool asked = invocation.options().is_given("format") || !invocation.output_file().empty();
  const std::string format = asked ? invocation.format() : "markdown";
  if (format != "html" && format != "markdown")
    return fail(ErrorCode::kUsage, "a case is exported as html or markdown",
                "-o case.html, -o case.md; rows are printed by timeline --rows");
  QUARRY_CHECK(check_no_file_of_case(invocation.output_file()));
  QUARRY_TRY(const CaseState state, look_at_case(invocation, folder));
  const output::Report report = handover_of(state);
  return shown(state, cli::show_text(invocation, format == "html" ? output::to_html(report)
                                                                  : output::to_markdown(report)));
}

}  // namespace quarry::incident_link
