// What saved answers lack for a judgement. Graph is not there to ask, so what is missing has to be
// said: an application whose grants were not saved is not harmless.
#pragma once

#include "tools/consent-audit/tenant/collect.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <string>
#include <vector>

namespace quarry::consent_audit {

struct Gap {
  std::string what;         // what is missing, and what cannot be judged without it
  std::string hint;         // how to get it
  std::string source = {};  // the answer that is incomplete; may be empty
};

/// Empty where nothing is missing for this extent.
std::vector<Gap> find_gaps(const Tenant& tenant, Extent extent);

}  // namespace quarry::consent_audit
