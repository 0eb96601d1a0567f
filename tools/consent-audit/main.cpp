#include "common/cli/run.h"
#include "tools/consent-audit/consent_audit_app.h"

int main(int argc, char** argv) {
  return quarry::cli::run(quarry::consent_audit::kApp, argc, argv);
}
