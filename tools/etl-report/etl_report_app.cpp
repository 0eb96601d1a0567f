#include "tools/etl-report/etl_report_app.h"

#include "common/cli/invocation.h"
#include "common/cli/standard_options.h"
#include "tools/etl-report/parameters/parameters.h"
#include "tools/etl-report/views/tables.h"

#include <array>

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

/// Those of every view, then what all of them heed.
constexpr auto report_options() {
  std::array<const cli::OptionTable*, kViews.size() + 4> tables{};
  std::size_t count = 0;
  for (const View* const view : kViews) tables[count++] = &view->options;
  tables[count++] = &kLimitOptions;
  tables[count++] = &kScanOptions;
  tables[count++] = &kRawOptions;
  tables[count++] = &cli::kOutputOptions;
  return tables;
}
constexpr auto kReport = report_options();
constexpr const cli::OptionTable* kScans[]{&kScanOptions, &kRawOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kDiff[]{&kDiffOptions, &kScanOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kInfo[]{&cli::kOutputOptions};
constexpr const cli::OptionTable* kCounts[]{&kDecodingOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kDump[]{&kFilterOptions, &kDecodingOptions, &cli::kOutputOptions};

constexpr cli::CommandDef kCommands[]{
    {.name = "report",
     .summary = "show what cost Defender Antivirus most, as Get-MpPerformanceReport does",
     .arguments = "FILE…",
     .run = report_command,
     .options = kReport,
     .min_arguments = 1},
    {.name = "scans",
     .summary = "print every scan of Defender performance recordings",
     .arguments = "FILE…",
     .run = scans_command,
     .options = kScans,
     .min_arguments = 1},
    {.name = "diff",
     .summary = "show what got dearer or cheaper to scan from one recording to another",
     .arguments = "BEFORE AFTER",
     .run = diff_command,
     .options = kDiff,
     .min_arguments = 2,
     .max_arguments = 2},
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
    {"etl-report --top-files 10 --top-processes 10 scans.etl",
     "what makes Defender Antivirus busy on this machine"},
    {"etl-report --overview --top-paths 5 -o report.html scans.etl",
     "the same as a page with charts; -TopPaths 5 is understood too"},
    {"etl-report scans *.etl | hq 'summarize sum(Duration) by ProcessPath'",
     "any question, over several recordings"},
    {"etl-report info recording.etl", "what is in a recording, and what it lacks"},
    {"etl-report events recording.etl", "which events it holds, most frequent first"},
    {"etl-report dump --pid 4711 a.etl | hq 'summarize count() by Id'",
     "the events of one process, counted by id"},
};

constexpr std::string_view kShortHelp[]{
    "top-files", "top-processes", "top-paths", "top-extensions", "top-scans",
    "overview",  "min-duration",  "raw",       "format",         "output"};

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
        "etl-report tells what Microsoft Defender Antivirus spent its time on, from recordings "
        "that New-MpPerformanceRecording made, on any machine: the report of "
        "Get-MpPerformanceReport, every scan as a row for hq, or two recordings beside each other."
        "\n\n"
        "It also shows what any recording of Event Tracing for Windows holds, in the order of "
        "time: compressed, merged, circular, unfinished and damaged ones too.",
    .examples = kExamples,
    .commands = kCommands,
    .default_command = "report",
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
