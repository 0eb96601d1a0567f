#include "common/actions/action_options.h"

namespace quarry::actions {
namespace {

using config::OptionDef;
using config::OptionKind;

constexpr OptionDef kOptions[]{
    {.name = "dry-run",
     .letter = 'n',
     .help = "Only show what would be done, and write nothing; wins over --apply"},
    {.name = "apply", .help = "Do it; without this a plan is printed"},
    {.name = "yes", .letter = 'y', .help = "Confirm severe acts beforehand; needs --max-targets"},
    {.name = "max-targets",
     .metavar = "N",
     .help = "Refuse a plan with more targets than this",
     .kind = OptionKind::kValue,
     .key = "max_targets"},
    {.name = "plan",
     .metavar = "FILE",
     .help = "Do what this plan says, and nothing else",
     .kind = OptionKind::kValue},
    {.name = "resume",
     .metavar = "RUN",
     .help = "Go on with a run that was interrupted",
     .kind = OptionKind::kValue},
    {.name = "reason",
     .metavar = "TEXT",
     .help = "Why; kept in the journal, and required for severe acts",
     .kind = OptionKind::kValue},
    {.name = "no-input",
     .help = "Never ask; an answer that is needed is an error (7)",
     .key = "no_input"},
};

}  // namespace

const config::OptionTable kActionOptions{"Acting", kOptions};

}  // namespace quarry::actions
