// How the planner gets at a table's rows. Implemented by the catalogue.
#pragma once

#include "common/base/result.h"
#include "common/table/reader.h"

#include <memory>
#include <string>

namespace quarry::kql::plan {

class TableSource {
 public:
  virtual ~TableSource() = default;
  /// The reader of a table that the binder has met under this name.
  virtual Result<std::shared_ptr<const table::Reader>> reader(const std::string& table) = 0;
};

}  // namespace quarry::kql::plan
