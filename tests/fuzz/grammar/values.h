// Values of each type that are ordinary, borderline or hostile, as KQL literals and as JSON.
#pragma once

#include "common/value/type.h"
#include "tests/fuzz/random.h"

#include <string>

namespace quarry::fuzz {

/// "datetime(2024-05-01)", "dynamic([1])", "'text'", sometimes a null.
std::string literal(Random& random, Type type);

/// A cell of a record: as a rule of the type, sometimes null or of another, with any escapes.
std::string json_value(Random& random, Type type);
std::string json_string(Random& random, std::string_view text);

/// Words that repeat (so that filters hit and groups form), names of files, addresses, odd bytes.
std::string text(Random& random);
/// Valid JSON of a few levels.
std::string json_document(Random& random, int depth);

}  // namespace quarry::fuzz
