#include "tools/consent-audit/consent_audit_app.h"

#include "common/actions/action_options.h"
#include "common/auth/connection_options.h"
#include "common/cli/standard_options.h"
#include "tools/consent-audit/read_logs.h"
#include "tools/consent-audit/respond/case_folder.h"
#include "tools/consent-audit/risk_options.h"
#include "tools/consent-audit/tenant/load_tenant.h"

namespace quarry {
extern const std::string_view man_frame_consent_audit;  // man/consent-audit.1.in, embedded
}

namespace quarry::consent_audit {
namespace {

using config::OptionDef;

constexpr OptionDef kRows[]{
    {.name = "rows",
     .help = "Print each audit row as it was read, not the findings that they join into"},
};
constexpr cli::OptionTable kRowOptions{"Rows", kRows};

constexpr const cli::OptionTable* kEvents[]{&kRowOptions,  &kFindingOptions, &kFailOnOptions,
                                            &kRiskOptions, &kLogOptions,     &cli::kOutputOptions};
constexpr std::string_view kUserConsent[]{"off", "low"};
std::span<const std::string_view> user_consent_words() { return kUserConsent; }

constexpr OptionDef kRespond[]{
    {.name = "final",
     .help = "Delete the service principal at the end; only when the investigation is closed: a "
             "blocked one that is kept is the block"},
    {.name = "first-party", .help = "Act on an application of Microsoft's own, too"},
    {.name = "require-assignment",
     .help = "Also let nobody use the application who is not assigned to it"},
    {.name = "user-consent",
     .metavar = "CHOICE",
     .help = "Also set what users may consent to: nothing, or low-impact permissions of verified "
             "publishers; other parts of the policy stay",
     .kind = config::OptionKind::kChoice,
     .choices = user_consent_words},
    {.name = "remove-secrets",
     .help = "Also remove the application's secrets, which cannot be taken back"},
};
constexpr cli::OptionTable kRespondOptions{"Response", kRespond};

constexpr const cli::OptionTable* kSettings[]{&kTenantOptions, &kFailOnOptions,
                                              &auth::kConnectionOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kGrants[]{&kTenantOptions,           &kFindingOptions,
                                            &kFailOnOptions,           &kRiskOptions,
                                            &auth::kConnectionOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kOnline[]{&auth::kConnectionOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kResponse[]{&kRespondOptions,          &kCaseOptions,
                                              &actions::kActionOptions,  &kTenantOptions,
                                              &auth::kConnectionOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kCase[]{&kCaseOptions, &cli::kOutputOptions};
constexpr OptionDef kVerify[]{
    {.name = "last",
     .metavar = "HASH",
     .help = "The last record had this hash when it was noted; without it in the timeline its end "
             "was cut off (3)",
     .kind = config::OptionKind::kValue},
};
constexpr cli::OptionTable kVerifyOptions{"Verification", kVerify};
constexpr const cli::OptionTable* kVerifying[]{&kVerifyOptions, &kCaseOptions,
                                               &cli::kOutputOptions};
constexpr const cli::OptionTable* kRules[]{&cli::kOutputOptions};

constexpr cli::CommandDef kCommands[]{
    {.name = "events",
     .summary = "find consents and grants in audit logs, and judge them",
     .arguments = "[FILE…]",
     .run = events_command,
     .options = kEvents},
    {.name = "settings",
     .summary = "judge who may consent to what, and say how to change it",
     .arguments = "",
     .run = settings_command,
     .options = kSettings,
     .max_arguments = 0},
    {.name = "grants",
     .summary = "list what each application of the tenant holds, and judge it",
     .arguments = "",
     .run = grants_command,
     .options = kGrants,
     .max_arguments = 0},
    {.name = "export",
     .summary = "save a tenant's answers, so that the rest works without it",
     .arguments = "DIR",
     .run = export_command,
     .options = kOnline,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "respond",
     .summary = "plan what to do about applications, and do it with --apply",
     .arguments = "[FINDING…]",
     .run = respond_command,
     .options = kResponse},
    {.name = "undo",
     .summary = "plan how to take a run back",
     .arguments = "RUN",
     .run = undo_command,
     .options = kCase,
     .min_arguments = 1,
     .max_arguments = 1},
    {.name = "timeline",
     .summary = "show the timeline of a case, or add a note to it",
     .arguments = "[add TEXT]",
     .run = timeline_command,
     .options = kCase,
     .max_arguments = 2},
    {.name = "verify",
     .summary = "check the chain of a timeline",
     .arguments = "[FILE]",
     .run = verify_command,
     .options = kVerifying,
     .max_arguments = 1},
    {.name = "whoami",
     .summary = "show as whom the tool acts, and what that allows",
     .arguments = "",
     .run = whoami_command,
     .options = kOnline,
     .max_arguments = 0},
    {.name = "rules",
     .summary = "list what is looked at, or explain one rule or signal",
     .arguments = "[NAME]",
     .run = rules_command,
     .options = kRules,
     .max_arguments = 1},
};

constexpr cli::Example kExamples[]{
    {"consent-audit events AuditLogs.ndjson", "what was consented, by whom, how bad"},
    {"consent-audit events --min-risk high -o case.html logs/", "a page for the case file"},
    {"consent-audit events --fail-on critical < export.json",
     "for cron: ends with 1 where something is critical"},
};

constexpr std::string_view kShortHelp[]{"rows",  "min-risk",    "fail-on", "explain",
                                        "allow", "permissions", "format",  "output"};

constexpr cli::Entry kExitStatuses[]{
    {"0", "done, also when there are no findings"},
    {"1", "something is of the risk that --fail-on names, or no row with --exit-status"},
    {"2", "wrong usage"},
    {"3",
     "an input is missing, unreadable or damaged, holds no audit rows, or lines were dropped; "
     "saved "
     "answers are incomplete; a timeline is broken, empty or cut short; what could be read was "
     "printed"},
    {"4", "no credential, sign-in refused, or a permission is missing, which the message names"},
    {"5", "Microsoft Graph or the network failed after retries"},
    {"6", "some answers or steps are missing; the output and the timeline say which"},
    {"7", "refused: not confirmed, or something that must not be done; nothing was changed"},
    {"8", "--timeout passed"},
    {"70", "a bug in consent-audit"},
    {"130, 143", "interrupted by Ctrl-C, by SIGTERM"},
};

constexpr cli::Entry kFiles[]{
    {"DIR/timeline.ndjson",
     "of --case DIR: what was done and noted, each line chained to the one before"},
    {"DIR/evidence/", "what the tenant said of an application before it was touched"},
    {"DIR/RUN.undo.ndjson", "the plan that takes a run back"},
    {"$XDG_STATE_HOME/quarry/runs/RUN.ndjson", "the same without --case"},
};

constexpr std::string_view kSeeAlso[]{"hq(1)"};

}  // namespace

constinit const cli::AppDef kApp{
    .name = "consent-audit",
    .summary = "finds and judges illicit application consent",
    .description =
        "consent-audit reads the audit logs of Entra ID in every shape they come in, puts rows "
        "together to what people did, and says which application got which access, from whom, how "
        "bad that is, and why. It reads what a tenant holds now and how its settings stand, online "
        "or "
        "from saved answers, and responds: a plan first, then block, revoke and mark, with "
        "evidence, "
        "a timeline and the way back.",
    .examples = kExamples,
    .commands = kCommands,
    .default_command = {},
    .options = {},
    .short_help = kShortHelp,
    .exit_statuses = kExitStatuses,
    .files = kFiles,
    .variables = {},
    .security =
        "Audit logs are not trusted: names in them may imitate, hide and mislead. Control "
        "characters are "
        "escaped before they reach a terminal.\n\nThe permissions of a response can take over a "
        "tenant: keep them in an "
        "application registration of their own, apart from the one that reads. Nothing is changed "
        "without --apply, "
        "a reason and a confirmation; evidence is saved first, and every step records how to take "
        "it back.",
    .see_also = kSeeAlso,
    .man_page = &man_frame_consent_audit,
};

}  // namespace quarry::consent_audit
