// One query in several shapes: says what is wrong with what came out.
#pragma once

#include "tests/fuzz/engine/run.h"

#include <filesystem>
#include <span>
#include <string>

namespace quarry::fuzz {

struct Compared {
  Ran first;            ///< batches of one row, one thread
  std::string finding;  ///< empty: nothing is wrong
};

/// The first error, every line of the answer, and the answer itself must be the same in all shapes
/// where the query is `repeatable`. The tables' files lie in `folder`.
Compared compare_shapes(const std::string& query, std::span<const InputTable> tables,
                        const std::filesystem::path& folder, std::span<const Shape> shapes,
                        bool repeatable);

/// What the formatter and the highlighter do to a text, broken or not.
std::string check_layout(const std::string& query, std::span<const InputTable> tables);

}  // namespace quarry::fuzz
