#include "common/cli/run.h"
#include "tools/incident-link/incident_link_app.h"

int main(int argc, char** argv) {
  return quarry::cli::run(quarry::incident_link::kApp, argc, argv);
}
