// Queries that programs write: lists of thousands of indicators as one condition.
#include "common/kql/engine.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace quarry::kql {
namespace {

class RowCounter final : public BatchSink {
 public:
  Result<void> begin(const Schema&, const std::string&) override { return ok(); }
  Result<void> write(const Batch& batch) override {
    rows += batch.rows();
    return ok();
  }
  Result<void> end() override { return ok(); }
  std::uint64_t rows = 0;
};

std::uint64_t rows_of(std::string query) {
  CancelToken cancel;
  Diagnostics diagnostics;
  Catalog catalog({}, cancel, diagnostics);
  Engine engine({}, catalog, cancel, diagnostics);
  REQUIRE(engine.prepare(std::move(query)));
  (void)engine.explain();
  RowCounter rows;
  REQUIRE(engine.run(rows));
  return rows.rows;
}

}  // namespace

TEST_CASE("a condition of many thousand parts needs no deep stack") {
  constexpr int kParts = 30000;
  std::string any = "range x from 1 to 9 step 1 | extend s = tostring(x) | where s == 'a'";
  std::string all = "range x from 1 to 9 step 1 | where x > 0";
  for (int i = 1; i < kParts; ++i) {
    any += fmt::format(" or s == '{}'", i * 3);
    all += fmt::format(" and x != {}", i * 3);
  }
  CHECK(rows_of(any) == 3);
  CHECK(rows_of(all) == 6);
}

TEST_CASE("a sum of many thousand parts is refused, one of two thousand is not") {
  const auto sum = [](int parts) {
    std::string query = "print 1";
    for (int i = 1; i < parts; ++i) query += i % 2 != 0 ? " + 1" : " - 1";
    return query;
  };
  CHECK(rows_of(sum(2000)) == 1);
  CancelToken cancel;
  Diagnostics diagnostics;
  Catalog catalog({}, cancel, diagnostics);
  Engine engine({}, catalog, cancel, diagnostics);
  CHECK_FALSE(engine.prepare(sum(50000)));
}

}  // namespace quarry::kql
