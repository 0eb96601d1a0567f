// What can answer a query of a test: the hq program here; an engine linked into this process may be
// another.
#pragma once

#include "tests/runner/kql_case.h"
#include "tests/runner/run_shape.h"
#include "tests/runner/settings.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarry::test {

struct Outcome {
  std::vector<TestTable> tables;
  std::vector<Report> errors;
  std::vector<Report> warnings;
  std::optional<int> exit_status;  ///< only where a process ran
  std::string trouble;             ///< the answer could not be read at all: what happened
  std::string bytes;               ///< all that was written, results first
};

class Runner {
 public:
  virtual ~Runner() = default;

  /// Answers the query of `test`. Called from several threads at once.
  virtual Outcome run(const KqlCase& test, const RunShape& shape) const = 0;
};

std::unique_ptr<Runner> make_process_runner(const Settings& settings);

}  // namespace quarry::test
