// What rows call the recording they are from: the same in every command, so that they can be
// joined.
#pragma once

#include <map>
#include <span>
#include <string>

namespace quarry::etl_report {

/// The column of the label.
inline constexpr const char* kTraceColumn = "trace";

class TraceLabels {
 public:
  explicit TraceLabels(std::span<const std::string> paths);
  /// The file's name; the path where two names are equal, or where it was not among the paths.
  std::string of(const std::string& path) const;

 private:
  std::map<std::string, int> names_;
};

}  // namespace quarry::etl_report
