#include "tools/consent-audit/risk/subject.h"

#include <algorithm>

namespace quarry::consent_audit {

bool is_data(Category category) {
  return category == Category::kMail || category == Category::kFiles ||
         category == Category::kChat || category == Category::kImpersonation;
}

Level highest_tier(const std::vector<HeldPermission>& permissions) {
  Level highest = Level::kNone;
  for (const HeldPermission& permission : permissions)
    highest = std::max(highest, permission.judgement.tier);
  return highest;
}

}  // namespace quarry::consent_audit
