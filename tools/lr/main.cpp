#include "common/cli/run.h"
#include "tools/lr/lr_app.h"

int main(int argc, char** argv) { return quarry::cli::run(quarry::lr::kApp, argc, argv); }
