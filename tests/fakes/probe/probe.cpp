#include "tests/fakes/probe/probe.h"

#include "common/actions/action_options.h"
#include "common/auth/connection_options.h"
#include "common/cli/standard_options.h"

namespace quarry::probe {
namespace {

constexpr const cli::OptionTable* kOnline[]{&auth::kConnectionOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kActing[]{&auth::kConnectionOptions, &actions::kActionOptions};

constexpr cli::CommandDef kCommands[]{
    {.name = "whoami",
     .summary = "show as whom the tool acts and what that allows",
     .arguments = "",
     .run = whoami_command,
     .options = kOnline,
     .max_arguments = 0},
    {.name = "list",
     .summary = "list all things",
     .arguments = "",
     .run = list_command,
     .options = kOnline,
     .max_arguments = 0},
    {.name = "content",
     .summary = "download a thing",
     .arguments = "THING FILE",
     .run = content_command,
     .options = kOnline,
     .min_arguments = 2,
     .max_arguments = 2},
    {.name = "lock",
     .summary = "lock things",
     .arguments = "[THING…]",
     .run = lock_command,
     .options = kActing},
    {.name = "undo",
     .summary = "plan how to take a run back",
     .arguments = "RUN",
     .run = undo_command,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "verify",
     .summary = "check the chain of a journal",
     .arguments = "FILE",
     .run = verify_command,
     .min_arguments = 1,
     .max_arguments = 1},
};

constexpr cli::Example kExamples[]{{"quarry_probe whoami", "who am I"},
                                   {"quarry_probe list", "all things"},
                                   {"quarry_probe lock thing-1", "a plan"}};

}  // namespace

constinit const cli::AppDef kApp{.name = "quarry_probe",
                                 .summary = "goes online and acts, for tests",
                                 .description = "For tests only.",
                                 .examples = kExamples,
                                 .commands = kCommands,
                                 .default_command = {},
                                 .options = {},
                                 .short_help = {},
                                 .exit_statuses = {},
                                 .files = {},
                                 .variables = {},
                                 .security = "",
                                 .see_also = {}};

}  // namespace quarry::probe
