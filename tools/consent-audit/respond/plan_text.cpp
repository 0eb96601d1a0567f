#include "tools/consent-audit/respond/plan_text.h"

#include "common/base/unicode.h"
#include "common/cli/fold.h"
#include "tools/consent-audit/respond/step.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kWidth = 98;

constexpr std::string_view kFacts[]{
    "Access tokens that were issued stay valid until they expire, up to some ninety minutes; "
    "deleting a grant only stops new ones.",
    "A new password does not remove a consent, and revoking one does not keep the user from "
    "consenting again: the blocked "
    "service principal does, so it is kept.",
    "Watch the audit log for Update service principal that sets AccountEnabled to true (signal "
    "sign_in_unblocked).",
    "Revoked sessions take a few minutes; users sign in again.",
};

}  // namespace

std::string plan_text(const Response& response) {
  const actions::PlanCounts counts = actions::count(response.plan.actions);
  std::string out = fmt::format("Plan {}: {} steps, {} of them severe\n\n", response.plan.run,
                                counts.all(), counts.severe);
  std::size_t number = 0;
  for (const actions::Action& action : response.plan.actions) {
    out += fmt::format("{:>3}  {}\n", ++number, unicode::escape_for_terminal(action.what));
    const auto call = read_call(action);
    if (call && !call->method.empty())
      out += fmt::format("       {} {}{}{}\n", call->method, call->path,
                         call->body.empty() ? "" : " ", call->body);
  }
  out += "\n";
  for (const std::string& note : response.notes)
    out += cli::fold("Note: " + unicode::escape_for_terminal(note), 0, kWidth);
  for (const std::string_view fact : kFacts) out += cli::fold(fact, 0, kWidth);
  out += cli::fold(fmt::format("Also {}", kManualBan), 0, kWidth);
  out +=
      "\nNothing was changed. To do it: the same command with --apply --reason TEXT, or save the "
      "plan (-f ndjson), review it, "
      "and give it with --plan FILE.\n";
  return out;
}

std::string summary_text(const actions::RunSummary& summary, const CaseFolder& folder,
                         const std::string& run) {
  std::string out = fmt::format("\nRun {}: {} of {} steps done", run,
                                summary.done + summary.already, summary.planned);
  if (summary.changed > 0)
    out +=
        fmt::format(", {} not begun because the tenant is not as the plan saw it", summary.changed);
  if (summary.failed > 0) out += fmt::format(", {} failed", summary.failed);
  if (summary.unknown > 0) out += fmt::format(", {} unknown", summary.unknown);
  if (summary.left > 0) out += fmt::format(", {} left for another run", summary.left);
  out += fmt::format("\ntimeline {}\nevidence {}\nundo     {}\n", folder.timeline, folder.evidence,
                     folder.undo);
  return out;
}

}  // namespace quarry::consent_audit
