// How a person is asked before something severe is done. cli asks at the terminal, tests answer by
// themselves.
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <string>

namespace quarry::actions {

class Confirmer {
 public:
  virtual ~Confirmer() = default;
  /// Shows the question and waits for the count to be typed. False where anything else came.
  virtual Result<bool> type_count(const std::string& question, std::size_t count) = 0;
};

}  // namespace quarry::actions
