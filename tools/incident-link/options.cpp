#include "tools/incident-link/options.h"

#include <array>
#include <span>
#include <string_view>

namespace quarry::incident_link {
namespace {

using config::OptionDef;
using config::OptionKind;
using Words = std::span<const std::string_view>;

Words severity_words() {
  static constexpr std::array<std::string_view, 4> kWords{"informational", "low", "medium", "high"};
  return kWords;
}

Words via_words() {
  static constexpr std::array<std::string_view, 3> kWords{"createAlert", "reference", "comment"};
  return kWords;
}

Words classification_words() {
  static constexpr std::array<std::string_view, 4> kWords{
      "unknown", "falsePositive", "truePositive", "informationalExpectedActivity"};
  return kWords;
}

Words determination_words() {
  static constexpr std::array<std::string_view, 15> kWords{"unknown",
                                                           "apt",
                                                           "malware",
                                                           "securityPersonnel",
                                                           "securityTesting",
                                                           "unwantedSoftware",
                                                           "other",
                                                           "multiStagedAttack",
                                                           "compromisedUser",
                                                           "phishing",
                                                           "maliciousUserActivity",
                                                           "notMalicious",
                                                           "notEnoughDataToValidate",
                                                           "confirmedUserActivity",
                                                           "lineOfBusinessApplication"};
  return kWords;
}

constexpr OptionDef kCase[]{
    {.name = "case",
     .metavar = "DIR",
     .help = "The folder of the case, or the name of one in ~/.local/state/quarry/cases; a new one "
             "without it is there, named after its title",
     .kind = OptionKind::kValue},
};

constexpr OptionDef kIncident[]{
    {.name = "to",
     .metavar = "INCIDENT",
     .help = "The incident: 29001 or defender:29001, sentinel:3177 or sentinel:GUID; with "
             "--new: defender or sentinel",
     .kind = OptionKind::kValue},
    {.name = "sentinel-workspace",
     .metavar = "WORKSPACE",
     .help = "SUBSCRIPTION/GROUP/WORKSPACE or an ARM id; given beside a Defender incident, its "
             "alerts name the workspace",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_SENTINEL_WORKSPACE",
     .key = "sentinel_workspace"},
};

constexpr OptionDef kTarget[]{
    {.name = "new", .help = "Open a new case, or with --to a new incident of a service too"},
    {.name = "via",
     .metavar = "WAY",
     .help = "How rows get to Defender: createAlert; reference makes alerts of device rows and "
             "starts an automated investigation for each; comment only writes them down",
     .kind = OptionKind::kChoice,
     .default_text = "createAlert",
     .choices = via_words},
    {.name = "per-row",
     .help = "With --via reference: an alert for every row, not for every device"},
    {.name = "also-rule",
     .metavar = "FILE",
     .help =
         "Write a rule that goes on looking, for review: of Defender (FILE.json) or of Sentinel "
         "(FILE.yaml); needs the query",
     .kind = OptionKind::kValue},
};

constexpr OptionDef kAlert[]{
    {.name = "title",
     .metavar = "TEXT",
     .help = "Title of the case and of the alerts",
     .kind = OptionKind::kValue},
    {.name = "severity",
     .metavar = "WORD",
     .help = "How bad it is; medium where nothing is said",
     .kind = OptionKind::kChoice,
     .choices = severity_words},
    {.name = "category",
     .metavar = "WORD",
     .help = "CredentialAccess, Execution, …; SuspiciousActivity where nothing is said",
     .kind = OptionKind::kValue},
    {.name = "technique",
     .metavar = "ID",
     .help = "A technique of MITRE ATT&CK such as T1003.001",
     .kind = OptionKind::kList},
    {.name = "description",
     .metavar = "TEXT",
     .help = "What happened; the rows are described behind it",
     .kind = OptionKind::kValue},
    {.name = "recommend",
     .metavar = "TEXT",
     .help = "What to do about it",
     .kind = OptionKind::kValue},
};

constexpr OptionDef kEntity[]{
    {.name = "impacted",
     .metavar = "TYPE=COLUMN",
     .help = "Who or what it happened to, instead of what the columns tell: device=DeviceId, "
             "device.deviceName=Computer, or none",
     .kind = OptionKind::kList},
    {.name = "related",
     .metavar = "TYPE=COLUMN",
     .help = "Evidence, instead of what the columns tell: file=SHA256, ip=RemoteIP, or none",
     .kind = OptionKind::kList},
};

constexpr OptionDef kRow[]{
    {.name = "evidence",
     .help = "Take rows of any kind into the case: without the columns that an event has"},
    {.name = "from-table",
     .metavar = "NAME",
     .help = "The table that the rows are from",
     .kind = OptionKind::kValue},
    {.name = "query",
     .metavar = "KQL",
     .help = "The query that found them, to be kept with the rows",
     .kind = OptionKind::kValue},
    {.name = "query-file",
     .letter = 'F',
     .metavar = "FILE",
     .help = "The same, from a file",
     .kind = OptionKind::kValue},
};

constexpr OptionDef kTimeline[]{
    {.name = "rows", .help = "Show the whole rows as well"},
};

constexpr OptionDef kRowChoice[]{
    {.name = "row",
     .metavar = "DIGEST",
     .help = "A row of the case by the start of its SHA-256, instead of rows on standard input",
     .kind = OptionKind::kList},
};

constexpr OptionDef kFlag[]{
    {.name = "label",
     .metavar = "WORD",
     .help = "What the flag is called, such as a colour",
     .kind = OptionKind::kValue,
     .default_text = "red"},
    {.name = "note", .metavar = "TEXT", .help = "Why", .kind = OptionKind::kValue},
};

constexpr OptionDef kAnchor[]{
    {.name = "last",
     .metavar = "HASH",
     .help = "The hash of the last record as verify printed it once: it must still be there, so "
             "nothing was cut off since",
     .kind = OptionKind::kValue},
};

constexpr OptionDef kVerdict[]{
    {.name = "classification",
     .metavar = "WORD",
     .help = "What it was: truePositive, falsePositive, …",
     .kind = OptionKind::kChoice,
     .choices = classification_words},
    {.name = "determination",
     .metavar = "WORD",
     .help = "More closely: malware, phishing, securityTesting, …",
     .kind = OptionKind::kChoice,
     .choices = determination_words},
};

constexpr OptionDef kWhy[]{
    {.name = "comment",
     .metavar = "TEXT",
     .help = "Why; kept in the case",
     .kind = OptionKind::kValue},
};

}  // namespace

constinit const config::OptionTable kCaseOptions{"Case", kCase};
constinit const config::OptionTable kIncidentOptions{"Incident", kIncident};
constinit const config::OptionTable kTargetOptions{"Target", kTarget};
constinit const config::OptionTable kAlertOptions{"Alert", kAlert};
constinit const config::OptionTable kEntityOptions{"Entity", kEntity};
constinit const config::OptionTable kRowOptions{"Row", kRow};
constinit const config::OptionTable kTimelineOptions{"Timeline", kTimeline};
constinit const config::OptionTable kRowChoiceOptions{"Choice", kRowChoice};
constinit const config::OptionTable kFlagOptions{"Flag", kFlag};
constinit const config::OptionTable kAnchorOptions{"Proof", kAnchor};
constinit const config::OptionTable kVerdictOptions{"Verdict", kVerdict};
constinit const config::OptionTable kWhyOptions{"Comment", kWhy};

}  // namespace quarry::incident_link
