// A device as somebody named it: a row of a query, or a word of the command line.
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::lr {

struct Row {
  std::string device_id = {};    // DeviceId; may be empty
  std::string device_name = {};  // DeviceName, or an address; may be empty
  std::string json = {};         // the whole row; empty for a word
  std::string place = {};        // "devices.ndjson:12", "--machine wks-0042"

  /// The value of a column as text; nullopt where it is missing, null, or no plain value.
  std::optional<std::string> value(const std::string& column) const;
};

/// NDJSON, each row with DeviceId or DeviceName. Schema lines and summaries are no rows. kData,
/// placed at name:line, for a line that is no JSON or names no device.
Result<std::vector<Row>> read_rows(std::string_view text, const std::string& name);

}  // namespace quarry::lr
