#include "common/table/ndjson_reader.h"

#include "tests/unit/table/scan_harness.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::table;
using namespace quarry::table::test;

namespace {

ScanResult read(std::string_view text, const std::string& columns,
                const ScanSettings& settings = {}, NdjsonOptions options = {}) {
  const Folder folder;
  return run(*make_ndjson_reader(inputs_of({folder.write("t.ndjson", text)}), schema_of(columns),
                                 std::move(options)),
             settings);
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("ndjson reader finds columns by name and leaves missing ones null") {
  const auto result = read("{\"a\":1,\"b\":\"x\"}\n{\"b\":\"y\"}\n{\"c\":true,\"a\":-2}\n",
                           "a:long b:string c:bool");
  CHECK(result.rows == Rows{R"({"a":1,"b":"x","c":null})", R"({"a":null,"b":"y","c":null})",
                            R"({"a":-2,"b":"","c":true})"});
  CHECK(result.rows_read == 3);
  CHECK(result.bad_lines == 0);
}

TEST_CASE(
    "ndjson reader accepts a byte-order mark, CRLF, blank lines, blanks between tokens and no "
    "newline at the end") {
  const auto result = read(
      "\xef\xbb\xbf{ \"a\" : 1 , \"b\" : \"x\" }\r\n\r\n  \n\t{\"a\":2,\"b\":\"y\"}  "
      "\r\n{\"a\":3,\"b\":\"z\"}",
      "a:long b:string");
  CHECK(result.rows == Rows{R"({"a":1,"b":"x"})", R"({"a":2,"b":"y"})", R"({"a":3,"b":"z"})"});
}

TEST_CASE("ndjson reader decodes escapes in values and keys") {
  const auto result =
      read("{\"k\\u0065y\":\"a\\\\b\\\"c\\u00e9\\ud83d\\ude00\\n\"}\n{\"key\":\"\\\\\\\\\"}\n",
           "key:string");
  CHECK(result.rows ==
        Rows{"{\"key\":\"a\\\\b\\\"c\xc3\xa9\xf0\x9f\x98\x80\\n\"}", R"({"key":"\\\\"})"});
}

TEST_CASE("ndjson reader takes the first of duplicate keys") {
  CHECK(read("{\"a\":1,\"a\":2}\n", "a:long").rows == Rows{R"({"a":1})"});
  CHECK(read("{\"a\":1,\"a\":2}\n", "a:long b:long").rows == Rows{R"({"a":1,"b":null})"});
}

TEST_CASE("ndjson reader keeps all 64 bits and the text of numbers in string columns") {
  const auto result = read(
      "{\"a\":9223372036854775807,\"s\":1e2}\n{\"a\":-9223372036854775808,\"s\":true}\n{\"a\":"
      "9223372036854775808,\"s\":{\"x\":[1, 2]}}\n",
      "a:long s:string");
  CHECK(result.rows == Rows{R"({"a":9223372036854775807,"s":"1e2"})",
                            R"({"a":-9223372036854775808,"s":"true"})",
                            R"({"a":null,"s":"{\"x\":[1, 2]}"})"});
  CHECK(result.cast_failures == 1);
}

TEST_CASE("ndjson reader coerces by the declared type and counts what does not fit") {
  const auto result = read(
      "{\"i\":\"12\",\"r\":3,\"t\":\"2024-05-01T12:00:00.5Z\",\"b\":\"TRUE\",\"d\":\"{\\\"a\\\":1}"
      "\"}\n"
      "{\"i\":1.9,\"r\":\"x\",\"t\":\"\",\"b\":0,\"d\":\"plain \\\"text\\\"\"}\n"
      "{\"i\":3000000000,\"r\":[],\"t\":5,\"b\":\"maybe\",\"d\":\"{not json\"}\n",
      "i:int r:real t:datetime b:bool d:dynamic");
  CHECK(result.rows ==
        Rows{R"({"i":12,"r":3.0,"t":"2024-05-01T12:00:00.5000000Z","b":true,"d":{"a":1}})",
             R"({"i":1,"r":null,"t":null,"b":false,"d":"plain \"text\""})",
             R"({"i":null,"r":null,"t":null,"b":null,"d":"{not json"})"});
  CHECK(result.cast_failures == 6);  // 1.9 lost its fraction
}

TEST_CASE("ndjson reader reads guids, timespans and decimals") {
  const auto result = read(
      "{\"g\":\"74BE27DE-1E4E-49D9-B579-FE0B331D3642\",\"s\":\"1.02:03:04\",\"d\":"
      "12345678901234567890.5}\n",
      "g:guid s:timespan d:decimal");
  CHECK(
      result.rows ==
      Rows{
          R"({"g":"74be27de-1e4e-49d9-b579-fe0b331d3642","s":"1.02:03:04","d":"12345678901234567890.5"})"});
}

TEST_CASE("ndjson reader drops, counts and locates broken lines") {
  const std::string text = "{\"a\":1}\nnot json\n{\"a\":2\n{\"a\":}\n{\"a\":3}\n{\"a\":\"\xff\"}\n";
  const auto result = read(text, "a:string");
  CHECK(result.rows == Rows{R"({"a":"1"})", R"({"a":"3"})"});
  CHECK(result.bad_lines == 4);
  REQUIRE(result.warnings.size() == 4);
  CHECK(result.warnings[0].find("t.ndjson:2:1: not JSON: expected '{'; line skipped") !=
        std::string::npos);
  CHECK(result.warnings[1].find("t.ndjson:3:6: ") != std::string::npos);
  CHECK(result.warnings[2].find("t.ndjson:4:6: ") != std::string::npos);
  CHECK(result.warnings[3].find("t.ndjson:6:7: invalid UTF-8") != std::string::npos);
}

TEST_CASE("ndjson reader locates only the first few broken lines") {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "broken\n";
  const auto result = read(text, "a:long");
  CHECK(result.bad_lines == 50);
  REQUIRE(result.warnings.size() == 6);
  CHECK(result.warnings[5] == ": 45 more broken lines were skipped");
}

TEST_CASE("ndjson reader counts lines by shape alone, and every byte under check_all") {
  const Folder folder;
  const auto reader = make_ndjson_reader(
      inputs_of({folder.write("t.ndjson", "{\"a\":1}\n{\"a\":nonsense}\n{\"b\":\"\xc3\"}\n[1]\n")}),
      schema_of("a:long"), {});
  ScanRequest count;
  const auto quick = run(*reader, count, {});
  CHECK(quick.rows.size() == 3);
  CHECK(quick.bad_lines == 1);
  const auto thorough = run(*reader, count, {.workers = 1, .strict = false, .check_all = true});
  CHECK(thorough.rows.size() == 1);
  CHECK(thorough.bad_lines == 3);
}

TEST_CASE("strict scans end at the first bad line") {
  const auto result = read("{\"a\":1}\n{\"a\":tru}\n", "a:long", {.workers = 1, .strict = true});
  CHECK(result.error.find("t.ndjson:2:6: not JSON: not a JSON value") != std::string::npos);
}

TEST_CASE("lines beyond max_line are bad, wherever they lie") {
  NdjsonOptions options;
  options.input.max_line = 100;
  options.input.block_size = 64;
  const auto result = read("{\"a\":1}\n{\"a\":\"" + std::string(300, 'x') + "\"}\n{\"a\":2}\n",
                           "a:string", {}, options);
  CHECK(result.rows == Rows{R"({"a":"1"})", R"({"a":"2"})"});
  CHECK(result.bad_lines == 1);
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].find("t.ndjson:2:1: longer than --max-line") != std::string::npos);
}

