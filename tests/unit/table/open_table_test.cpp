#include "common/table/open_table.h"

#include "tests/unit/table/scan_harness.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::table;
using namespace quarry::table::test;

namespace {

using Rows = std::vector<std::string>;

OpenedInput open(const Folder& folder, const std::string& name, std::string_view text,
                 const InputOptions& options = {}) {
  const CancelToken cancel;
  auto opened = open_table(inputs_of({folder.write(name, text)}).at(0), options, cancel);
  REQUIRE(opened.has_value());
  REQUIRE(opened->has_value());
  return std::move(**opened);
}

ScanResult read(const std::vector<OpenedInput>& inputs, const RowsWanted& rows = {},
                int workers = 2) {
  FoundTable all;
  Schema schema;
  for (const OpenedInput& input : inputs)
    schema = with_found_columns(schema, input.schema_of(rows));
  return run(*make_reader(inputs, schema, rows, {}), ScanSettings{.workers = workers});
}

}  // namespace

TEST_CASE("formats are told by content") {
  CHECK(detect_format("{\"a\":1}\n{\"a\":2}\n") == Format::kNdjson);
  CHECK(detect_format("\n  {\"a\":1}") == Format::kNdjson);
  CHECK(detect_format("{\"a\":") == Format::kNdjson);
  CHECK(detect_format("") == Format::kNdjson);
  CHECK(detect_format("broken\n{\"a\":1}\n{\"a\":2}\n") == Format::kNdjson);
  CHECK(detect_format("{\"records\":[{\"a\":1}]}\n") == Format::kNdjson);
  CHECK(detect_format("[\n{\"a\":1}]") == Format::kJson);
  CHECK(detect_format("{\n  \"a\": 1\n}\n") == Format::kJson);
  CHECK(detect_format("{\"value\":[{\"a\":1}]}") == Format::kJson);
  CHECK(detect_format("a,b\n1,2\n") == Format::kCsv);
  // Beginnings of a first line that is longer than what was peeked.
  CHECK(detect_format("{\"@odata.context\":\"x\",\"value\": [{\"a\":\"") == Format::kJson);
  CHECK(detect_format("{\"time\":1,\"targetResources\":[{\"a\":\"") == Format::kNdjson);
  CHECK(detect_format("{\"a\":1,\"myvalue\":[{\"a\":\"") == Format::kNdjson);
  CHECK(detect_format("a\tb\n1\t2\n") == Format::kTsv);
  CHECK(parse_format("jsonl") == Format::kNdjson);
  CHECK(name_of(Format::kTsv) == "tsv");
  CHECK_FALSE(parse_format("xml").has_value());
}

TEST_CASE("every format gives the same table") {
  const Folder folder;
  const Rows expected{R"({"a":1,"b":"x"})", R"({"a":2,"b":"y, z"})"};
  CHECK(read({open(folder, "1", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y, z\"}\n")}).rows ==
        expected);
  CHECK(read({open(folder, "2", "[{\"a\":1,\"b\":\"x\"},\n{\"a\":2,\"b\":\"y, z\"}]")}).rows ==
        expected);
  CHECK(read({open(folder, "3",
                   "{\"@odata.context\":\"u\",\"value\":[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y, "
                   "z\"}]}")})
            .rows == expected);
  CHECK(read({open(folder, "4",
                   "{\n\"Schema\":[],\n\"Results\":[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y, "
                   "z\"}]\n}")})
            .rows == expected);
  CHECK(read({open(folder, "5", "{\n\"a\":1,\n\"b\":\"x\"}\n{\"a\":2,\n\"b\":\"y, z\"}\n")}).rows ==
        expected);
  CHECK(read({open(folder, "6", "a,b\n1,x\n2,\"y, z\"\n")}).rows == expected);
  CHECK(read({open(folder, "7", "a\tb\n1\tx\n2\ty, z\n")}).rows == expected);
}

