// Holds an outcome against its expectation.
#pragma once

#include "tests/runner/runner.h"

#include <string>

namespace quarry::test {

/// "" if the outcome is as expected, else a text for people: what differs, and the outcome in the
/// form of the test.
std::string judge(const KqlCase& test, const Outcome& outcome);

}  // namespace quarry::test
