#include "common/table/infer.h"

#include "common/json/writer.h"
#include "common/table/schema_line.h"
#include "tests/unit/table/scan_harness.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::table;

namespace {

Schema infer(std::string_view lines) {
  JsonSampler sampler;
  sampler.add_lines(lines, 1000);
  const auto tables = sampler.tables();
  return tables.empty() ? Schema() : tables.front().schema();
}

}  // namespace

TEST_CASE("types are inferred from all rows of a sample, columns in order of appearance") {
  CHECK(infer("{\"l\":1,\"r\":1,\"b\":true,\"t\":\"2024-05-01T00:00:00Z\",\"s\":\"x\",\"n\":{\"a\":"
              "1},\"z\":null}\n"
              "{\"l\":-2,\"new\":[1],\"r\":2.5,\"t\":\"\",\"b\":false}\n") ==
        test::schema_of("l:long r:real b:bool t:datetime s:string n:dynamic z:string new:dynamic"));
}

TEST_CASE("conflicting types are string, and only full instants are datetimes") {
  CHECK(infer("{\"a\":1,\"d\":\"2024-05-01\",\"e\":\"2024-05-01T12:00:00\",\"f\":\"2024-05-01T12:"
              "00:00+02:00\",\"g\":\"007\",\"h\":12345678901234567890}\n"
              "{\"a\":\"x\",\"g\":\"12\"}\n") ==
        test::schema_of("a:string d:string e:string f:datetime g:string h:string"));
  CHECK(infer("{\"a\":true}\n{\"a\":1}\n") == test::schema_of("a:string"));
  CHECK(infer("{\"a\":{}}\n{\"a\":\"x\"}\n") == test::schema_of("a:string"));
}

TEST_CASE("broken lines do not disturb the sample") {
  CHECK(infer("{\"a\":1\n{\"b\":tru}\n[1]\n{\"a\":2}\n") == test::schema_of("a:long"));
}

TEST_CASE("texts of CSV tell their types") {
  CHECK(evidence_of_plain_text("12") == kSawLong);
  CHECK(evidence_of_plain_text("-1.5e3") == kSawReal);
  CHECK(evidence_of_plain_text("012") == kSawText);
  CHECK(evidence_of_plain_text("0") == kSawLong);
  CHECK(evidence_of_plain_text("0.5") == kSawReal);
  CHECK(evidence_of_plain_text("True") == kSawBool);
  CHECK(evidence_of_plain_text("2024-05-01T12:00:00.1Z") == kSawDatetime);
  CHECK(evidence_of_plain_text("12345678901234567890") == kSawText);
  CHECK(evidence_of_plain_text("1.2.3") == kSawText);
  CHECK(evidence_of_plain_text("") == 0);
}

TEST_CASE("envelopes and tags make tables of their own") {
  JsonSampler sampler;
  sampler.add(
      R"({"time":"2026-11-20T09:12:03Z","tenantId":"t","category":"AdvancedHunting-DeviceEvents","properties":{"a":1}})");
  sampler.add(
      R"({"records":[{"time":"2026-11-20T09:12:03Z","category":"AuditLogs","properties":{"b":"x"},"level":4},{"c":true}]})");
  sampler.add(R"({"_type":"lr.file","d":1})");
  sampler.add(R"({"_type":"summary","e":1})");
  const auto tables = sampler.tables();
  REQUIRE(tables.size() == 4);
  CHECK(sampler.saw_envelopes());
  CHECK(tables[0].tag.empty());
  CHECK(tables[0].schema() == test::schema_of("c:bool"));
  CHECK(tables[1].tag == "DeviceEvents");
  CHECK(tables[1].schema() == test::schema_of("a:long _IngestionTime:datetime TenantId:string"));
  CHECK(tables[2].tag == "AuditLogs");
  CHECK(tables[2].schema() ==
        test::schema_of(
            "b:string _IngestionTime:datetime TimeGenerated:datetime category:string level:long"));
  CHECK(tables[3].tag == "lr.file");
}

TEST_CASE("samples of several inputs are put together before types are chosen") {
  FoundTable a;
  a.note("x", 0);
  a.note("y", kSawLong);
  FoundTable b;
  b.note("z", kSawText);
  b.note("x", kSawLong);
  b.note("y", kSawReal);
  a.merge(b);
  CHECK(a.schema() == test::schema_of("x:long y:real z:string"));
  CHECK(with_found_columns(test::schema_of("y:string"), a.schema()) ==
        test::schema_of("y:string x:long z:string"));
}

TEST_CASE("a schema line reads back as it was written") {
  const Schema schema = test::schema_of("a:long b:datetime c:dynamic d:decimal");
  std::string line;
  json::append_schema_line(line, schema, "My\"Table");
  CHECK(is_schema_line(line));
  CHECK_FALSE(is_schema_line(R"({"_type":"schemas"})"));
  const auto read = read_schema_line(line);
  REQUIRE(read.has_value());
  CHECK(read->table == "My\"Table");
  CHECK(read->schema == schema);
}

TEST_CASE("schema files come in three forms, and say what is wrong with them") {
  const auto bare = read_schema_file(R"([{"name":"a","type":"double"}])", "s.json");
  REQUIRE(bare.has_value());
  CHECK(bare->front().schema == test::schema_of("a:real"));
  const auto named = read_schema_file(
      R"({"about":"x","tables":{"T":{"columns":[{"name":"a","type":"int"}],"source":"d"},"U":{"columns":[]}}})",
      "s.json");
  REQUIRE(named.has_value());
  REQUIRE(named->size() == 2);
  CHECK(named->front().table == "T");
  CHECK(read_schema_file(R"({"columns":[{"name":"a","type":"integre"}]})", "s.json")
            .error()
            .message() == "column 'a' has the unknown type 'integre'");
  CHECK(read_schema_file("{\n \"columns\": [}", "s.json").error().file() == "s.json:2:14");
  CHECK_FALSE(read_schema_file("{}", "s.json").has_value());
}
