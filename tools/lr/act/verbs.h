// What `lr action` can do to a machine, each act declared once.
#pragma once

#include "common/actions/action.h"
#include "common/auth/whoami.h"
#include "tools/lr/permissions.h"

#include <array>
#include <string_view>

namespace quarry::lr {

struct Verb {
  std::string_view name;  // as users say it
  std::string_view path;  // as the address says it
  std::string_view type;  // as the machine action says it; empty: it makes none
  std::string_view summary;
  auth::Need need;
  actions::Level level = actions::Level::kSevere;
  std::string_view undo = {};       // the verb that takes it back
  std::string_view member = {};     // of the body, beside Comment
  std::string_view otherwise = {};  // its value where --type says nothing
};

inline constexpr std::array<Verb, 8> kVerbs{{
    {.name = "isolate",
     .path = "isolate",
     .type = "Isolate",
     .summary = "cut devices off the network, but for Defender (--type Full, Selective)",
     .need = {"action isolate", auth::Service::kMde, kIsolate},
     .undo = "release",
     .member = "IsolationType",
     .otherwise = "Full"},
    {.name = "release",
     .path = "unisolate",
     .type = "Unisolate",
     .summary = "end the isolation",
     .need = {"action release", auth::Service::kMde, kIsolate}},
    {.name = "scan",
     .path = "runAntiVirusScan",
     .type = "RunAntiVirusScan",
     .summary = "run an antivirus scan (--type Quick, Full)",
     .need = {"action scan", auth::Service::kMde, kScan},
     .level = actions::Level::kReversible,
     .member = "ScanType",
     .otherwise = "Quick"},
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
