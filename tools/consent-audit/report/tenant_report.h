// Settings and grants of a tenant as documents.
#pragma once

#include "tools/consent-audit/tenant/inventory.h"
#include "tools/consent-audit/tenant/settings_review.h"

#include <string>
#include <vector>

namespace quarry::consent_audit {

/// `format`: "html" or "markdown". `missing`: what the answers did not hold, said on top.
std::string settings_report(const std::vector<SettingFinding>& findings,
                            const std::vector<std::string>& missing, const std::string& format);
std::string grants_report(const Tenant& tenant, const std::vector<TenantApp>& apps,
                          const std::vector<std::string>& missing, const std::string& format);

}  // namespace quarry::consent_audit