TEST_CASE("deep nesting is refused where it is read and costs no stack where it is not") {
  const std::string deep =
      "{\"d\":" + std::string(100'000, '[') + std::string(100'000, ']') + ",\"a\":1}\n";
  CHECK(read(deep, "a:long").rows == Rows{R"({"a":1})"});
  const auto wanted = read(deep, "d:dynamic");
  CHECK(wanted.rows.empty());
  CHECK(wanted.bad_lines == 1);
  CHECK(read("{\"d\":" + std::string(100'000, '[') + "}\n", "a:long").bad_lines == 1);
}

TEST_CASE("a half-written last line of the current hour's blob is ignored, elsewhere it is bad") {
  const Folder folder;
  const std::string text = "{\"a\":1}\n{\"a\":2,\"b";
  const auto blob = run(
      *make_ndjson_reader(inputs_of({folder.write("PT1H.json", text)}), schema_of("a:long"), {}));
  CHECK(blob.rows == Rows{R"({"a":1})"});
  CHECK(blob.bad_lines == 0);
  CHECK(run(*make_ndjson_reader(inputs_of({folder.write("t.json", text)}), schema_of("a:long"), {}))
            .bad_lines == 1);
}

TEST_CASE("schema lines are no rows, and a later one must be equal") {
  const std::string line =
      "{\"_type\":\"schema\",\"version\":1,\"table\":\"T\",\"columns\":[{\"name\":\"a\",\"type\":"
      "\"long\"}]}\n";
  const std::string other =
      "{\"_type\":\"schema\",\"version\":1,\"table\":\"T\",\"columns\":[{\"name\":\"a\",\"type\":"
      "\"real\"}]}\n";
  NdjsonOptions options;
  options.schema_line = read_schema_line(line).value();
  CHECK(read(line + "{\"a\":1}\n" + line + "{\"a\":2}\n", "a:long", {}, options).rows.size() == 2);
  CHECK(read(line + "{\"a\":1}\n" + other, "a:long", {}, options).error.find("schema line") !=
        std::string::npos);
}

TEST_CASE("records are routed by _type, and summaries are never rows") {
  const std::string text =
      "{\"a\":1}\n{\"_type\":\"lr.file\",\"a\":2}\n{\"_type\":\"summary\",\"a\":3}\n{\"_type\":"
      "\"error\",\"a\":4}\n{ \"_type\" : \"lr.file\" , \"a\":5}\n";
  NdjsonOptions options;
  CHECK(read(text, "a:long", {}, options).rows == Rows{R"({"a":1})", R"({"a":2})", R"({"a":5})"});
  options.rows = RowsWanted::only_untagged();
  CHECK(read(text, "a:long", {}, options).rows == Rows{R"({"a":1})"});
  options.rows = RowsWanted::tagged("lr.file");
  CHECK(read(text, "a:long", {}, options).rows == Rows{R"({"a":2})", R"({"a":5})"});
}

TEST_CASE("envelopes of the Streaming API are unwrapped, per record") {
  const std::string wrapped =
      R"({"time":"2026-11-20T09:12:03.3Z","tenantId":"t-1","operationName":"Publish","category":"AdvancedHunting-DeviceEvents",)"
      R"("properties":{"a":1,"b":{"properties":{"a":7}}},"Tenant":"DefaultTenant"})";
  const std::string other =
      R"({"time":"2026-11-20T09:12:03Z","tenantId":"t-1","category":"AdvancedHunting-EmailEvents","properties":{"a":2,"TenantId":"own"}})";
  const std::string azure =
      R"({"time":"2026-11-20T09:00:00Z","resourceId":"r","category":"AuditLogs","properties":{"a":3},"level":"4"})";
  const std::string text = wrapped + "\n{\"a\":9}\n{\"records\":[" + wrapped + ", " + other +
                           ",{\"a\":8}]}\n" + azure + "\n";
  const std::string columns = "a:long _IngestionTime:datetime TenantId:string";
  NdjsonOptions options;
  options.rows = RowsWanted::tagged("DeviceEvents");
  const std::string row =
      R"({"a":1,"_IngestionTime":"2026-11-20T09:12:03.3000000Z","TenantId":"t-1"})";
  CHECK(read(text, columns, {}, options).rows == Rows{row, row});
  options.rows = RowsWanted::tagged("EmailEvents");
  CHECK(read(text, columns, {}, options).rows ==
        Rows{R"({"a":2,"_IngestionTime":"2026-11-20T09:12:03.0000000Z","TenantId":"own"})"});
  options.rows = RowsWanted::only_untagged();
  CHECK(read(text, "a:long", {}, options).rows == Rows{R"({"a":9})", R"({"a":8})"});
  options.rows = RowsWanted::tagged("AuditLogs");
  CHECK(read(text, "a:long level:string TimeGenerated:datetime", {}, options).rows ==
        Rows{R"({"a":3,"level":"4","TimeGenerated":"2026-11-20T09:00:00.0000000Z"})"});
}

TEST_CASE("a hunting record without properties is a row when it has a time, else bad") {
  const std::string text =
      "{\"category\":\"AdvancedHunting-X\",\"Timestamp\":\"2024-01-01T00:00:00Z\",\"a\":1}\n{"
      "\"category\":\"AdvancedHunting-X\",\"a\":2}\n"
      "{\"category\":\"colour\",\"a\":3}\n";
  const auto result = read(text, "a:long");
  CHECK(result.rows == Rows{R"({"a":1})", R"({"a":3})"});
  CHECK(result.bad_lines == 1);
}
