#include "tools/incident-link/rows/required.h"
#include "tools/incident-link/rows/row.h"
#include "tools/incident-link/rows/row_facts.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::incident_link;

namespace {

Row row(const std::string& json) { return *Row::parse(json, "rows:1"); }

std::vector<Row> rows(const std::string& json) {
  std::vector<Row> all;
  all.push_back(row(json));
  return all;
}

}  // namespace

TEST_CASE("a row has one name, however it is written") {
  const std::string name = row(R"({"a":1,"b":"x"})").sha256();
  CHECK(row(R"({"b":"\u0078", "a" : 1})").sha256() == name);
  CHECK(row(R"({"a":1,"b":"x","c":null,"d":""})").sha256() == name);
  CHECK(row(R"({"a":2,"a":1,"b":"x"})").sha256() == name);
  // Another number is another number, even where it is equal.
  CHECK(row(R"({"a":1.0,"b":"x"})").sha256() != name);
  CHECK(row(R"({"a":"1","b":"x"})").sha256() != name);
  CHECK(canonical_json(R"({"n":{"z":null,"a":[1, ""]}})") == R"({"n":{"a":[1,""],"z":null}})");
}

TEST_CASE("views into a row survive moving it") {
  Row first = row(R"({"a":1})");
  const Row second = std::move(first);
  CHECK(second.raw("a") == "1");
}

TEST_CASE("what the portal asks of rows") {
  const auto fits = [](const char* json, Demand demand) {
    return check_required(rows(json), demand).has_value();
  };
  constexpr const char* kEvent =
      R"({"Timestamp":"2026-11-20T06:38:35.7115183Z","RecipientEmailAddress":"a","ReportId":"r"})";
  CHECK(fits(kEvent, Demand::kIncident));
  CHECK_FALSE(fits(R"({"Timestamp":"2026-11-20T06:38:35Z","ReportId":1})", Demand::kIncident));
  CHECK_FALSE(fits(R"({"Timestamp":"2026-11-20T06:38:35Z","ReportId":null,"DeviceId":"d"})",
                   Demand::kCase));
  CHECK(fits(R"({"_type":"lr.result"})", Demand::kCase));
  CHECK_FALSE(fits(R"({"_type":"lr.result"})", Demand::kIncident));
  CHECK(fits(R"({"TimeGenerated":"2026-11-20T06:38:35Z"})", Demand::kSentinel));
  CHECK_FALSE(fits(R"({"TimeGenerated":"soon"})", Demand::kSentinel));
  CHECK(fits(R"({})", Demand::kAnything));
}

TEST_CASE("texts are cut between characters") {
  CHECK(cut_text("abc", 3) == "abc");
  CHECK(cut_text("abcdef", 5) == "ab…");
  CHECK(cut_text("aüüüü", 6) == "aü…");
}
