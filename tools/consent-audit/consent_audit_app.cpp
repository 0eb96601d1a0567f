#include "tools/consent-audit/consent_audit_app.h"

#include "common/cli/standard_options.h"
#include "tools/consent-audit/read_logs.h"
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

constexpr const cli::OptionTable* kEvents[]{&kRowOptions, &kFindingOptions, &kRiskOptions,
                                            &kLogOptions, &cli::kOutputOptions};
constexpr const cli::OptionTable* kSettings[]{&kTenantOptions, &kFindingOptions,
                                              &cli::kOutputOptions};
constexpr const cli::OptionTable* kGrants[]{&kTenantOptions, &kFindingOptions, &kRiskOptions,
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
     "an input is missing, unreadable or damaged, holds no audit rows, or lines were dropped; what "
     "could be "
     "read was printed"},
    {"8", "--timeout passed"},
    {"70", "a bug in consent-audit"},
    {"130, 143", "interrupted by Ctrl-C, by SIGTERM"},
};

constexpr std::string_view kSeeAlso[]{"hq(1)"};

}  // namespace

constinit const cli::AppDef kApp{
    .name = "consent-audit",
    .summary = "finds and judges illicit application consent",
    .description =
        "consent-audit reads the audit logs of Entra ID in every shape they come in, puts rows "
        "together to what people did, and says which application got which access, from whom, how "
        "bad that is, and why.",
    .examples = kExamples,
    .commands = kCommands,
    .default_command = {},
    .options = {},
    .short_help = kShortHelp,
    .exit_statuses = kExitStatuses,
    .files = {},
    .variables = {},
    .security =
        "Audit logs are not trusted: names in them may imitate, hide and mislead. Control "
        "characters are "
        "escaped before they reach a terminal.",
    .see_also = kSeeAlso,
    .man_page = &man_frame_consent_audit,
};

}  // namespace quarry::consent_audit
