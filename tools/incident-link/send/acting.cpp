#include "tools/incident-link/send/acting.h"

#include "common/cli/confirm.h"
#include "common/time/ticks.h"
#include "tools/incident-link/link/case_folder.h"

#include <utility>

namespace quarry::incident_link {
namespace {

/// A hunt that found 10,000 devices is not linked by mistake.
constexpr std::uint64_t kUsualMaxTargets = 25;

}  // namespace

Result<actions::GateSettings> pass_gate(cli::Invocation& invocation,
                                        const actions::PlanCounts& counts) {
  QUARRY_TRY(actions::GateSettings gate,
             actions::read_gate_settings(invocation.run_context().look_up,
                                         invocation.streams().stdin_is_terminal));
  // Of severe acts a person types how many there are, or --yes came with a limit.
  if (counts.severe == 0 && !gate.max_targets) gate.max_targets = kUsualMaxTargets;
  cli::TerminalConfirmer confirmer(invocation.app().name, invocation.cancel());
  invocation.print_diagnostics();  // what the answer should be based on
  QUARRY_CHECK(actions::decide(counts, gate, confirmer));
  return gate;
}

Result<CaseState> case_if_any(const std::string& folder) {
  if (!is_case(folder)) return CaseState();
  return read_case(folder);
}

Result<CaseFile> open_acting_case(const std::string& folder, const CaseHead& head, std::string run,
                                  const net::Clock& clock) {
  CaseWriter writer = case_writer(std::move(run));
  writer.now = [&clock] {
    return kUnixEpochTicks + static_cast<std::int64_t>(clock.wall() * kTicksPerSecond);
  };
  if (is_case(folder)) return CaseFile::open(folder, std::move(writer));
  return CaseFile::open_or_make(folder, head, std::move(writer));
}

}  // namespace quarry::incident_link
