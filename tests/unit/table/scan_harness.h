// Runs scans for tests: files in a folder of their own, any number of workers, rows out as NDJSON
// in morsel order.
#pragma once

#include "common/base/diagnostics.h"
#include "common/table/open_table.h"
#include "common/table/reader.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::table::test {

/// A folder that is removed at the end of the test.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  /// Writes a file; gives its path.
  std::string write(const std::string& name, std::string_view content) const;

 private:
  std::string path_;
};

std::vector<io::Input> inputs_of(const std::vector<std::string>& paths);

/// "a:long b:string"
Schema schema_of(const std::string& text);

/// Keeps rows whose NDJSON text of the filter columns passes the test.
class TextFilter final : public RowFilter {
 public:
  TextFilter(Schema schema, std::function<bool(const std::string&)> test)
      : schema_(std::move(schema)), test_(std::move(test)) {}
  std::unique_ptr<State> make_state() const override { return std::make_unique<State>(); }
  Result<void> select(State& state, const Batch& batch,
                      std::vector<std::uint32_t>& kept) const override;

 private:
  Schema schema_;
  std::function<bool(const std::string&)> test_;
};

struct ScanResult {
  std::vector<std::string> rows;
  std::vector<std::string> warnings;  // "place: message"
  std::string error;                  // of the scan; empty: none
  std::uint64_t rows_read = 0, rows_parsed = 0, bad_lines = 0, cast_failures = 0, failed_inputs = 0;
};

struct ScanSettings {
  int workers = 1;
  bool strict = false;
  bool check_all = false;
};

ScanRequest request_all(const Schema& schema, std::size_t batch_rows = kDefaultBatchRows);
ScanResult run(const Reader& reader, const ScanRequest& request, const ScanSettings& settings = {});
/// All columns of all rows.
ScanResult run(const Reader& reader, const ScanSettings& settings = {});

}  // namespace quarry::table::test
