// The plan of a response: for every application the steps of step.h, all applications step by step.
#pragma once

#include "common/actions/plan_file.h"
#include "tools/consent-audit/risk/consent_policy.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <optional>
#include <string>
#include <vector>

namespace quarry::consent_audit {

struct ResponseOptions {
  std::string run;           // names the plan
  std::string tenant;        // id
  std::string case_id;       // for the mark; may be empty
  bool final = false;        // delete, too
  bool first_party = false;  // may touch Microsoft's own
  bool require_assignment = false;
  bool remove_secrets = false;
  std::optional<UserConsent> user_consent = {};  // kOff or kLow: set it, at the end
};

/// Whom to act on, by what findings say. At least one of the ids.
struct Culprit {
  std::string sp_id;
  std::string app_id;
  std::string name;
};

struct Response {
  actions::Plan plan;
  std::vector<std::string> notes;  // what a person must know or do
};

/// kRefused for what must not be done this way: managed identities, Microsoft's own without
/// first_party, deleting what Microsoft disabled.
Result<Response> plan_response(const Tenant& tenant, const std::vector<Culprit>& culprits,
                               const ResponseOptions& options);

}  // namespace quarry::consent_audit
