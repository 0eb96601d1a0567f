// What a report is asked for: the cmdlet's parameters, checked against each other.
#pragma once

#include "common/cli/invocation.h"
#include "common/config/option.h"
#include "tools/etl-report/scans/pairing.h"
#include "tools/etl-report/scans/time_filter.h"
#include "tools/etl-report/views/view.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::etl_report {

/// Of every command that reads scans: min-start-time … max-end-time, nested.
extern const config::OptionTable kScanOptions;
/// raw
extern const config::OptionTable kRawOptions;
/// Of diff: top.
extern const config::OptionTable kDiffOptions;
/// Of the report beyond its views: top-paths-depth, min-duration.
extern const config::OptionTable kLimitOptions;

inline constexpr std::size_t kDefaultDepth = 3;
inline constexpr std::size_t kMaxDepth = 1024;
inline constexpr std::uint64_t kMaxCount = 2'147'483'647;

/// Which scans count, and how times are written.
struct ScanChoice {
  TimeFilter times;
  Nested nested = Nested::kComments;
  bool raw = false;
};
/// kUsage where a value is none, or nothing could pass.
Result<ScanChoice> read_scan_choice(const cli::Options& options);

class Parameters {
 public:
  /// kUsage where a value is none, a parameter lacks the one it needs, or nothing is asked for.
  static Result<Parameters> read(const cli::Options& options);

  /// How many entries the list may have; 0: it is not asked for.
  std::size_t count_of(const ListDef& list) const;
  bool asks_for(const View& view) const;
  std::size_t depth() const { return depth_; }
  std::int64_t min_duration() const { return min_duration_; }  ///< ticks

  void set_count(const ListDef& list, std::size_t count);
  void set_overview(bool wanted) { overview_ = wanted; }
  void set_depth(std::size_t depth) { depth_ = depth; }
  void set_min_duration(std::int64_t ticks) { min_duration_ = ticks; }
  /// kUsage, in the words of the cmdlet.
  Result<void> check() const;

 private:
  std::map<std::string_view, std::size_t> counts_;  // by option
  bool overview_ = false;
  std::size_t depth_ = kDefaultDepth;
  bool depth_given_ = false;
  std::int64_t min_duration_ = 0;
};

/// Every parameter of the cmdlet, in the order of the help.
struct ParameterDef {
  std::string_view pascal;  // "TopFiles"
  std::string_view option;  // "top-files"; "" for Path, which is an argument here
  bool takes_value = true;
};
std::vector<ParameterDef> all_parameters();

}  // namespace quarry::etl_report
