#include "common/base/diagnostics.h"

#include <doctest/doctest.h>

using namespace quarry;

TEST_CASE("equal diagnostics fold into one with a count") {
  Diagnostics diagnostics;
  for (int i = 0; i < 3; ++i) diagnostics.error(DiagnosticClass::kSyntax, {4, 2}, "expected ')'");
  diagnostics.error(DiagnosticClass::kSyntax, {5, 2}, "expected ')'");
  diagnostics.warning(DiagnosticClass::kSyntax, {4, 2}, "expected ')'");
  const auto all = diagnostics.sorted();
  REQUIRE(all.size() == 3);
  CHECK(all[0].repeats == 3);
  CHECK(all[1].level == Level::kWarning);
  CHECK(all[2].where->start == 5);
  CHECK(diagnostics.error_count() == 2);
}

TEST_CASE("diagnostics come in order of the query, then those of files in order of arrival") {
  Diagnostics diagnostics;
  diagnostics.add(Error(ErrorCode::kData, "truncated", "fetch it again").at("b.gz"));
  diagnostics.add(Error(ErrorCode::kData, "truncated").at("a.gz"));
  diagnostics.error(DiagnosticClass::kSemantic, {9, 1}, "second");
  diagnostics.error(DiagnosticClass::kSemantic, {2, 1}, "first");
  const auto all = diagnostics.sorted();
  REQUIRE(all.size() == 4);
  CHECK(all[0].message == "first");
  CHECK(all[1].message == "second");
  CHECK(all[2].file == "b.gz");
  CHECK(all[2].hint == "fetch it again");
  CHECK(all[3].file == "a.gz");
}

TEST_CASE("warnings alone are no errors") {
  Diagnostics diagnostics;
  CHECK_FALSE(diagnostics.has_errors());
  diagnostics.warning(DiagnosticClass::kData, {}, "a column is all null");
  CHECK_FALSE(diagnostics.has_errors());
  diagnostics.error(DiagnosticClass::kData, {}, "no rows");
  CHECK(diagnostics.has_errors());
}
