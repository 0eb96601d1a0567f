#include "common/cli/run.h"
#include "tools/etl-report/etl_report_app.h"
#include "tools/etl-report/parameters/powershell_words.h"

int main(int argc, char** argv) {
  quarry::etl_report::CommandWords words(argc, argv);
  return quarry::cli::run(quarry::etl_report::kApp, words.count(), words.words());
}
