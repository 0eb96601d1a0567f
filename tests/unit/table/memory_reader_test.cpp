#include "common/table/memory_reader.h"

#include "common/table/multi_reader.h"
#include "common/table/ndjson_reader.h"
#include "common/value/builder.h"
#include "tests/unit/table/scan_harness.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::table;
using namespace quarry::table::test;

namespace {

using Rows = std::vector<std::string>;

Batch batch_of(std::int64_t first, std::int64_t count) {
  ColumnBuilder<Type::kLong> numbers;
  for (std::int64_t i = 0; i < count; ++i) numbers.append(first + i);
  return Batch({numbers.finish()}, static_cast<std::size_t>(count));
}

Rows numbered(std::int64_t count) {
  Rows rows;
  for (std::int64_t i = 0; i < count; ++i) rows.push_back("{\"n\":" + std::to_string(i) + "}");
  return rows;
}

}  // namespace

TEST_CASE("memory reader gives its batches in order, cut to the batch size") {
  const auto reader =
      make_memory_reader(test::schema_of("n:long"),
                         {batch_of(0, 5), Batch({batch_of(0, 0).column(0)}, 0), batch_of(5, 3)});
  CHECK(reader->row_count() == 8U);
  CHECK(run(*reader, request_all(reader->schema(), 2), {.workers = 2}).rows == numbered(8));
}

TEST_CASE("memory reader filters") {
  const auto reader = make_memory_reader(test::schema_of("n:long"), {batch_of(0, 20)});
  const TextFilter filter(
      reader->schema(), [](const std::string& row) { return row.find('7') != std::string::npos; });
  ScanRequest request = request_all(reader->schema(), 3);
  request.filter = &filter;
  request.filter_columns = {0};
  CHECK(run(*reader, request).rows == Rows{R"({"n":7})", R"({"n":17})"});
}

TEST_CASE("several readers are numbered through, whatever the workers") {
  const Folder folder;
  std::vector<std::shared_ptr<const Reader>> readers;
  std::int64_t next = 0;
  for (int i = 0; i < 30; ++i) {
    const std::int64_t count = i % 4 * 50;
    if (i % 2 == 0) {
      readers.push_back(make_memory_reader(test::schema_of("n:long"),
                                           {batch_of(next, count), batch_of(next + count, 7)}));
    } else {
      std::string text;
      for (std::int64_t n = next; n < next + count + 7; ++n)
        text += "{\"n\":" + std::to_string(n) + "}\n";
      NdjsonOptions options;
      options.input.block_size = 100;
      readers.push_back(make_ndjson_reader(inputs_of({folder.write("t" + std::to_string(i), text)}),
                                           test::schema_of("n:long"), options));
    }
    next += count + 7;
  }
  const auto reader = make_multi_reader(test::schema_of("n:long"), readers);
  for (const int workers : {1, 2, 7})
    CHECK(run(*reader, ScanSettings{.workers = workers}).rows == numbered(next));
}

TEST_CASE("thousands of small files are one pass") {
  const Folder folder;
  std::vector<std::string> paths;
  for (int i = 0; i < 2000; ++i)
    paths.push_back(
        folder.write("f" + std::to_string(10000 + i), "{\"n\":" + std::to_string(i) + "}\n"));
  const auto reader = make_ndjson_reader(inputs_of(paths), test::schema_of("n:long"), {});
  CHECK(run(*reader, ScanSettings{.workers = 2}).rows == numbered(2000));
}

TEST_CASE("a missing input is told and the others are read") {
  const Folder folder;
  auto inputs = inputs_of({folder.write("a", "{\"n\":0}\n"), folder.write("b", "{\"n\":1}\n")});
  io::Input missing = inputs[0];
  missing.path += "-missing";
  missing.name = "missing";
  inputs.insert(inputs.begin() + 1, missing);
  const auto result = run(*make_ndjson_reader(inputs, test::schema_of("n:long"), {}));
  CHECK(result.rows == numbered(2));
  CHECK(result.failed_inputs == 1);
  CHECK(result.warnings.size() == 1);
}
