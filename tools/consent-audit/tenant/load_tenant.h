// A tenant for a command: from saved answers (--from DIR), else asked for now.
#pragma once

#include "common/cli/invocation.h"
#include "common/config/option.h"
#include "tools/consent-audit/risk/rule.h"
#include "tools/consent-audit/tenant/collect.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <string>
#include <vector>

namespace quarry::consent_audit {

/// from
extern const config::OptionTable kTenantOptions;

struct LoadedTenant {
  Tenant tenant;
  bool saved = false;                     // else it was asked for now
  int status = 0;                         // 3 or 6 where something is missing
  std::vector<std::string> missing = {};  // of saved answers: what cannot be judged, for documents
};
/// What the answers lack for `extent` is warned of, each by its name.
Result<LoadedTenant> load_tenant(cli::Invocation& invocation, Extent extent);

/// Saved answers are judged as of the newest instant in them, unless --now is given.
void set_present(const cli::Invocation& invocation, const LoadedTenant& loaded,
                 RiskSettings& settings);

}  // namespace quarry::consent_audit
