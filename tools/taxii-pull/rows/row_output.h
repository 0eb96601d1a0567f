// Where rows go: lines of NDJSON, or batches for any other format.
#pragma once

#include "common/base/result.h"
#include "common/value/batch_sink.h"
#include "tools/taxii-pull/rows/row.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull {

class RowOutput {
 public:
  virtual ~RowOutput() = default;
  virtual Result<void> row(const RowTable& table, const Row& row) = 0;
  /// A STIX object as it came, on one line.
  virtual Result<void> object(std::string_view json) = 0;
  /// Everything so far is handed on.
  virtual Result<void> finish() = 0;
};

/// Lines, handed to `write` in pieces of some size. Absent cells are left out.
class NdjsonRows : public RowOutput {
 public:
  using Write = std::function<Result<void>(std::string_view bytes)>;
  explicit NdjsonRows(Write write) : write_(std::move(write)) {}
  Result<void> row(const RowTable& table, const Row& row) override;
  Result<void> object(std::string_view json) override;
  Result<void> finish() override;

 private:
  Result<void> hand_on();
  const std::string& keys_of(const RowTable& table);

  Write write_;
  std::string buffer_;
  const RowTable* table_ = nullptr;
  std::string head_;               // {"_type":"…"
  std::vector<std::string> keys_;  // ,"Name":
};

/// Rows of one table as batches.
class BatchRows : public RowOutput {
 public:
  /// `sink` outlives this. begin() and end() of the sink are called here.
  static Result<std::unique_ptr<BatchRows>> begin(const RowTable& table, BatchSink& sink);
  Result<void> row(const RowTable& table, const Row& row) override;
  Result<void> object(std::string_view json) override;
  Result<void> finish() override;

 private:
  BatchRows(const RowTable& table, BatchSink& sink) : table_(table), sink_(sink) {}
  Result<void> flush();
  const RowTable& table_;
  BatchSink& sink_;
  std::vector<Row> waiting_;
};

/// JSON without the blanks between its tokens, appended.
void append_compact(std::string& out, std::string_view json);

}  // namespace quarry::taxii_pull
