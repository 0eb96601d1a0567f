#include "common/cli/run.h"
#include "tests/fakes/probe/probe.h"

int main(int argc, char** argv) { return quarry::cli::run(quarry::probe::kApp, argc, argv); }
