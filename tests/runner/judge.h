// Holds an outcome against its expectation.
#pragma once

#include "tests/runner/runner.h"

#include <string>

namespace quarry::test {

/// "" if the outcome is as expected, else a text for people: what differs, and the outcome in the
/// form of the test.
std::string judge(const KqlCase& test, const Outcome& outcome);

/// Says where `actual` leaves `first`, which a run in `shape` gave.
std::string other_bytes(std::string_view first, std::string_view actual, const RunShape& shape);

}  // namespace quarry::test
