// Parser functions as Sentinel's repository keeps them: a YAML file with a name, parameters and the
// query in an indented block. This reads what such files have, not YAML at large.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql {

struct SentinelFunction {
  std::vector<std::string> names;  // ParserName or FunctionName, then aliases: at least one
  std::string parameters;  // as KQL declares them: "starttime:datetime=datetime(null), T:(*)"
  std::string body;        // without the block's indentation
  std::uint32_t lines_before = 0;  // of the file, before the body
  std::uint32_t columns_before = 0;
};

/// nullopt for a file that is no function (an analytics rule, a workbook). An Error, placed at a
/// line of `file`, where it is one in a form that is not read here.
Result<std::optional<SentinelFunction>> read_sentinel_function(std::string_view yaml,
                                                               const std::string& file);

}  // namespace quarry::kql
