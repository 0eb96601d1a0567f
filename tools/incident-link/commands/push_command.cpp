// incident-link push: what a case holds, into an incident.
#include "tools/incident-link/incident_link_app.h"

namespace quarry::incident_link {

Result<int> push_command(cli::Invocation&) {
  return fail(ErrorCode::kUsage, "nothing can be pushed yet");
}

}  // namespace quarry::incident_link
