#include "tools/etl-report/report.h"

#include "tools/etl-report/parameters/parameters.h"
#include "tools/etl-report/views/tables.h"

namespace quarry::etl_report {

std::string_view key_name(Subject subject) {
  switch (subject) {
    case Subject::kFiles:
    case Subject::kFolders:
      return "Path";
    case Subject::kExtensions:
      return "Extension";
    case Subject::kProcesses:
      return "ProcessPath";
    case Subject::kScans:
      break;
  }
  return "";
}

std::vector<const Scan*> chosen_scans(const std::vector<Scan>& scans, const TimeFilter& times) {
  std::vector<const Scan*> chosen;
  for (const Scan& scan : scans) {
    if (times.accepts(scan)) chosen.push_back(&scan);
  }
  return chosen;
}

Report make_report(const std::vector<const Scan*>& scans, const Parameters& parameters) {
  Report report;
  for (const View* const view : views()) {
    if (parameters.asks_for(*view)) {
      report.sections.push_back({view->name, view->build(*view, scans, parameters)});
    }
  }
  return report;
}

}  // namespace quarry::etl_report
