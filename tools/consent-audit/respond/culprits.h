// Whom to respond to: ids, or findings in files and pipes.
#pragma once

#include "tools/consent-audit/respond/plan_builder.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace quarry::consent_audit {

struct Culprits {
  std::vector<Culprit> all;
  std::size_t nameless = 0;  // findings that name no application: there is nothing to block
};

/// Each argument is an id (of an application or of its service principal, which the tenant tells
/// apart), a file of consent.finding or consent.app records, or "-". Each application once. kUsage
/// where nothing is named or an argument is neither, kData where a file holds no such record.
Result<Culprits> read_culprits(std::span<const std::string> arguments);

}  // namespace quarry::consent_audit
