// Does the steps of a response at Microsoft Graph, one after the other: what is to be changed is
// looked at before and after, what is gone already counts as done, and the first unexpected answer
// ends the run.
#pragma once

#include "common/actions/actor.h"
#include "common/journal/journal.h"
#include "common/services/graph/graph.h"
#include "tools/consent-audit/respond/step.h"

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace quarry::consent_audit {

class GraphActor : public actions::Actor {
 public:
  /// `earlier`: of the timeline, which shows for whom evidence was saved. All outlive the actor.
  GraphActor(services::Graph& graph, std::span<const journal::Entry> earlier,
             std::string evidence_folder);

  std::string request_of(const actions::Action& action) override;
  Result<bool> is_unchanged(const actions::Action& action) override;
  Result<std::vector<journal::Record>> gather_evidence(const actions::Action& action) override;
  Result<std::optional<actions::ActResult>> look_up(const actions::Action& action,
                                                    const journal::Entry& intent) override;
  void start(const actions::Action& action, std::function<void(actions::ActResult)> done) override;
  void step() override;

 private:
  actions::ActResult perform(const actions::Action& action);
  actions::ActResult send(const actions::Action& action, const GraphCall& call);
  Result<std::optional<std::string>> state_of(const GraphCall& call);
  /// Done already, or nullopt.
  std::optional<std::string> achieved(const GraphCall& call,
                                      const std::optional<std::string>& state) const;

  services::Graph& graph_;
  std::string evidence_folder_;
  std::set<std::string> evidence_;  // service principals whose evidence is saved
  std::optional<std::pair<actions::Action, std::function<void(actions::ActResult)>>> started_;
};

}  // namespace quarry::consent_audit
