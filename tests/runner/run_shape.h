// How a run cuts its work: rows in a batch, threads. Answers must not depend on either.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace quarry::test {

/// nullopt is the program's own choice.
struct RunShape {
  std::optional<std::size_t> batch_rows;
  std::optional<std::size_t> threads;
};

using ShapeValues = std::vector<std::optional<std::size_t>>;

/// Every pair, batch sizes first.
std::vector<RunShape> shapes_of(const ShapeValues& batch_sizes, const ShapeValues& threads);

/// "batches of 1023 rows, 7 threads"; empty for the program's own choice.
std::string print_shape(const RunShape& shape);

/// QUARRY_TEST_BATCH_ROWS and QUARRY_THREADS, as hq reads them.
std::vector<std::string> shape_environment(const RunShape& shape);

}  // namespace quarry::test
