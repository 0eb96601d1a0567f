// Audit rows in CSV: what the Purview portal and Export-Csv write of the unified audit log, and
// Sentinel of AuditLogs. A record becomes the object that it stands for; columns of JSON text are
// opened later, like those of any other shape.
#pragma once

#include "common/base/result.h"
#include "common/table/csv_records.h"
#include "common/table/input_options.h"
#include "tools/consent-audit/audit/block_rows.h"
#include "tools/consent-audit/audit/row_reader.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

class CsvRows {
 public:
  /// By the beginning of an input; nullopt where its first record names no column that audit rows
  /// have.
  static std::optional<CsvRows> of_head(std::string_view head, table::Format format);

  /// The records of a text that ends in padding. `with_header`: its first one names the columns.
  void read(RowReader& reader, std::string_view text, bool with_header, BlockRows& out);

 private:
  CsvRows(char separator, std::vector<std::string> columns);
  void read_record(RowReader& reader, std::string_view record, std::uint64_t line, BlockRows& out);

  char separator_;
  std::vector<std::string> columns_;
  std::vector<table::CsvRecord> records_;
  std::string object_;
};

}  // namespace quarry::consent_audit
