// Builds the plan of a response, application by application; take() brings the steps in order.
#pragma once

#include "tools/consent-audit/respond/plan_builder.h"
#include "tools/consent-audit/respond/step.h"

#include <set>
#include <string>
#include <vector>

namespace quarry::consent_audit {

class Planner {
 public:
  Planner(const Tenant& tenant, const ResponseOptions& options)
      : tenant_(tenant), options_(options) {}

  Result<void> add(const Culprit& culprit);
  Result<void> set_user_consent(UserConsent wanted);
  Response take();

 private:
  struct Numbered {
    Step step;
    actions::Action action;
  };
  struct Undo {
    std::string what;
    GraphCall call;
  };
  /// Of a service principal.
  static std::string path_of(const std::string& sp_id);
  void add_step(Step step, std::string what, GraphCall call, std::string before, const Undo* undo);
  Result<void> check(const ServicePrincipal& principal) const;
  void block_unknown(const Culprit& culprit);
  void block(const ServicePrincipal& principal);
  void revoke_grants(const std::string& sp_id);
  void remove_assignments(const std::string& sp_id);
  void add_assignment(Step step, std::string what, const RoleAssignment& assignment);
  void revoke_sessions(const std::string& sp_id);
  void remove_secrets(const ServicePrincipal& principal);
  void mark(const ServicePrincipal& principal);
  void delete_principal(const ServicePrincipal& principal);

  const Tenant& tenant_;
  const ResponseOptions& options_;
  std::string target_;
  std::string name_;  // for people
  std::vector<Numbered> steps_;
  std::set<std::string> signed_out_;
  std::vector<std::string> notes_;
};

}  // namespace quarry::consent_audit
