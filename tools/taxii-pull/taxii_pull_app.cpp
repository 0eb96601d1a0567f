#include "tools/taxii-pull/taxii_pull_app.h"

#include "common/cli/standard_options.h"
#include "tools/taxii-pull/row_options.h"
#include "tools/taxii-pull/servers/server_options.h"

#include <array>
#include <span>

namespace quarry::taxii_pull {
namespace {

using config::OptionDef;
using config::OptionKind;

std::span<const std::string_view> specs() {
  static constexpr std::array<std::string_view, 3> kWords{"2.0", "2.1", "any"};
  return kWords;
}

constexpr OptionDef kJudging[]{
    {.name = "spec",
     .metavar = "VERSION",
     .help = "The version of STIX to judge by where a line does not say",
     .kind = OptionKind::kChoice,
     .default_text = "2.1",
     .choices = specs},
    {.name = "flatten", .help = "Also show the observables and rows that each pattern gives"},
};
constexpr cli::OptionTable kPatternOptions{"Patterns", kJudging};

constexpr const cli::OptionTable* kConvert[]{&kRowOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kPatterns[]{&kPatternOptions, &cli::kOutputOptions};

constexpr const cli::OptionTable* kPull[]{&kPullOptions, &kServerOptions, &kRowOptions,
                                          &cli::kOutputOptions};
constexpr const cli::OptionTable* kOnline[]{&kServerOptions, &cli::kOutputOptions};

constexpr cli::CommandDef kCommands[]{
    {.name = "collections",
     .summary = "list what servers offer",
     .arguments = "[URL|NAME…]",
     .run = collections_command,
     .options = kOnline},
    {.name = "pull",
     .summary = "fetch what was added since the last time",
     .arguments = "[NAME…]",
     .run = pull_command,
     .options = kPull},
    {.name = "convert",
     .summary = "turn STIX files into rows",
     .arguments = "FILE…",
     .run = convert_command,
     .options = kConvert,
     .min_arguments = 1},
    {.name = "patterns",
     .summary = "judge STIX patterns",
     .arguments = "[FILE…]",
     .run = patterns_command,
     .options = kPatterns},
};

constexpr cli::Example kExamples[]{
    {"taxii-pull convert bundle.json > indicators.ndjson", "STIX on disk as rows for hq"},
    {"taxii-pull convert --raw bundle.json.gz | hq 'summarize count() by type'",
     "what a bundle holds"},
    {"taxii-pull patterns --flatten patterns.ndjson",
     "which patterns are valid, and what they say"},
};

constexpr std::string_view kShortHelp[]{"shape",   "objects", "raw",   "source",
                                        "max-tlp", "format",  "output"};

constexpr cli::Entry kExitStatuses[]{
    {"0", "done, also when there are no rows"},
    {"1", "no row, with --exit-status"},
    {"2", "wrong usage"},
    {"3", "a file is missing, unreadable or no STIX; what could be read was printed"},
    {"70", "a bug in taxii-pull"},
    {"130, 143", "interrupted by Ctrl-C, by SIGTERM"},
};

constexpr std::string_view kSeeAlso[]{"hq(1)"};

}  // namespace

constinit const cli::AppDef kApp{
    .name = "taxii-pull",
    .summary = "pulls threat intelligence from TAXII servers",
    .description = "taxii-pull turns STIX into rows.",
    .examples = kExamples,
    .commands = kCommands,
    .default_command = std::nullopt,
    .options = {},
    .short_help = kShortHelp,
    .exit_statuses = kExitStatuses,
    .files = {},
    .variables = {},
    .security = "",
    .see_also = kSeeAlso,
    .man_page = nullptr,
};

}  // namespace quarry::taxii_pull
