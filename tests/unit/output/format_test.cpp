#include "common/output/format.h"

#include <doctest/doctest.h>

namespace quarry::output {
namespace {

std::string_view format_of(std::string_view path) {
  const FormatDef* const format = find_format_of_file(path);
  return format == nullptr ? "" : format->name;
}

TEST_CASE("a file's ending says its format, in any case") {
  CHECK(format_of("out.csv") == "csv");
  CHECK(format_of("a.b/out.TSV") == "tsv");
  CHECK(format_of("out.json") == "json");
  CHECK(format_of("out.md") == "markdown");
  CHECK(format_of("out.txt") == "table");
  CHECK(format_of("out.ndjson") == "ndjson");
  CHECK(format_of("out.typed.ndjson") == "ndjson");
  CHECK(format_of("out.jsonl") == "ndjson");
}

TEST_CASE("no ending, or one that nobody knows, says nothing") {
  for (const std::string_view path :
       {"", "out", "out.", "csv", "a.csv/out", "out.csv.gz", "out.xlsx"})
    CHECK(format_of(path).empty());
}

TEST_CASE("an ending has a letter, and is the file's, not the folder's") {
  CHECK(ending_of_file("report.pdf") == ".pdf");
  CHECK(ending_of_file("out.csv.gz") == ".gz");
  for (const std::string_view path :
       {"", "out", "out.", ".hidden", "./out", "a.b/out", "/dev/null", "rows.2026-12-01", "x.1"})
    CHECK(ending_of_file(path) == "");
}

}  // namespace
}  // namespace quarry::output
