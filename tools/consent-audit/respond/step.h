// The steps of a response, in the order in which they are done: block first, write everything
// down, delete last.
#pragma once

#include "common/actions/action.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

enum class Step : std::uint8_t {
  kEvidence,
  kBlock,
  kRevokeGrant,
  kRevokeRole,
  kRemoveAssignment,
  kRequireAssignment,
  kRevokeSessions,
  kRemoveSecret,
  kMark,
  kDelete,
  kSetUserConsent,
};
/// "block_sign_in": the action's name.
std::string_view name_of(Step step);
/// "allow_sign_in": of the action that takes it back; "" where none does.
std::string_view undo_name_of(Step step);
/// Whether an action takes away what the application's evidence shows. Those that give back do not.
bool needs_evidence(const actions::Action& action);

/// What a step sends; the parameters of its action. A step that only reads has no method.
struct GraphCall {
  std::string method = {};  // "PATCH", "DELETE", "POST"
  std::string path = {};    // "/v1.0/servicePrincipals/ID"
  std::string body = {};    // JSON; ""
  /// Where the state it changes can be read, before and after; "" where nowhere.
  std::string state_path = {};
  std::string plan = {};  // the plan that it belongs to: a new plan may do a thing again
};
std::string to_json(const GraphCall& call);
Result<GraphCall> read_call(const actions::Action& action);
/// Told from the call alone: to read, and to change notes or tags of a service principal, can be
/// taken back without harm; anything else is severe, whatever a plan says of it.
actions::Level level_of(const GraphCall& call);
/// The same of a planned action; nullopt where it is none of the steps or of their ways back.
std::optional<actions::Level> level_of(const actions::Action& action);

/// Whom a step is about.
std::string target_json(const std::string& app_id, const std::string& sp_id,
                        const std::string& name);
/// "" where the target does not tell.
std::string sp_id_of(const actions::Action& action);

}  // namespace quarry::consent_audit
