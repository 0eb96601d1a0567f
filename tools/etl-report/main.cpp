#include "common/cli/run.h"
#include "tools/etl-report/etl_report_app.h"

int main(int argc, char** argv) { return quarry::cli::run(quarry::etl_report::kApp, argc, argv); }
