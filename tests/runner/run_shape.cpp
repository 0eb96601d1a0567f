#include "tests/runner/run_shape.h"

#include <fmt/format.h>

namespace quarry::test {

std::vector<RunShape> shapes_of(const ShapeValues& batch_sizes, const ShapeValues& threads) {
  std::vector<RunShape> shapes;
  for (const std::optional<std::size_t>& rows : batch_sizes) {
    for (const std::optional<std::size_t>& count : threads) shapes.push_back({rows, count});
  }
  return shapes;
}

std::string print_shape(const RunShape& shape) {
  std::string text;
  if (shape.batch_rows)
    text +=
        fmt::format("batches of {} row{}", *shape.batch_rows, *shape.batch_rows == 1 ? "" : "s");
  if (shape.threads) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} thread{}", *shape.threads, *shape.threads == 1 ? "" : "s");
  }
  return text;
}

std::vector<std::string> shape_environment(const RunShape& shape) {
  std::vector<std::string> all;
  if (shape.batch_rows) all.push_back(fmt::format("QUARRY_TEST_BATCH_ROWS={}", *shape.batch_rows));
  if (shape.threads) all.push_back(fmt::format("QUARRY_THREADS={}", *shape.threads));
  return all;
}

}  // namespace quarry::test
