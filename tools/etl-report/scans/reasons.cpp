#include "tools/etl-report/scans/reasons.h"

#include "common/base/text.h"

#include <array>
#include <span>

namespace quarry::etl_report {
namespace {

// Numbers: taviso/loadlibrary; the spelling of names is ours. "": no name is known.
constexpr std::array<std::string_view, 16> kStreamReasons{"Unknown",
                                                          "OnMount",
                                                          "OnOpen",
                                                          "OnFirstRead",
                                                          "OnWrite",
                                                          "OnModifiedHandleClose",
                                                          "",
                                                          "",
                                                          "InMemory",
                                                          "ValidationPrescan",
                                                          "ValidationContentScan",
                                                          "OnVolumeCleanup",
                                                          "AMSI",
                                                          "AMSIUac",
                                                          "GenericStream",
                                                          "IOAVStream"};

constexpr std::array<std::string_view, 28> kScanSources{"NotASource",
                                                        "Scheduled",
                                                        "OnDemand",
                                                        "RealTimeProtection",
                                                        "IOAVWeb",
                                                        "IOAVFile",
                                                        "Clean",
                                                        "UCL",
                                                        "RTSig",
                                                        "SpynetRequest",
                                                        "InfectionRescan",
                                                        "Cache",
                                                        "UnknownTelemetry",
                                                        "IEProtect",
                                                        "ELAM",
                                                        "LocalAttestation",
                                                        "RemoteAttestation",
                                                        "Heartbeat",
                                                        "Maintenance",
                                                        "MPUT",
                                                        "AMSI",
                                                        "Startup",
                                                        "AdditionalActions",
                                                        "AMSIUac",
                                                        "GenericStream",
                                                        "ReportLowfi",
                                                        "EDRSensor",
                                                        "XBAC"};

std::string name_or_number(std::span<const std::string_view> names, std::uint32_t number) {
  const bool named = number < names.size() && !names[number].empty();
  return named ? std::string(names[number]) : std::to_string(number);
}

}  // namespace

std::string stream_reason(std::uint32_t number) { return name_or_number(kStreamReasons, number); }

std::string scan_source(std::uint32_t number) { return name_or_number(kScanSources, number); }

SkipReason skip_reason(std::string_view text) {
  const std::string lower = text::lower_ascii(text);
  const bool by_user =
      lower.find("exclu") != std::string::npos || lower.find("user") != std::string::npos;
  return by_user ? SkipReason::kUser : SkipReason::kOptimization;
}

}  // namespace quarry::etl_report
