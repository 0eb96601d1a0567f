#include "tools/taxii-pull/taxii_pull_app.h"

#include "common/actions/action_options.h"
#include "common/auth/connection_options.h"
#include "common/cli/standard_options.h"
#include "tools/taxii-pull/row_options.h"
#include "tools/taxii-pull/servers/server_options.h"

#include <array>
#include <span>

namespace quarry {
extern const std::string_view man_frame_taxii_pull;  // man/taxii-pull.1.in, embedded by the build
}

namespace quarry::taxii_pull {
namespace {

using config::OptionDef;
using config::OptionKind;

std::span<const std::string_view> specs() {
  static constexpr std::array<std::string_view, 3> kWords{"2.0", "2.1", "any"};
  return kWords;
}
std::span<const std::string_view> services() {
  static constexpr std::array<std::string_view, 3> kWords{"defender", "sentinel",
                                                          "sentinel-legacy"};
  return kWords;
}
std::span<const std::string_view> defender_actions() {
  static constexpr std::array<std::string_view, 5> kWords{"Allowed", "Audit", "Block",
                                                          "BlockAndRemediate", "Warn"};
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

constexpr OptionDef kStating[]{
    {.name = "reset", .help = "Forget the named servers or states: the next pull begins anew"},
};
constexpr cli::OptionTable kStateOptions{"State", kStating};

std::span<const std::string_view> unscored() {
  static constexpr std::array<std::string_view, 2> kWords{"drop", "keep"};
  return kWords;
}

constexpr OptionDef kChoosing[]{
    {.name = "min-confidence",
     .metavar = "N",
     .help = "Only indicators with this confidence (0 to 100) or more, as rows and to services",
     .kind = OptionKind::kValue,
     .key = "min_confidence"},
    {.name = "unscored",
     .metavar = "WHAT",
     .help = "With --min-confidence: drop indicators without a confidence, or keep them",
     .kind = OptionKind::kChoice,
     .key = "unscored",
     .default_text = "drop",
     .choices = unscored},
};
constexpr cli::OptionTable kChoiceOptions{"Choice", kChoosing};

constexpr OptionDef kUploading[]{
    {.name = "body",
     .metavar = "SERVICE",
     .help = "Print bodies of requests for a service instead of rows, one a line",
     .kind = OptionKind::kChoice,
     .choices = services},
    {.name = "push",
     .metavar = "SERVICE",
     .help = "Plan to send them; with --apply send them",
     .kind = OptionKind::kChoice,
     .choices = services},
    {.name = "action",
     .metavar = "ACTION",
     .help = "What Defender does where it meets an indicator",
     .kind = OptionKind::kChoice,
     .key = "action",
     .default_text = "Audit",
     .choices = defender_actions},
    {.name = "sentinel-workspace",
     .metavar = "ID",
     .help = "The id of Sentinel's workspace",
     .kind = OptionKind::kValue,
     .key = "sentinel_workspace"},
    {.name = "upload-url",
     .metavar = "URL",
     .help = "Where Sentinel's upload API answers, if not at its usual address",
     .kind = OptionKind::kValue,
     .key = "upload_url"},
};
constexpr cli::OptionTable kUploadOptions{"Services", kUploading};

constexpr const cli::OptionTable* kConvert[]{&kRowOptions, &kTimeOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kPatterns[]{&kPatternOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kPull[]{&kPullOptions, &kServerOptions, &kRowOptions,
                                          &kTimeOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kOnline[]{&kServerOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kState[]{&kStateOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kExport[]{&kRowOptions,
                                            &kTimeOptions,
                                            &kChoiceOptions,
                                            &kUploadOptions,
                                            &actions::kActionOptions,
                                            &auth::kConnectionOptions,
                                            &cli::kOutputOptions};
constexpr const cli::OptionTable* kReport[]{&kTimeOptions, &cli::kOutputOptions};

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
    {.name = "state",
     .summary = "show how far each collection has been pulled",
     .arguments = "[NAME…]",
     .run = state_command,
     .options = kState},
    {.name = "export",
     .summary = "write what is live with a fresh time, or hand it to a service",
     .arguments = "[NAME…]",
     .run = export_command,
     .options = kExport},
    {.name = "report",
     .summary = "show an overview of what was pulled",
     .arguments = "[NAME…]",
     .run = report_command,
     .options = kReport},
    {.name = "check",
     .summary = "tell what a server does unlike the standard",
     .arguments = "[URL|NAME…]",
     .run = check_command,
     .options = kOnline},
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
    {"taxii-pull pull --append indicators.ndjson",
     "what all servers of the configuration have added, each version once"},
    {"taxii-pull convert bundle.json > indicators.ndjson", "STIX on disk as rows for hq"},
    {"taxii-pull collections https://taxii.example/taxii2/", "what a server offers"},
    {"taxii-pull pull --api-root URL --collection ID --append f.ndjson",
     "one collection, without a configuration"},
    {"taxii-pull export -o live.csv", "what is live, with a fresh TimeGenerated"},
    {"taxii-pull export --push defender --min-confidence 80",
     "the plan of an upload; --apply does it"},
    {"taxii-pull report -o overview.html", "counts by type, source, confidence and age"},
    {"taxii-pull patterns --flatten patterns.ndjson",
     "which patterns are valid, and what they say"},
};

constexpr std::string_view kShortHelp[]{"append",        "api-root",    "collection", "user",
                                        "password-file", "bearer-file", "match",      "shape",
                                        "raw",           "format"};

constexpr cli::Entry kExitStatuses[]{
    {"0", "done, also when there is nothing new"},
    {"1", "no row, with --exit-status; check: something was found"},
    {"2", "wrong usage, or a configuration that cannot be used"},
    {"3", "a file or a state is missing, unreadable or damaged; what could be read was printed"},
    {"4", "a server refused the login, or the permission is missing"},
    {"5", "a server or the network failed after retries"},
    {"6", "some servers, collections or records failed, others did not"},
    {"7", "another process uses the state or the file, or an upload was refused beforehand"},
    {"8", "--timeout passed"},
    {"70", "a bug in taxii-pull"},
    {"130, 143", "interrupted by Ctrl-C, by SIGTERM; the next pull goes on"},
};

constexpr cli::Entry kFiles[]{
    {"$XDG_STATE_HOME/quarry/taxii/",
     "a folder for each collection: the checkpoint and all objects received; else below "
     "~/.local/state"},
};

constexpr std::string_view kSeeAlso[]{"hq(1)"};

}  // namespace

constinit const cli::AppDef kApp{
    .name = "taxii-pull",
    .summary = "pulls threat intelligence from TAXII servers",
    .description =
        "taxii-pull fetches STIX objects from TAXII 2.1 and 2.0 servers and writes indicators as "
        "rows of ThreatIntelligenceIndicator, which hq joins with events. Objects that were "
        "received are not received again; with --append the file and the position grow together, "
        "so that a pull that was killed loses nothing and doubles nothing.\n\n"
        "The same conversion works on STIX files, and patterns can be judged by themselves.",
    .examples = kExamples,
    .commands = kCommands,
    .default_command = std::nullopt,
    .options = {},
    .short_help = kShortHelp,
    .exit_statuses = kExitStatuses,
    .files = kFiles,
    .variables = {},
    .security =
        "Passwords and tokens come from files that only their owner may read, from variables or "
        "from commands, never from arguments; they are sent to the server's own origin alone and "
        "kept nowhere. TLS is verified unless a server's settings say otherwise. What servers send "
        "is not trusted: sizes are bounded, addresses that answers name get no credentials. export "
        "--push changes nothing without --apply, and never sends what is marked TLP:RED.",
    .see_also = kSeeAlso,
    .man_page = &man_frame_taxii_pull,
};

}  // namespace quarry::taxii_pull
