#include "tools/incident-link/link/categories.h"

#include <algorithm>
#include <iterator>

namespace quarry::incident_link {
namespace {

constexpr std::string_view kCategories[]{
    "General",        "CommandAndControl",   "Collection",      "CredentialAccess",
    "DefenseEvasion", "Discovery",           "Exfiltration",    "Exploit",
    "Execution",      "InitialAccess",       "LateralMovement", "Malware",
    "Persistence",    "PrivilegeEscalation", "Ransomware",      "SuspiciousActivity",
};

}  // namespace

std::span<const std::string_view> categories() { return kCategories; }

bool is_category(std::string_view word) {
  return std::find(std::begin(kCategories), std::end(kCategories), word) != std::end(kCategories);
}

}  // namespace quarry::incident_link
