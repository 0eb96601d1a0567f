// Where results leave: output's formats implement it, the engine calls it.
#pragma once

#include "common/base/result.h"
#include "common/value/batch.h"
#include "common/value/type.h"

#include <string>

namespace quarry {

/// Called from one thread at a time, in order. begin, write*, end for each result of the query.
class BatchSink {
 public:
  virtual ~BatchSink() = default;
  /// A new result with these columns. `name` is empty or the table's name (for the schema line).
  virtual Result<void> begin(const Schema& schema, const std::string& name) = 0;
  virtual Result<void> write(const Batch& batch) = 0;
  virtual Result<void> end() = 0;
};

}  // namespace quarry
