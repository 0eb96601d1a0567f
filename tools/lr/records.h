// Records of lr on their way out: NDJSON as they come, or rows of another format at the end.
#pragma once

#include "common/cli/invocation.h"
#include "common/cli/result_output.h"
#include "common/value/type.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::lr {

/// A table on a screen leaves out what would not fit; every other format has all columns.
enum class Shown : std::uint8_t { kEverywhere, kInFiles };

/// A column of the other formats: a member of the records.
struct RecordColumn {
  std::string_view name;
  Type type = Type::kString;  // kString, kLong or kDynamic
  Shown shown = Shown::kEverywhere;
};

class RecordOutput {
 public:
  static Result<std::unique_ptr<RecordOutput>> open(const cli::Invocation& invocation,
                                                    std::span<const RecordColumn> columns);
  /// One JSON object without newline.
  Result<void> add(const std::string& json);
  /// The last record, which only NDJSON has.
  Result<void> end_with(const std::string& summary);
  Result<void> finish();

 private:
  RecordOutput(std::vector<RecordColumn> columns, bool is_ndjson)
      : columns_(std::move(columns)), is_ndjson_(is_ndjson) {}
  Result<void> write_rows();

  std::vector<RecordColumn> columns_;
  bool is_ndjson_;
  std::unique_ptr<cli::ResultOutput> output_;
  std::vector<std::string> kept_;
};

/// A few records at once.
Result<int> show_records(const cli::Invocation& invocation, std::span<const RecordColumn> columns,
                         std::span<const std::string> records);

}  // namespace quarry::lr
