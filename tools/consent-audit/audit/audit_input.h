// Audit logs as the command line names them: files, folders, archives, standard input; NDJSON, JSON
// arrays, saved answers of services, CSV. Read on several threads, handed over in the order of the
// input.
#pragma once

#include "common/base/cancel.h"
#include "common/base/diagnostics.h"
#include "common/base/result.h"
#include "common/io/input_set.h"
#include "tools/consent-audit/audit/audit_row.h"
#include "tools/consent-audit/audit/row_reader.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace quarry::consent_audit {

class CsvRows;

/// Where a row stands.
struct Place {
  std::uint32_t input = 0;  // index of AuditInput::names()
  std::uint64_t line = 0;   // where its object begins, from 1
};

struct PlacedRow {
  AuditRow row;
  Place place;
};

struct AuditInputOptions {
  Others others = Others::kSkipped;
  int threads = 1;
  std::size_t max_line = std::size_t{16} << 20;
  bool strict = false;
};

/// What was met. Complete once run() has returned.
struct AuditReport {
  std::uint64_t rows = 0;
  std::uint64_t others = 0;        // of them, about something else
  std::uint64_t sign_ins = 0;      // rows of sign-in logs, beside them
  std::uint64_t unrecognised = 0;  // objects that are neither
  std::uint64_t truncated = 0;     // rows with a value that was cut off, judged by the rest
  bool is_cut_off = false;         // a page goes on, and none can be the end of its list
  std::uint64_t bad_lines = 0;
  std::uint64_t failed_inputs = 0;
  std::uint64_t empty_inputs = 0;  // read whole, and no row of an audit or sign-in log in them
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
};

class AuditInput {
 public:
  /// `arguments` empty: standard input. Both outlive the input.
  AuditInput(std::span<const std::string> arguments, AuditInputOptions options, CancelToken& cancel,
             Diagnostics& diagnostics);

  /// Calls `take` with the rows of a stretch of input, on any thread but never on two at once, in
  /// the order of the input. Rows of Kind::kOther come with Others::kRead only. Fails where `take`
  /// does, with --strict at the first bad line, and when cancelled.
  using Take = std::function<Result<void>(std::vector<PlacedRow>&)>;
  Result<AuditReport> run(const Take& take);

  /// By Place::input.
  const std::vector<std::string>& names() const { return names_; }
  /// For progress, from any thread.
  std::uint64_t bytes_so_far() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  class Reading;
  Result<void> read_lines(const io::Input& input, std::uint32_t number, Reading& reading);
  Result<void> read_records(const io::Input& input, CsvRows& csv, Reading& reading);
  Result<void> read_documents(const io::Input& input, std::uint32_t number, Reading& reading);

  io::InputSet set_;
  AuditInputOptions options_;
  CancelToken& cancel_;
  Diagnostics& diagnostics_;
  std::vector<std::string> names_;
  std::atomic<std::uint64_t> bytes_{0};
};

}  // namespace quarry::consent_audit
