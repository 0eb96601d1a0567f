// The tenant's settings about consent, each judged against the three choices of the portal and
// today's recommendations.
#pragma once

#include "tools/consent-audit/risk/level.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

enum class Standing : std::uint8_t { kOk, kInfo, kReview, kWarn, kFail };
std::string_view name_of(Standing standing);

struct SettingFinding {
  std::string_view setting;  // "user_consent"
  std::string value;
  Standing standing = Standing::kOk;
  Level risk = Level::kNone;
  std::string finding;  // what that means
  std::string fix;      // how to change it; "" where nothing is to be done
  std::string source;   // file or call
};

/// One "overall" for each saved policy comes first; then its parts; then the rest of the settings.
std::vector<SettingFinding> review_settings(const Tenant& tenant);

}  // namespace quarry::consent_audit
