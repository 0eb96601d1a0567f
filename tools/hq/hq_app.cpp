#include "tools/hq/hq_app.h"

#include "common/cli/invocation.h"
#include "common/cli/standard_options.h"

namespace quarry {
extern const std::string_view man_frame_hq;  // man/hq.1.in, embedded by the build
}

namespace quarry::hq {
namespace {

constexpr const cli::OptionTable* kReadOptions[]{&cli::kQueryOptions,   &cli::kInputOptions,
                                                 &cli::kLibraryOptions, &cli::kReadingOptions,
                                                 &cli::kEngineOptions,  &cli::kOutputOptions};
constexpr const cli::OptionTable* kCheckOptions[]{&cli::kQueryOptions, &cli::kInputOptions,
                                                  &cli::kLibraryOptions, &cli::kOutputOptions};

constexpr config::OptionDef kFunctions[]{
    {.name = "missing", .help = "List what Kusto has and hq has not, and what it never can have"},
    {.name = "manual", .help = "Print the manual page kql-functions(7)"},
};
constexpr cli::OptionTable kFunctionsTable{"Functions", kFunctions};
constexpr const cli::OptionTable* kFunctionsOptions[]{&cli::kOutputOptions, &kFunctionsTable,
                                                      &cli::kLibraryOptions};

constexpr cli::CommandDef kCommands[]{
    {.name = "",
     .summary = "run a KQL query",
     .arguments = "QUERY [FILE…]",
     .run = query_command,
     .options = kReadOptions},
    {.name = "check",
     .summary = "parse and bind a query without running it",
     .arguments = "QUERY",
     .run = check_command,
     .options = kCheckOptions},
    {.name = "explain",
     .summary = "show how a query would run",
     .arguments = "QUERY [FILE…]",
     .run = explain_command,
     .options = kReadOptions},
    {.name = "schema",
     .summary = "show the columns of a table, of files, or of a query's result (-)",
     .arguments = "[TABLE|-] [FILE…]",
     .run = schema_command,
     .options = kReadOptions},
    {.name = "format",
     .summary = "lay a query out, one operator a line",
     .arguments = "QUERY|-",
     .run = format_command,
     .options = kCheckOptions},
    {.name = "functions",
     .summary = "list functions and operators, or explain one",
     .arguments = "[NAME]",
     .run = functions_command,
     .options = kFunctionsOptions},
};

constexpr cli::Example kExamples[]{
    {"hq 'where ProcessCommandLine has \"DownloadString\"' *.ndjson.gz",
     "find a word in compressed exports"},
    {"hq -F triage.kql exports/", "run a query from a file over a folder"},
    {"zcat exports/*.gz | hq -f csv 'summarize count() by Account'", "read a pipe and write CSV"},
};

constexpr std::string_view kShortHelp[]{"query-file", "table",  "format",    "output", "schema",
                                        "threads",    "strict", "bad-lines", "stats"};

constexpr cli::Entry kExitStatuses[]{
    {"0", "done, also when there are no rows"},
    {"1", "no row, with --exit-status"},
    {"2", "wrong usage, or an error in the query: nothing was printed on stdout"},
    {"3",
     "a file that was named, also by -F or --schema, is missing or unreadable, an input is "
     "truncated, or bad lines were dropped; what could be read was printed"},
    {"8", "--timeout passed"},
    {"70", "a bug in hq"},
    {"130, 143", "interrupted by Ctrl-C (with --follow that ends the input: 0), by SIGTERM"},
};

constexpr std::string_view kSeeAlso[]{"kql-functions(7)", "jq(1)", "gzip(1)"};

}  // namespace

constinit const cli::AppDef kApp{
    .name = "hq",
    .summary = "answers KQL, the Kusto Query Language, over event files",
    .description =
        "hq runs hunting queries of Microsoft Defender and Sentinel over NDJSON, CSV and JSON "
        "files, compressed or in archives, and over standard input. "
        "Rows belong to a table by --table, by the record's _type or category, or by the file's "
        "name up to the first dot.",
    .examples = kExamples,
    .commands = kCommands,
    .default_command = "",
    .arguments_only_after = "query-file",
    .options = {},
    .short_help = kShortHelp,
    .exit_statuses = kExitStatuses,
    .files = {},
    .variables = {},
    .security =
        "hq reads the files it is given and writes only to stdout, stderr, --output, --bad-lines "
        "and, for what memory has no room for and what it fetches, to files of the user alone in "
        "$TMPDIR or /var/tmp, which go with it. It opens no network connection unless "
        "--allow-external is given; then it "
        "fetches the https addresses that externaldata names, checks certificates and sends no "
        "credentials. A query from someone else can tell its author by such an address that you "
        "ran it, and what it was given. Control characters in data are escaped before they reach a "
        "terminal.",
    .see_also = kSeeAlso,
    .man_page = &man_frame_hq,
};

}  // namespace quarry::hq
