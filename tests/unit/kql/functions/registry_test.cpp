#include "common/kql/functions/registry.h"

#include "common/kql/functions/known_names.h"

#include <doctest/doctest.h>

#include <algorithm>

using quarry::kql::FunctionRegistry;

TEST_CASE("functions are found by name and alias, with regard to case") {
  const auto& registry = FunctionRegistry::built_in();
  REQUIRE(registry.scalar("tostring") != nullptr);
  CHECK(registry.scalar("toboolean") == registry.scalar("tobool"));
  CHECK(registry.scalar("ToString") == nullptr);
  CHECK(registry.scalar("==") != nullptr);
}

TEST_CASE("names of KQL that are missing here are known as such") {
  const auto& registry = FunctionRegistry::built_in();
  CHECK(registry.is_known_unsupported("cosmosdb_sql_request"));
  CHECK_FALSE(registry.is_known_unsupported("tostring"));
  CHECK_FALSE(registry.is_known_unsupported("tostrnig"));
  const auto known = quarry::kql::functions::known_names();
  CHECK(std::is_sorted(known.begin(), known.end()));
}

TEST_CASE("operators are hidden from lists of names") {
  const auto names = FunctionRegistry::built_in().names();
  CHECK(std::find(names.begin(), names.end(), "==") == names.end());
  CHECK(std::find(names.begin(), names.end(), "todouble") != names.end());
  for (const auto& entry : FunctionRegistry::built_in().entries())
    CHECK((entry.scalar != nullptr) != (entry.aggregate != nullptr));
}

TEST_CASE("every listed function is documented") {
  for (const auto& entry : FunctionRegistry::built_in().entries()) {
    const auto summary = entry.scalar != nullptr ? entry.scalar->summary : entry.aggregate->summary;
    const auto example = entry.scalar != nullptr ? entry.scalar->example : entry.aggregate->example;
    const std::string name(entry.scalar != nullptr ? entry.scalar->name : entry.aggregate->name);
    CHECK_MESSAGE(!summary.empty(), name);
    CHECK_MESSAGE(!example.query.empty(), name);
  }
}
