#include "tests/unit/cli/sample_app.h"

#include "common/cli/standard_options.h"

namespace quarry::cli {
namespace {

constexpr const OptionTable* kQueryTables[]{&kOutputOptions, &kQueryOptions, &kInputOptions,
                                            &kReadingOptions, &kEngineOptions};
constexpr const OptionTable* kCheckTables[]{&kOutputOptions, &kQueryOptions};

constexpr CommandDef kCommands[]{
    {.name = "",
     .summary = "answers a query",
     .arguments = "QUERY [FILE…]",
     .options = kQueryTables},
    {.name = "check",
     .summary = "parses and binds only",
     .arguments = "QUERY",
     .options = kCheckTables,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "functions",
     .summary = "lists functions: all, or one",
     .arguments = "[NAME]",
     .max_arguments = 1},
};
constexpr Example kExamples[]{{"tool 'take 10' events.ndjson", "Show ten rows"},
                              {"tool -F it's.kql logs/", "Run a query file"},
                              {"tool 'count' < a", "Count"},
                              {"tool check 'x'", "A fourth"}};
constexpr std::string_view kShort[]{"format",  "output", "query-file", "table", "schema",
                                    "threads", "strict", "bad-lines",  "pager", "color"};
constexpr Entry kStatuses[]{{"3", "an input is missing"}, {"130, 143", "ended by a signal"}};
constexpr std::string_view kSeeAlso[]{"jq(1)", "kql-functions(7)"};

}  // namespace

constinit const AppDef kSampleApp{.name = "tool",
                                  .summary = "answers KQL",
                                  .description = "First.\n\n.Second 'quoted' \\ back.",
                                  .examples = kExamples,
                                  .commands = kCommands,
                                  .default_command = "",
                                  .arguments_only_after = "query-file",
                                  .options = {},
                                  .short_help = kShort,
                                  .exit_statuses = kStatuses,
                                  .files = {},
                                  .variables = {},
                                  .security = "Reads only.",
                                  .see_also = kSeeAlso};
constinit const AppDef kStrictApp{.name = "strict-tool",
                                  .summary = "needs a command",
                                  .description = "",
                                  .examples = {},
                                  .commands = std::span<const CommandDef>(kCommands).subspan(1),
                                  .default_command = {},
                                  .options = {},
                                  .short_help = {},
                                  .exit_statuses = {},
                                  .files = {},
                                  .variables = {},
                                  .security = "",
                                  .see_also = {}};

}  // namespace quarry::cli
