#include "tools/lr/lr_app.h"

#include "common/actions/action_options.h"
#include "common/auth/connection_options.h"
#include "common/cli/invocation.h"
#include "common/cli/standard_options.h"
#include "tools/lr/targets/targets.h"

namespace quarry {
extern const std::string_view man_frame_lr;  // man/lr.1.in, embedded by the build
}

namespace quarry::lr {
namespace {

using config::OptionDef;
using config::OptionKind;

constexpr OptionDef kFetching[]{
    {.name = "out-dir",
     .metavar = "DIR",
     .help = "Files from devices go to DIR/DEVICE/; without it to lr-RUN, lr-collect",
     .kind = OptionKind::kValue,
     .key = "out_dir"},
    {.name = "max-file",
     .metavar = "SIZE",
     .help = "A file that is larger, stored or unpacked, is refused",
     .kind = OptionKind::kValue,
     .key = "max_file",
     .default_text = "8GiB"},
};
constexpr cli::OptionTable kFetchOptions{"Files from devices", kFetching};

constexpr OptionDef kMachineAction[]{
    {.name = "type",
     .metavar = "WORD",
     .help = "How to isolate: Full, Selective, UnManagedDevice; how to scan: Quick, Full",
     .kind = OptionKind::kValue},
    {.name = "sha1",
     .metavar = "HEX",
     .help = "The file to stop and quarantine",
     .kind = OptionKind::kValue},
};
constexpr cli::OptionTable kActionKindOptions{"Action", kMachineAction};

constexpr OptionDef kRunning[]{
    {.name = "max-sessions",
     .metavar = "N",
     .help = "Sessions at once, of the 25 that a tenant has together with the portal",
     .kind = OptionKind::kValue,
     .key = "max_sessions",
     .default_text = "20"},
    {.name = "pending-timeout",
     .metavar = "DURATION",
     .help = "A device that has not begun by then is put back and asked again later; wins over the "
             "playbook",
     .kind = OptionKind::kValue},
    {.name = "give-up-after",
     .metavar = "DURATION",
     .help = "A device that has not answered by then is given up; wins over the playbook",
     .kind = OptionKind::kValue},
};
constexpr cli::OptionTable kRunOptions{"Running", kRunning};

constexpr OptionDef kArchiving[]{
    {.name = "archive",
     .metavar = "FILE",
     .help = "Pack the files of the run and its result lines into this zip archive (AES-256), and "
             "remove them elsewhere",
     .kind = OptionKind::kValue},
    {.name = "password-file",
     .metavar = "FILE",
     .help = "The archive's password; without it lr asks",
     .kind = OptionKind::kValue},
};
constexpr cli::OptionTable kArchiveOptions{"Archive", kArchiving};

constexpr OptionDef kQuarantine[]{
    {.name = "script",
     .metavar = "FILE",
     .help = "The script that packs the quarantine store on the device; it is put into the library "
             "first",
     .kind = OptionKind::kValue},
};
constexpr cli::OptionTable kQuarantineOptions{"Quarantine", kQuarantine};

constexpr const cli::OptionTable* kRun[]{&kTargetOptions,
                                         &kChoosingOptions,
                                         &kRunOptions,
                                         &kFetchOptions,
                                         &kArchiveOptions,
                                         &actions::kActionOptions,
                                         &auth::kConnectionOptions,
                                         &cli::kOutputOptions};
constexpr const cli::OptionTable* kQuarantining[]{
    &kTargetOptions,     &kChoosingOptions, &kQuarantineOptions,      &kRunOptions,
    &kFetchOptions,      &kArchiveOptions,  &actions::kActionOptions, &auth::kConnectionOptions,
    &cli::kOutputOptions};
constexpr const cli::OptionTable* kMachines[]{&kChoosingOptions, &auth::kConnectionOptions,
                                              &cli::kOutputOptions};
constexpr const cli::OptionTable* kCollect[]{&kFetchOptions, &auth::kConnectionOptions,
                                             &cli::kOutputOptions};
constexpr const cli::OptionTable* kActing[]{&actions::kActionOptions, &auth::kConnectionOptions,
                                            &cli::kOutputOptions};
constexpr const cli::OptionTable* kMachineActing[]{
    &kTargetOptions,          &kChoosingOptions,         &kActionKindOptions,
    &actions::kActionOptions, &auth::kConnectionOptions, &cli::kOutputOptions};
constexpr OptionDef kVerifying[]{
    {.name = "last",
     .metavar = "HASH",
     .help = "The hash of the last record as verify printed it once: it must still be there, so "
             "nothing was cut off since",
     .kind = OptionKind::kValue},
};
constexpr cli::OptionTable kVerifyOptions{"Verification", kVerifying};
constexpr const cli::OptionTable* kVerify[]{&kVerifyOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kOnline[]{&auth::kConnectionOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kLocal[]{&cli::kOutputOptions};

constexpr cli::CommandDef kCommands[]{
    {.name = "run",
     .summary = "run a playbook on devices, or go on with a run",
     .arguments = "[PLAYBOOK]",
     .run = run_command,
     .options = kRun,
     .max_arguments = 1},
    {.name = "check",
     .summary = "say every mistake in playbooks",
     .arguments = "PLAYBOOK…",
     .run = check_command,
     .min_arguments = 1},
    {.name = "status",
     .summary = "list runs, or how each device of a run stands",
     .arguments = "[RUN]",
     .run = status_command,
     .options = kLocal,
     .max_arguments = 1},
    {.name = "report",
     .summary = "show what became of a run, as Markdown or HTML",
     .arguments = "RUN",
     .run = report_command,
     .options = kLocal,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "cancel",
     .summary = "end a run, or single actions, at the service too",
     .arguments = "RUN|ACTION-ID…",
     .run = cancel_command,
     .options = kActing,
     .min_arguments = 1},
    {.name = "collect",
     .summary = "fetch the results of actions, whoever began them",
     .arguments = "ACTION-ID…",
     .run = collect_command,
     .options = kCollect,
     .min_arguments = 1},
    {.name = "library",
     .summary = "list, push or remove scripts and files that devices can be given",
     .arguments = "[list | push FILE… | rm NAME…]",
     .run = library_command,
     .options = kActing},
    {.name = "action",
     .summary =
         "isolate, release, scan, package, restrict, unrestrict, stop-quarantine, investigate",
     .arguments = "VERB",
     .run = action_command,
     .options = kMachineActing,
     .max_arguments = 1},
    {.name = "quarantine",
     .summary = "fetch the quarantine stores of devices into a protected archive",
     .arguments = "",
     .run = quarantine_command,
     .options = kQuarantining,
     .max_arguments = 0},
    {.name = "undo",
     .summary = "print the plan that takes machine actions of a run back",
     .arguments = "RUN",
     .run = undo_command,
     .options = kLocal,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "machines",
     .summary = "list the devices of the tenant",
     .arguments = "",
     .run = machines_command,
     .options = kMachines,
     .max_arguments = 0},
    {.name = "whoami",
     .summary = "show as whom lr acts, and which commands that is enough for",
     .arguments = "",
     .run = whoami_command,
     .options = kOnline,
     .max_arguments = 0},
    {.name = "verify",
     .summary = "check the chain of a run's journal",
     .arguments = "RUN|FILE",
     .run = verify_command,
     .options = kVerify,
     .min_arguments = 1,
     .max_arguments = 1},
};

constexpr cli::Example kExamples[]{
    {"lr check triage.toml", "every mistake of a playbook, with its line"},
    {"lr run triage.toml --machine wks-0042", "the plan: nothing is done without --apply"},
    {"hq -F suspects.kql *.ndjson | lr run triage.toml --devices -",
     "the same for every device that a query found"},
    {"lr run --resume 20261120T091201Z-4f2a9c", "go on after a crash, or Ctrl-C"},
};

constexpr std::string_view kShortHelp[]{"devices", "machine",      "tag",     "apply",  "reason",
                                        "resume",  "max-sessions", "out-dir", "format", "output"};

constexpr cli::Entry kExitStatuses[]{
    {"0", "done: every command on every device succeeded, or a plan was printed"},
    {"1", "no row, with --exit-status"},
    {"2", "wrong usage, or mistakes in a playbook; nothing was sent"},
    {"3", "an input is missing or unreadable, no run has the name, or no device can be asked"},
    {"4", "sign-in was refused, or a permission is missing; the message names it"},
    {"5", "the service failed after retries"},
    {"6", "some devices did not succeed; the result lines say which, and why"},
    {"7", "refused: no confirmation, no reason, or more targets than allowed"},
    {"8", "--timeout passed; the run can be gone on with"},
    {"70", "a bug in lr"},
    {"130, 143", "interrupted by Ctrl-C, by SIGTERM; the run can be gone on with"},
};

constexpr cli::Entry kFiles[]{
    {"$XDG_STATE_HOME/quarry/runs/RUN.ndjson", "the journal of a run"},
    {"$XDG_STATE_HOME/quarry/rate/", "what was sent lately, for the limits of the service"},
    {"$XDG_CACHE_HOME/quarry/tokens/", "access tokens, readable by their owner alone"},
};

constexpr std::string_view kSeeAlso[]{"hq(1)"};

}  // namespace

constinit const cli::AppDef kApp{
    .name = "lr",
    .summary = "runs live response playbooks on many devices",
    .description =
        "lr runs one playbook on any number of devices through the live response API of Microsoft "
        "Defender for Endpoint: scripts and files of the library, files to fetch. It keeps within "
        "the service's limits, waits for devices that are switched off, and writes down every step "
        "before and after it, so that a run which was interrupted goes on where it stood: nothing "
        "is done twice and nothing is lost.",
    .examples = kExamples,
    .commands = kCommands,
    .default_command = {},
    .options = {},
    .short_help = kShortHelp,
    .exit_statuses = kExitStatuses,
    .files = kFiles,
    .variables = {},
    .security =
        "Scripts run as SYSTEM on other people's machines: nothing happens without --apply, a "
        "reason, and a confirmation. Values that rows put into arguments and paths are refused "
        "where they hold what a shell reads as more than text. No name that comes from a device or "
        "from the service becomes a path on this machine. Fetched files may be malware: they are "
        "readable by their owner alone and never opened.",
    .see_also = kSeeAlso,
    .man_page = &man_frame_lr,
};

}  // namespace quarry::lr
