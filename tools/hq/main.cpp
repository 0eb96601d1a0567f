#include "common/cli/run.h"
#include "tools/hq/hq_app.h"

int main(int argc, char** argv) { return quarry::cli::run(quarry::hq::kApp, argc, argv); }
