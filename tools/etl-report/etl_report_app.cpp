#include "tools/etl-report/etl_report_app.h"

#include "common/cli/invocation.h"
#include "common/cli/standard_options.h"

namespace quarry {
extern const std::string_view man_frame_etl_report;  // man/etl-report.1.in, embedded by the build
}

namespace quarry::etl_report {
namespace {

using config::OptionDef;
using config::OptionKind;

constexpr OptionDef kDecoding[]{
    {.name = "manifest",
     .metavar = "FILE",
     .help = "Read layouts of events from an instrumentation manifest too; those that the "
             "recording itself holds come first",
     .kind = OptionKind::kList},
};
constexpr cli::OptionTable kDecodingOptions{"Decoding", kDecoding};

constexpr OptionDef kFilters[]{
    {.name = "provider",
     .metavar = "NAME",
     .help = "Only events of this provider: a name, also with *, or a GUID",
     .kind = OptionKind::kList},
    {.name = "id",
     .metavar = "N",
     .help = "Only events with this id, or in a range such as 1-7; of kernel and classic events "
             "the type",
     .kind = OptionKind::kList},
    {.name = "pid",
     .metavar = "N",
     .help = "Only events of this process",
     .kind = OptionKind::kList},
    {.name = "from",
     .metavar = "INSTANT",
     .help = "Only events at this time or later",
     .kind = OptionKind::kValue},
    {.name = "to",
     .metavar = "INSTANT",
     .help = "Only events at this time or earlier",
     .kind = OptionKind::kValue},
};
constexpr cli::OptionTable kFilterOptions{"Filters", kFilters};

constexpr const cli::OptionTable* kInfo[]{&cli::kOutputOptions};
constexpr const cli::OptionTable* kCounts[]{&kDecodingOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kDump[]{&kFilterOptions, &kDecodingOptions, &cli::kOutputOptions};

constexpr cli::CommandDef kCommands[]{
    {.name = "info",
     .summary = "show facts about recordings, and what they lack",
     .arguments = "FILE…",
     .run = info_command,
     .options = kInfo,
     .min_arguments = 1},
    {.name = "providers",
     .summary = "count the events of each provider",
     .arguments = "FILE…",
     .run = providers_command,
     .options = kCounts,
     .min_arguments = 1},
    {.name = "events",
     .summary = "count the events of each provider and id",
     .arguments = "FILE…",
     .run = events_command,
     .options = kCounts,
     .min_arguments = 1},
    {.name = "dump",
     .summary = "print events in the order of time, their payload taken apart",
     .arguments = "FILE…",
     .run = dump_command,
     .options = kDump,
     .min_arguments = 1},
};

constexpr cli::Example kExamples[]{
    {"etl-report info recording.etl", "what is in a recording, and what it lacks"},
    {"etl-report events recording.etl", "which events it holds, most frequent first"},
    {"etl-report dump --provider 'Microsoft-Windows-*' --pid 4711 recording.etl | hq 'summarize "
     "count() by EventName'",
     "the events of one process, counted by name"},
};

constexpr std::string_view kShortHelp[]{"provider", "id",       "pid",    "from",
                                        "to",       "manifest", "format", "output"};

constexpr cli::Entry kExitStatuses[]{
    {"0", "done, also when there are no events, or when the session itself lost some"},
    {"1", "no row, with --exit-status"},
    {"2", "wrong usage"},
    {"3",
     "a file is missing, unreadable, no recording, or damaged; what could be read was printed"},
    {"8", "--timeout passed"},
    {"70", "a bug in etl-report"},
    {"130, 143", "interrupted by Ctrl-C, by SIGTERM"},
};

constexpr std::string_view kSeeAlso[]{"hq(1)"};

}  // namespace

constinit const cli::AppDef kApp{
    .name = "etl-report",
    .summary = "reads Windows event trace recordings (.etl)",
    .description =
        "etl-report reads recordings of Event Tracing for Windows on any machine, also compressed, "
        "merged, circular, unfinished and damaged ones, and prints what they hold in the order of "
        "time.",
    .examples = kExamples,
    .commands = kCommands,
    .default_command = std::nullopt,
    .options = {},
    .short_help = kShortHelp,
    .exit_statuses = kExitStatuses,
    .files = {},
    .variables = {},
    .security =
        "etl-report reads the files it is given and writes only to stdout, stderr and --output. It "
        "opens no network connection. Recordings are not trusted: no size or count in them is "
        "believed before it is checked. Control characters in data are escaped before they reach "
        "a terminal.",
    .see_also = kSeeAlso,
    .man_page = &man_frame_etl_report,
};

}  // namespace quarry::etl_report