TEST_CASE("inputs of different formats are one table in their order") {
  const Folder folder;
  const auto result = read({open(folder, "1", "{\"a\":1}\n"), open(folder, "2", "a\n2\n"),
                            open(folder, "3", "[{\"a\":3}]"), open(folder, "4", "{\"a\":4}\n"),
                            open(folder, "5", "{\"a\":5}\n"), open(folder, "6", "")});
  CHECK(result.rows == Rows{R"({"a":1})", R"({"a":2})", R"({"a":3})", R"({"a":4})", R"({"a":5})"});
}

TEST_CASE("a schema line gives the types, the data may add columns") {
  const Folder folder;
  const auto opened =
      open(folder, "t",
           "{\"_type\":\"schema\",\"version\":1,\"table\":\"T\",\"columns\":[{\"name\":\"a\","
           "\"type\":\"timespan\"}]}\n{\"a\":\"1.00:00:00\",\"b\":2}\n");
  REQUIRE(opened.schema_line.has_value());
  CHECK(opened.schema_line->table == "T");
  CHECK(opened.schema_of({}) == test::schema_of("a:timespan b:long"));
  CHECK(read({opened}).rows == Rows{R"({"a":"1.00:00:00","b":2})"});
}

TEST_CASE("samples reach start, middle and end, and everything when asked") {
  const Folder folder;
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += "{\"a\":" + std::to_string(i) + (i == 1500 ? ",\"middle\":1" : "") +
            (i == 2999 ? ",\"end\":1" : "") + (i == 700 ? ",\"hidden\":1" : "") + "}\n";
  InputOptions options;
  options.sample_bytes = 1000;
  const auto sampled = open(folder, "t", text, options).schema_of({});
  CHECK(sampled.find("a").has_value());
  CHECK(sampled.find("end").has_value());
  CHECK_FALSE(sampled.find("hidden").has_value());
  options.sample_all = true;
  CHECK(open(folder, "t", text, options).schema_of({}).find("hidden").has_value());
}

TEST_CASE("broken elements of an array are located, a truncated document gives what it has") {
  const Folder folder;
  const auto result =
      read({open(folder, "a.json", "[\n{\"a\":1},\n{\"a\":nul},\n7,\n{\"a\":4}\n]")});
  CHECK(result.rows == Rows{R"({"a":1})", R"({"a":4})"});
  CHECK(result.bad_lines == 2);
  REQUIRE(result.warnings.size() == 2);
  CHECK(result.warnings[0].find("a.json:3:6: ") != std::string::npos);
  CHECK(result.warnings[1].find("a.json:4:1: ") != std::string::npos);
  const auto cut = read({open(folder, "b.json", "[\n{\"a\":1},\n{\"a\":2")});
  CHECK(cut.rows == Rows{R"({"a":1})"});
  CHECK(cut.failed_inputs == 1);
}

TEST_CASE("large arrays are the same for any number of workers") {
  const Folder folder;
  std::string text = "[";
  Rows expected;
  for (int i = 0; i < 50000; ++i) {
    text += (i > 0 ? ",\n  {\"a\": " : "\n  {\"a\": ") + std::to_string(i) +
            ", \"b\": [1, {\"c\": \"]}\"}]}";
    expected.push_back("{\"a\":" + std::to_string(i) + ",\"b\":[1,{\"c\":\"]}\"}]}");
  }
  const auto opened = open(folder, "t", text + "\n]\n");
  for (const int workers : {1, 2, 7}) CHECK(read({opened}, {}, workers).rows == expected);
}

TEST_CASE("the rows of a tag have their own schema") {
  const Folder folder;
  const auto opened = open(folder, "t", "{\"_type\":\"x\",\"a\":1}\n{\"b\":2}\n");
  CHECK(opened.envelopes);
  CHECK(opened.schema_of(RowsWanted::tagged("x")) == test::schema_of("_type:string a:long"));
  CHECK(opened.schema_of(RowsWanted::only_untagged()) == test::schema_of("b:long"));
  CHECK(read({opened}, RowsWanted::only_untagged()).rows == Rows{R"({"b":2})"});
}
