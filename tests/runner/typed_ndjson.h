// Reads what `hq --format ndjson --typed` prints: a schema line, then rows; several results follow
// each other.
#pragma once

#include "tests/runner/runner.h"

#include <string_view>

namespace quarry::test {

/// Adds the tables of `text` to the outcome, or its trouble.
void read_typed_ndjson(std::string_view text, Outcome& outcome);

}  // namespace quarry::test
