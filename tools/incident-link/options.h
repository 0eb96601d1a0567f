// The options of the tool's own, by what they are about.
#pragma once

#include "common/config/option.h"

namespace quarry::incident_link {

extern const config::OptionTable kCaseOptions;       // --case
extern const config::OptionTable kIncidentOptions;   // --to --sentinel-workspace
extern const config::OptionTable kTargetOptions;     // --new --via …
extern const config::OptionTable kAlertOptions;      // --title --severity …
extern const config::OptionTable kEntityOptions;     // --impacted --related
extern const config::OptionTable kRowOptions;        // --from-table --query --query-file --evidence
extern const config::OptionTable kTimelineOptions;   // --rows
extern const config::OptionTable kRowChoiceOptions;  // --row
extern const config::OptionTable kFlagOptions;       // --label --note
extern const config::OptionTable kAnchorOptions;     // --last
extern const config::OptionTable kVerdictOptions;    // --classification --determination
extern const config::OptionTable kWhyOptions;        // --comment

}  // namespace quarry::incident_link
