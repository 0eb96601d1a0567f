// Where a response writes: the timeline of the case (--case DIR), else the journal of the run; the
// evidence and the undo plan beside it.
#pragma once

#include "common/cli/invocation.h"
#include "common/config/option.h"
#include "common/journal/journal.h"

#include <string>

namespace quarry::consent_audit {

/// case
extern const config::OptionTable kCaseOptions;

struct CaseFolder {
  std::string folder;    // of the case, or of the runs
  std::string timeline;  // the journal's file
  std::string evidence;  // folder
  std::string plan;      // file: what was applied, for --resume
  std::string undo;      // file
  std::string case_id;   // "" without a case
};

/// Nothing is made yet. kUsage without --case where no state folder is known.
Result<CaseFolder> case_folder(const cli::Invocation& invocation, const std::string& run);
/// The timeline that --case names; kUsage without.
Result<std::string> timeline_of_case(const cli::Invocation& invocation);
/// Where the evidence lies that a timeline, or the journal of a run, tells of.
std::string evidence_beside(const std::string& timeline);
/// Makes or opens it; says on the spot what happened to a cut last line.
Result<journal::Journal> open_timeline(cli::Invocation& invocation, const std::string& path,
                                       const std::string& run);

}  // namespace quarry::consent_audit
