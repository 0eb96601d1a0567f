#include "common/table/csv_reader.h"

#include "common/table/csv_records.h"
#include "common/value/dynamic.h"
#include "tests/unit/table/scan_harness.h"

#include <doctest/doctest.h>

#include <random>

using namespace quarry;
using namespace quarry::table;
using namespace quarry::table::test;

namespace {

using Rows = std::vector<std::string>;

ScanResult read(std::string_view text, const std::string& columns,
                const ScanSettings& settings = {}, CsvOptions options = {}) {
  const Folder folder;
  if (options.header.empty())
    options.header = column_names(read_fields(text.substr(0, text.find('\n')), options.separator));
  return run(*make_csv_reader(inputs_of({folder.write("t.csv", text)}), test::schema_of(columns),
                              std::move(options)),
             settings);
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

TEST_CASE("csv reader maps the header, quotes, doubled quotes and quoted line ends") {
  const auto result = read("a,b,c\r\n1,\"x,\"\"y\"\"\nz\",true\r\n,plain,\r\n\r\n-5,\"\",FALSE",
                           "c:bool b:string a:long d:string");
  CHECK(result.rows == Rows{R"({"c":true,"b":"x,\"y\"\nz","a":1,"d":""})",
                            R"({"c":null,"b":"plain","a":null,"d":""})",
                            R"({"c":false,"b":"","a":-5,"d":""})"});
  CHECK(result.bad_lines == 0);
}

TEST_CASE("csv reader reports ragged records") {
  const auto result = read("a,b\n1,2\n3\n4,5,6\n7,8\n", "a:long b:long");
  CHECK(result.rows == Rows{R"({"a":1,"b":2})", R"({"a":7,"b":8})"});
  CHECK(result.bad_lines == 2);
  REQUIRE(result.warnings.size() == 2);
  CHECK(result.warnings[0].find("t.csv:3:1: expected 2 fields, found 1; line skipped") !=
        std::string::npos);
}

TEST_CASE("csv reader reads tabs, a byte-order mark and dynamic columns") {
  const auto result = read(
      "\xef\xbb\xbfid\tbag\tt\n1\t{\"a\": [1]}\t2024-05-01\n2\tplain \"\" text\t\n3\t\t\n",
      "bag:dynamic t:datetime", {}, {.separator = '\t', .header = {"id", "bag", "t"}, .input = {}});
  CHECK(result.rows == Rows{R"({"bag":{"a":[1]},"t":"2024-05-01T00:00:00.0000000Z"})",
                            R"({"bag":"plain \"\" text","t":null})", R"({"bag":null,"t":null})"});
}

TEST_CASE("csv reader drops records with invalid UTF-8 that the query reads") {
  CHECK(read("a,b\n\xff,1\nx,2\n", "a:string").bad_lines == 1);
  CHECK(read("a,b\n\xff,1\nx,2\n", "b:long").bad_lines == 0);
  CHECK(read("a,b\n\xff,1\nx,2\n", "b:long", {.workers = 1, .strict = false, .check_all = true})
            .bad_lines == 1);
}

TEST_CASE("csv header names are unique and never empty") {
  CHECK(column_names({" a ", "", "a", "a1"}) == Rows{"a", "Column2", "a1", "a11"});
}

TEST_CASE(
    "csv reader gives the same rows for every block size and number of workers, also with a "
    "filter") {
  std::mt19937 random(3);
  static const std::string kTexts[]{"",
                                    "plain",
                                    "a,b",
                                    "line\nbreak",
                                    "say \"hi\"",
                                    "needle",
                                    "\r\n",
                                    "x needle y, z",
                                    "a very long text that is longer than one chunk of bytes"};
  std::string text = "id,a,skipped,b\n";
  Rows expected;
  Rows with_needle;
  for (int i = 0; i < 3000; ++i) {
    const std::string a = kTexts[random() % std::size(kTexts)];
    const std::string b = kTexts[random() % std::size(kTexts)];
    const bool plain = a.find_first_of(",\"\r\n") == std::string::npos;
    text += std::to_string(i) + "," + (plain && random() % 2 == 0 ? a : quoted(a)) + "," +
            quoted(kTexts[random() % std::size(kTexts)]) + "," + quoted(b) + "\n";
    std::string row = "{\"id\":" + std::to_string(i) + ",\"b\":";
    append_json_string(row, b);
    row += ",\"a\":";
    append_json_string(row, a);
    expected.push_back(row + "}");
    if (a.find("needle") != std::string::npos) with_needle.push_back(row + "}");
  }
  const Folder folder;
  const std::string path = folder.write("t.csv", text);
  const Schema schema = test::schema_of("id:long b:string a:string");
  const TextFilter filter(test::schema_of("a:string"), [](const std::string& row) {
    return row.find("needle") != std::string::npos;
  });
  for (const std::size_t block_size : {std::size_t{64}, std::size_t{1000}, std::size_t{1} << 20}) {
    CsvOptions options{.separator = ',', .header = {"id", "a", "skipped", "b"}, .input = {}};
    options.input.block_size = block_size;
    const auto reader = make_csv_reader(inputs_of({path}), schema, options);
    for (const int workers : {1, 2, 7}) {
      const auto result = run(*reader, ScanSettings{.workers = workers});
      CHECK(result.rows == expected);
      CHECK(result.bad_lines == 0);
      ScanRequest request = request_all(schema, 50);
      request.filter = &filter;
      request.filter_columns = {2};
      request.needles = {{{"needle"}, CaseMode::kIgnoreAscii}};
      CHECK(run(*reader, request, {.workers = workers}).rows == with_needle);
    }
  }
}
