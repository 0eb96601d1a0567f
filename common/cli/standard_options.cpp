#include "common/cli/standard_options.h"

#include "common/output/format.h"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace quarry::cli {
namespace {

using config::OptionDef;
using config::OptionKind;
using config::Reach;
using Words = std::span<const std::string_view>;

Words when_words() {
  static constexpr std::array<std::string_view, 3> kWords{"auto", "always", "never"};
  return kWords;
}

Words documentation_words() {
  static constexpr std::array<std::string_view, 4> kWords{"man", "bash", "zsh", "fish"};
  return kWords;
}

Words input_format_words() {
  static constexpr std::array<std::string_view, 5> kWords{"auto", "ndjson", "json", "csv", "tsv"};
  return kWords;
}

Words format_words() {
  static const std::vector<std::string_view> kWords = [] {
    std::vector<std::string_view> names;
    for (const output::FormatDef& format : output::formats()) names.push_back(format.name);
    return names;
  }();
  return kWords;
}

constexpr OptionDef kGeneral[]{
    {.name = "help",
     .letter = 'h',
     .help = "Show the options used most (-h) or everything (--help)"},
    {.name = "version",
     .letter = 'V',
     .help = "Show name, version and commit; with -v the libraries too"},
    {.name = "quiet", .letter = 'q', .help = "Report errors only", .key = "quiet"},
    {.name = "verbose",
     .letter = 'v',
     .help = "Report notes and what was read, also where standard error is no terminal",
     .kind = OptionKind::kCount,
     .key = "verbose"},
    {.name = "color",
     .metavar = "WHEN",
     .help = "Use colour",
     .kind = OptionKind::kChoice,
     .variable = "QUARRY_COLOR",
     .key = "color",
     .default_text = "auto",
     .choices = when_words},
    {.name = "progress",
     .metavar = "WHEN",
     .help = "Show progress on standard error",
     .kind = OptionKind::kChoice,
     .key = "progress",
     .default_text = "auto",
     .choices = when_words},
    {.name = "timeout",
     .metavar = "DURATION",
     .help = "Stop after this time (8), for example 90s or 5m",
     .kind = OptionKind::kValue,
     .key = "timeout"},
    {.name = "profile",
     .metavar = "NAME",
     .help = "Use the section [profile.NAME] of the configuration",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_PROFILE",
     .key = "profile"},
    {.name = "show-config", .help = "Show every effective setting and where it came from"},
    {.name = "generate",
     .metavar = "KIND",
     .help = "Print the manual page or a shell's completions",
     .kind = OptionKind::kChoice,
     .choices = documentation_words,
     .hidden = true},
};

constexpr OptionDef kOutput[]{
    {.name = "output",
     .letter = 'o',
     .metavar = "FILE",
     .help = "Write results to FILE; it appears when they are complete; without --format its "
             "ending decides: .ndjson .csv .tsv .json .md .html .txt (table); without one ndjson",
     .kind = OptionKind::kValue},
    {.name = "format",
     .letter = 'f',
     .metavar = "NAME",
     .help = "How results look; without it a table on a terminal, by the ending in a file, else "
             "ndjson",
     .kind = OptionKind::kChoice,
     .variable = "QUARRY_FORMAT",
     .key = "format",
     .choices = format_words,
     .reach = Reach::kTerminal},
    {.name = "tz",
     .metavar = "ZONE",
     .help = "Show instants of tables in this time zone; data formats stay UTC",
     .kind = OptionKind::kValue,
     .key = "tz",
     .default_text = "UTC"},
    {.name = "typed",
     .help = "Write a schema line first (ndjson); the default for a file named .typed.ndjson"},
    {.name = "csv-safe",
     .help = "Guard cells that a spreadsheet would run as a formula (csv, tsv)",
     .key = "csv_safe"},
    {.name = "pager",
     .help = "Never page long results on a terminal",
     .key = "pager",
     .default_text = "true"},
    {.name = "line-buffered", .help = "Write out every row at once"},
    {.name = "exit-status", .help = "Exit with 1 when there is no row"},
};

constexpr OptionDef kQuery[]{
    {.name = "query-file",
     .letter = 'F',
     .metavar = "FILE",
     .help = "Read the query from FILE; all arguments are inputs then",
     .kind = OptionKind::kValue},
    {.name = "param",
     .metavar = "NAME=VALUE",
     .help = "Give the query a value, as a let would: 5, true, 1d, datetime(2026-06-03) keep their "
             "types, other text is a string",
     .kind = OptionKind::kList},
    {.name = "now",
     .metavar = "INSTANT",
     .help = "What now() returns, so that answers repeat",
     .kind = OptionKind::kValue},
};

constexpr OptionDef kLibrary[]{
    {.name = "functions",
     .metavar = "PATH",
     .help =
         "Functions that the query may call: a folder or file of KQL, each named as its file, or "
         "of Sentinel's parsers (YAML)",
     .kind = OptionKind::kList,
     .key = "functions"},
};

constexpr OptionDef kInput[]{
    {.name = "table",
     .metavar = "NAME=PATH",
     .help = "Rows of PATH are table NAME, whatever they say",
     .kind = OptionKind::kList},
    {.name = "watchlist",
     .metavar = "ALIAS=PATH",
     .help = "Rows of PATH are what _GetWatchlist('ALIAS') gives",
     .kind = OptionKind::kList},
    {.name = "schema",
     .metavar = "FILE",
     .help = "Read tables and their columns' types from FILE (JSON)",
     .kind = OptionKind::kList,
     .key = "schema"},
    {.name = "sample",
     .metavar = "N|all|auto",
     .help = "Rows to look at for columns; auto: 1000, small inputs all",
     .kind = OptionKind::kValue,
     .key = "sample",
     .default_text = "auto"},
    {.name = "input-format",
     .metavar = "NAME",
     .help = "What the inputs are; auto looks at their content",
     .kind = OptionKind::kChoice,
     .default_text = "auto",
     .choices = input_format_words},
    {.name = "max-line",
     .metavar = "SIZE",
     .help = "A longer line is a bad line",
     .kind = OptionKind::kValue,
     .key = "max_line",
     .default_text = "16MiB"},
    {.name = "assume-prompt",
     .metavar = "DURATION",
     .help = "Of an export by hours (y=/m=/d=/h=) skip also folders later than the query's time "
             "range by more than this; without it only earlier ones",
     .kind = OptionKind::kValue,
     .key = "assume_prompt"},
};

constexpr OptionDef kReading[]{
    {.name = "strict",
     .help = "Check every byte and stop at the first bad line (3)",
     .key = "strict"},
    {.name = "bad-lines",
     .metavar = "FILE",
     .help = "Keep bad lines in FILE, each with its position",
     .kind = OptionKind::kValue},
    {.name = "allow-external",
     .help = "Let externaldata fetch https addresses; nothing else goes to the network"},
    {.name = "follow",
     .help = "Keep reading a growing file, also when it is rotated; Ctrl-C ends the input (0)"},
};

constexpr OptionDef kEngine[]{
    {.name = "threads",
     .metavar = "N",
     .help = "Work on N threads; without it on all cores of this process",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_THREADS",
     .key = "threads"},
    {.name = "memory-limit",
     .metavar = "SIZE",
     .help = "Hold no more rows in memory, for example 2GiB; sort, summarize and join move the "
             "others to TMPDIR",
     .kind = OptionKind::kValue,
     .key = "memory_limit"},
    {.name = "stats",
     .help = "Report what was read and how long it took; on standard error, as JSON where that is "
             "no terminal"},
};

}  // namespace

constinit const config::OptionTable kGeneralOptions{"General", kGeneral};
constinit const config::OptionTable kOutputOptions{"Output", kOutput};
constinit const config::OptionTable kQueryOptions{"Query", kQuery};
constinit const config::OptionTable kInputOptions{"Input", kInput};
constinit const config::OptionTable kLibraryOptions{"Library", kLibrary};
constinit const config::OptionTable kReadingOptions{"Reading", kReading};
constinit const config::OptionTable kEngineOptions{"Resource", kEngine};

std::span<const config::OptionTable* const> standard_tables() {
  static constexpr std::array<const config::OptionTable*, 7> kTables{
      &kGeneralOptions, &kOutputOptions,  &kQueryOptions, &kInputOptions,
      &kLibraryOptions, &kReadingOptions, &kEngineOptions};
  return kTables;
}

}  // namespace quarry::cli
