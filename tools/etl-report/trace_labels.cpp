#include "tools/etl-report/trace_labels.h"

#include <filesystem>

namespace quarry::etl_report {
namespace {

std::string file_name(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

}  // namespace

TraceLabels::TraceLabels(std::span<const std::string> paths) {
  for (const std::string& path : paths) ++names_[file_name(path)];
}

std::string TraceLabels::of(const std::string& path) const {
  std::string name = file_name(path);
  const auto found = names_.find(name);
  return found != names_.end() && found->second == 1 ? name : path;
}

}  // namespace quarry::etl_report
