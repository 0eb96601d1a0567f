// From the text of one JSON object to the audit rows in it, whatever its shape. The shape is told
// for each object, never for a file.
#pragma once

#include "common/json/row_parser.h"
#include "tools/consent-audit/audit/audit_row.h"
#include "tools/consent-audit/audit/body.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace quarry::consent_audit {

/// How much is read of rows that cannot become part of a finding.
enum class Others : std::uint8_t { kSkipped, kRead };

/// How many rows an object held.
struct ObjectResult {
  std::uint64_t rows = 0;
  std::uint64_t others = 0;         // of them, rows that do not matter
  std::uint64_t sign_ins = 0;       // rows of sign-in logs; they are no audit rows
  std::uint64_t unrecognised = 0;   // objects that are neither
  bool is_page = false;             // a whole answer of a service
  bool goes_on = false;             // and its list has another page
  const char* malformed = nullptr;  // what is wrong with the text, if anything
  std::size_t offset = 0;           // and where
};

/// Not thread-safe: its parsers learn.
class RowReader {
 public:
  using Take = std::function<void(AuditRow&&)>;
  explicit RowReader(Others others);

  /// Of sign-ins only risky ones are handed over, unless others are read.
  /// `text` is an object without blanks around it, followed by json::kScanPadding readable bytes.
  ObjectResult read(std::string_view text, const Take& take);

 private:
  void read_envelope(std::string_view text, int depth, const Take& take);
  void read_list(const DynamicView& list, int depth, const Take& take);
  void read_inner(Shape shape, const DynamicView& body, std::string_view operation,
                  const Take& take);
  void hand_over(Shape shape, std::string_view operation, const Members& members, const Take& take);
  void take_sign_in(Shape shape, const Members& members, const Take& take);
  bool is_wanted(std::string_view operation) const;
  void pass_over();

  Others others_;
  json::RowParser outer_;
  json::RowParser inner_;
  ObjectResult result_;
};

}  // namespace quarry::consent_audit
