// Where a command finds or makes its case.
#pragma once

#include "common/cli/invocation.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/case/target.h"

#include <string>
#include <string_view>

namespace quarry::incident_link {

/// $XDG_STATE_HOME/quarry/cases; kUsage without a home.
Result<std::string> cases_folder(const Environment& environment);

/// "lsass-read-by-unsigned-tool" of a title: what a folder may be called everywhere.
std::string folder_name(std::string_view text);

/// --case as it was given; "" without.
std::string case_path(const cli::Invocation& invocation);
/// The case that --case means: a folder, else one of that name below cases_folder(). kUsage where
/// it is missing.
Result<std::string> given_case(const cli::Invocation& invocation);

/// For commands that only show: read_case(), and a warning where its last record was cut off.
Result<CaseState> look_at_case(cli::Invocation& invocation, const std::string& folder);
/// What such a command ends with: that of kData where something of the case was not there to show.
Result<int> shown(const CaseState& state, Result<int> status);
/// kUsage where the path, "" none, is a file of a case: results would replace evidence.
Result<void> check_no_file_of_case(const std::string& path);

/// This run's name and this user, for records.
CaseWriter case_writer(std::string run = {});

}  // namespace quarry::incident_link
