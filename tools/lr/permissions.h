// What each command needs of the service, in the service's words.
#pragma once

#include "common/auth/whoami.h"

#include <array>
#include <string_view>

namespace quarry::lr {

inline constexpr std::array<std::string_view, 1> kLiveResponse{"Machine.LiveResponse"};
inline constexpr std::array<std::string_view, 4> kReadMachines{
    "Machine.Read.All", "Machine.ReadWrite.All", "Machine.Read", "Machine.ReadWrite"};
inline constexpr std::array<std::string_view, 1> kManageLibrary{"Library.Manage"};
inline constexpr std::array<std::string_view, 1> kIsolate{"Machine.Isolate"};
inline constexpr std::array<std::string_view, 1> kScan{"Machine.Scan"};
inline constexpr std::array<std::string_view, 1> kRestrict{"Machine.RestrictExecution"};
inline constexpr std::array<std::string_view, 1> kStopAndQuarantine{"Machine.StopAndQuarantine"};
inline constexpr std::array<std::string_view, 1> kCollectForensics{"Machine.CollectForensics"};
inline constexpr std::array<std::string_view, 2> kInvestigate{"Alert.ReadWrite.All",
                                                              "Alert.ReadWrite"};

inline constexpr auth::Need kRunNeed{"run", auth::Service::kMde, kLiveResponse};
inline constexpr std::array<auth::Need, 11> kNeeds{{
    kRunNeed,
    {"run, results", auth::Service::kMde, kReadMachines},
    {"machines", auth::Service::kMde, kReadMachines},
    {"cancel", auth::Service::kMde, kLiveResponse},
    {"library", auth::Service::kMde, kManageLibrary},
    {"action isolate, release", auth::Service::kMde, kIsolate},
    {"action scan", auth::Service::kMde, kScan},
    {"action restrict, unrestrict", auth::Service::kMde, kRestrict},
    {"action stop-quarantine", auth::Service::kMde, kStopAndQuarantine},
    {"action package", auth::Service::kMde, kCollectForensics},
    {"action investigate", auth::Service::kMde, kInvestigate},
}};

}  // namespace quarry::lr
