#include "tests/unit/table/scan_harness.h"

#include "common/base/thread_pool.h"
#include "common/json/writer.h"

#include <doctest/doctest.h>

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

namespace quarry::table::test {

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "quarry-table-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

std::string Folder::write(const std::string& name, std::string_view content) const {
  const std::string path = path_ + "/" + name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

std::vector<io::Input> inputs_of(const std::vector<std::string>& paths) {
  const CancelToken cancel;
  return io::expand_inputs(paths, cancel).inputs;
}

Schema schema_of(const std::string& text) {
  Schema schema;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::size_t colon = word.find(':');
    schema.columns.push_back({word.substr(0, colon), parse_type(word.substr(colon + 1)).value()});
  }
  return schema;
}

Result<void> TextFilter::select(State&, const Batch& batch,
                                std::vector<std::uint32_t>& kept) const {
  json::RowWriter writer(schema_);
  writer.begin(batch);
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    std::string text;
    writer.append_row(text, row);
    if (test_(text)) kept.push_back(row);
  }
  return ok();
}

ScanRequest request_all(const Schema& schema, std::size_t batch_rows) {
  ScanRequest request;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) request.columns.push_back(i);
  request.batch_rows = batch_rows;
  return request;
}

namespace {

/// What all workers of a run put their rows into, and the first error.
struct Collected {
  std::mutex mutex;
  std::map<std::uint64_t, std::vector<std::string>> by_morsel;
  std::map<std::uint64_t, std::string> errors;
};

Result<void> work(Scan& scan, const Schema& shape, std::size_t batch_rows, Collected& collected) {
  const auto worker = scan.make_worker();
  json::RowWriter writer(shape);
  while (true) {
    QUARRY_TRY(const auto morsel, scan.next_morsel(*worker));
    if (!morsel) return ok();
    std::vector<std::string> rows;
    while (true) {
      Batch batch;
      QUARRY_TRY(const bool more, scan.read(*worker, batch));
      if (!more) break;
      const std::lock_guard lock(collected.mutex);
      CHECK(batch.rows() > 0);
      CHECK(batch.rows() <= batch_rows);
      writer.begin(batch);
      for (std::size_t row = 0; row < batch.rows(); ++row)
        writer.append_row(rows.emplace_back(), row);
    }
    const std::lock_guard lock(collected.mutex);
    CHECK(collected.by_morsel.emplace(*morsel, std::move(rows)).second);
  }
}

}  // namespace

ScanResult run(const Reader& reader, const ScanRequest& request, const ScanSettings& settings) {
  CancelToken cancel;
  Diagnostics diagnostics;
  ScanReport report;
  const ScanContext context{.cancel = &cancel,
                            .diagnostics = &diagnostics,
                            .report = &report,
                            .bad_lines = nullptr,
                            .strict = settings.strict,
                            .check_all = settings.check_all};
  ScanRequest mine = request;
  mine.workers = settings.workers;
  Schema shape;
  for (const std::size_t column : mine.columns)
    shape.columns.push_back(reader.schema().columns[column]);

  ScanResult result;
  Collected collected;
  auto scan = reader.scan(mine, context);
  REQUIRE(scan.has_value());
  run_on_threads(settings.workers, [&](int worker) {
    if (const auto done = work(**scan, shape, mine.batch_rows, collected); !done) {
      const std::lock_guard lock(collected.mutex);
      collected.errors.emplace(static_cast<std::uint64_t>(worker),
                               done.error().file() + ": " + done.error().message());
    }
  });
  scan->reset();
  if (!collected.errors.empty()) result.error = collected.errors.begin()->second;
  std::uint64_t expected = 0;
  for (auto& [morsel, rows] : collected.by_morsel) {
    if (result.error.empty()) CHECK(morsel == expected++);
    std::ranges::move(rows, std::back_inserter(result.rows));
  }
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    result.warnings.push_back(diagnostic.file + ": " + diagnostic.message);
  result.rows_read = report.rows_read;
  result.rows_parsed = report.rows_parsed;
  result.bad_lines = report.bad_lines;
  result.cast_failures = report.misfits.count();
  result.failed_inputs = report.failed_inputs;
  return result;
}

ScanResult run(const Reader& reader, const ScanSettings& settings) {
  return run(reader, request_all(reader.schema()), settings);
}

}  // namespace quarry::table::test
