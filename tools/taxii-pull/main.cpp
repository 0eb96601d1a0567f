#include "common/cli/run.h"
#include "tools/taxii-pull/taxii_pull_app.h"

int main(int argc, char** argv) { return quarry::cli::run(quarry::taxii_pull::kApp, argc, argv); }
