// What `lr action` can do to a machine, each act declared once.
#pragma once

#include "common/actions/action.h"
#include "common/auth/whoami.h"
#include "tools/lr/permissions.h"

#include <array>
#include <span>
#include <string_view>

namespace quarry::lr {

struct Verb {
  std::string_view name;  // as users say it
  std::string_view path;  // as the address says it
  std::string_view type;  // as the machine action says it; empty: it makes none
  std::string_view summary;
  auth::Need need;
  actions::Level level = actions::Level::kSevere;
  std::string_view undo = {};    // the verb that takes it back
  std::string_view member = {};  // of the body, beside Comment
  /// What the member may be, as the service spells it, the default first; empty: any (Sha1), or no
  /// member.
  std::span<const std::string_view> values = {};
};

inline constexpr std::array<std::string_view, 3> kIsolationTypes{"Full", "Selective",
                                                                 "UnManagedDevice"};
inline constexpr std::array<std::string_view, 2> kScanTypes{"Quick", "Full"};

inline constexpr std::array<Verb, 8> kVerbs{{
    {.name = "isolate",
     .path = "isolate",
     .type = "Isolate",
     .summary = "cut devices off the network, but for Defender (--type)",
     .need = {"action isolate", auth::Service::kMde, kIsolate},
     .undo = "release",
     .member = "IsolationType",
     .values = kIsolationTypes},
    {.name = "release",
     .path = "unisolate",
     .type = "Unisolate",
     .summary = "end the isolation",
     .need = {"action release", auth::Service::kMde, kIsolate}},
    {.name = "scan",
     .path = "runAntiVirusScan",
     .type = "RunAntiVirusScan",
     .summary = "run an antivirus scan (--type)",
     .need = {"action scan", auth::Service::kMde, kScan},
     .level = actions::Level::kReversible,
     .member = "ScanType",
     .values = kScanTypes},
    {.name = "package",
     .path = "collectInvestigationPackage",
     .type = "CollectInvestigationPackage",
     .summary = "have an investigation package made; lr collect fetches it",
     .need = {"action package", auth::Service::kMde, kCollectForensics},
     .level = actions::Level::kReversible},
    {.name = "restrict",
     .path = "restrictCodeExecution",
     .type = "RestrictCodeExecution",
     .summary = "let only programs signed by Microsoft run",
     .need = {"action restrict", auth::Service::kMde, kRestrict},
     .undo = "unrestrict"},
    {.name = "unrestrict",
     .path = "unrestrictCodeExecution",
     .type = "UnrestrictCodeExecution",
     .summary = "end the restriction",
     .need = {"action unrestrict", auth::Service::kMde, kRestrict}},
    {.name = "stop-quarantine",
     .path = "StopAndQuarantineFile",
     .type = "StopAndQuarantineFile",
     .summary = "stop what runs a file, and quarantine it (--sha1)",
     .need = {"action stop-quarantine", auth::Service::kMde, kStopAndQuarantine},
     .member = "Sha1"},
    {.name = "investigate",
     .path = "startInvestigation",
     .type = "",
     .summary = "start an automated investigation",
     .need = {"action investigate", auth::Service::kMde, kInvestigate}},
}};

constexpr const Verb* find_verb(std::string_view name) {
  for (const Verb& verb : kVerbs) {
    if (verb.name == name) return &verb;
  }
  return nullptr;
}

}  // namespace quarry::lr
