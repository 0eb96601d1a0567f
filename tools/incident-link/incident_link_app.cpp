#include "tools/incident-link/incident_link_app.h"

#include "common/actions/action_options.h"
#include "common/auth/connection_options.h"
#include "common/cli/invocation.h"
#include "common/cli/standard_options.h"
#include "tools/incident-link/options.h"

namespace quarry {
extern const std::string_view man_frame_incident_link;  // man/incident-link.1.in, by the build
}

namespace quarry::incident_link {
namespace {

constexpr const cli::OptionTable* kLink[]{
    &kIncidentOptions,        &kTargetOptions,          &kCaseOptions,
    &kAlertOptions,           &kEntityOptions,          &kRowOptions,
    &actions::kActionOptions, &auth::kConnectionOptions};
constexpr const cli::OptionTable* kShow[]{&kCaseOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kList[]{&cli::kOutputOptions};
constexpr const cli::OptionTable* kTimeline[]{&kCaseOptions, &kTimelineOptions,
                                              &cli::kOutputOptions};
constexpr const cli::OptionTable* kNote[]{&kCaseOptions, &kIncidentOptions,
                                          &actions::kActionOptions, &auth::kConnectionOptions};
constexpr const cli::OptionTable* kEdit[]{&kCaseOptions, &kWhyOptions, &kIncidentOptions,
                                          &actions::kActionOptions, &auth::kConnectionOptions};
constexpr const cli::OptionTable* kClose[]{
    &kCaseOptions,     &kVerdictOptions,         &kWhyOptions,
    &kIncidentOptions, &actions::kActionOptions, &auth::kConnectionOptions};
constexpr const cli::OptionTable* kFlag[]{&kCaseOptions, &kRowChoiceOptions, &kFlagOptions};
constexpr const cli::OptionTable* kUnflag[]{&kCaseOptions, &kRowChoiceOptions};
constexpr const cli::OptionTable* kVerify[]{&kCaseOptions, &kAnchorOptions};
constexpr const cli::OptionTable* kCaseOnly[]{&kCaseOptions};
constexpr const cli::OptionTable* kOnline[]{&kIncidentOptions, &auth::kConnectionOptions,
                                            &cli::kOutputOptions};

constexpr cli::CommandDef kCommands[]{
    {.name = "link",
     .summary = "link rows to a case or an incident",
     .arguments = "[FILE…]",
     .run = link_command,
     .options = kLink},
    {.name = "push",
     .summary = "link what a case holds to an incident, later",
     .arguments = "",
     .run = push_command,
     .options = kLink,
     .max_arguments = 0},
    {.name = "list",
     .summary = "show the cases below a folder",
     .arguments = "[DIR]",
     .run = list_command,
     .options = kList,
     .max_arguments = 1},
    {.name = "show",
     .summary = "show what a case is about and what it holds",
     .arguments = "",
     .run = show_command,
     .options = kShow,
     .max_arguments = 0},
    {.name = "timeline",
     .summary = "show everything in a case, in the order of time",
     .arguments = "",
     .run = timeline_command,
     .options = kTimeline,
     .max_arguments = 0},
    {.name = "export",
     .summary = "write a case as a page to hand over: HTML, or Markdown",
     .arguments = "",
     .run = export_command,
     .options = kShow,
     .max_arguments = 0},
    {.name = "note",
     .summary = "add a note to a case, or with --to a comment to an incident; - is standard input",
     .arguments = "TEXT|-",
     .run = note_command,
     .options = kNote,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "status",
     .summary = "make a case, or with --to an incident, new, active or closed",
     .arguments = "WORD",
     .run = status_command,
     .options = kEdit,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "assign",
     .summary = "say who works on a case, or with --to on an incident",
     .arguments = "NAME",
     .run = assign_command,
     .options = kEdit,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "close",
     .summary = "close a case, or with --to an incident, and say what it was",
     .arguments = "",
     .run = close_command,
     .options = kClose,
     .max_arguments = 0},
    {.name = "undo",
     .summary = "plan what takes back how a run changed an incident, for --plan",
     .arguments = "RUN",
     .run = undo_command,
     .options = kCaseOnly,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "flag",
     .summary = "flag rows of a case",
     .arguments = "[FILE…]",
     .run = flag_command,
     .options = kFlag},
    {.name = "unflag",
     .summary = "take flags off",
     .arguments = "[FILE…]",
     .run = unflag_command,
     .options = kUnflag},
    {.name = "flags",
     .summary = "print the flagged rows, for hq",
     .arguments = "",
     .run = flags_command,
     .options = kCaseOnly,
     .max_arguments = 0},
    {.name = "verify",
     .summary = "prove that nothing in a case, or a journal, was changed",
     .arguments = "[FILE]",
     .run = verify_command,
     .options = kVerify,
     .max_arguments = 1},
    {.name = "whoami",
     .summary = "show as whom the tool acts and what that allows",
     .arguments = "",
     .run = whoami_command,
     .options = kOnline,
     .max_arguments = 0},
};

constexpr cli::Example kExamples[]{
    {"hq -F hunt.kql events/ | incident-link --new --title 'LSASS read'",
     "rows of a hunt into a new case on this machine"},
    {"incident-link timeline --case lsass-read -f table", "what happened, in the order of time"},
    {"hq -F hunt.kql events/ | incident-link --to 29001 --apply",
     "the same rows into an incident of Defender, once"},
    {"incident-link push --case lsass-read --to sentinel:3177 --apply",
     "what the case holds into an incident of Sentinel"},
    {"incident-link close --to 29001 --classification truePositive --apply",
     "an incident of Defender is closed; undo takes it back"},
    {"incident-link export --case lsass-read -o handover.html", "a page to hand over"},
    {"incident-link flags --case lsass-read | hq 'distinct DeviceName'",
     "questions about the flagged rows"},
};

constexpr std::string_view kShortHelp[]{"new",      "to",      "case",      "title", "severity",
                                        "impacted", "related", "recommend", "apply", "dry-run"};

constexpr cli::Entry kExitStatuses[]{
    {"0", "done, also when everything was linked before"},
    {"2", "wrong usage, or rows without the columns that are needed; nothing was linked"},
    {"3", "rows that cannot be read, a time that is none, a case that was changed or cut off"},
    {"4", "no credential, sign-in refused, permission missing"},
    {"5", "the service or the network failed"},
    {"6", "some groups were linked and others not; the case says which"},
    {"7",
     "refused: more groups than --max-targets, a closed case, no confirmation; nothing changed"},
    {"8", "--timeout passed"},
    {"70", "a bug in incident-link"},
    {"130, 143", "interrupted by Ctrl-C, by SIGTERM"},
};

constexpr cli::Entry kFiles[]{
    {"~/.local/state/quarry/cases", "cases without --case: $XDG_STATE_HOME/quarry/cases"},
    {"DIR/links.ndjson", "all records of a case, each with the digest of the one before"},
    {"DIR/links.ndjson.cut-N", "what was left of a record that was cut off at byte N"},
    {"DIR/case.json", "its title, severity, status and so on"},
};

constexpr std::string_view kSeeAlso[]{"hq(1)", "etl-report(1)"};

}  // namespace

constinit const cli::AppDef kApp{
    .name = "incident-link",
    .summary = "links rows of hunts to cases and incidents",
    .description =
        "incident-link does what the portal's \"link to incident\" does, for pipes: rows of a hunt "
        "go into an incident, with the entities they are about, each row once.\n\n"
        "Without a tenant the incident is a case: a folder on this machine, append-only and "
        "provable. It takes what every tool of Quarry prints, shows it as one timeline, and can be "
        "linked to an incident of Defender or Sentinel later.",
    .examples = kExamples,
    .commands = kCommands,
    .default_command = "link",
    .options = {},
    .short_help = kShortHelp,
    .exit_statuses = kExitStatuses,
    .files = kFiles,
    .variables = {},
    .security =
        "Cases hold evidence: their folders and files are for their owner alone. Nothing is sent "
        "without --to and --apply; what is sent, and what became of it, stands in the case before "
        "and after. Every record carries the digest of the one before, and verify tells where one "
        "was changed; keep the last digest elsewhere to prove the end too. Texts from rows are "
        "escaped before they reach a terminal, a page or a comment.",
    .see_also = kSeeAlso,
    .man_page = &man_frame_incident_link,
};

}  // namespace quarry::incident_link
