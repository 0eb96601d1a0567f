// A row of input: its text as it came, and what stands in it.
#pragma once

#include "common/base/result.h"
#include "common/json/raw_object.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::incident_link {

/// Movable; views into it stay valid while it lives, wherever it is moved to.
class Row {
 public:
  /// kData where the text is no JSON object. `place`: "stdin:12".
  static Result<Row> parse(std::string text, std::string place);

  const std::string& json() const { return *text_; }
  const std::string& place() const { return place_; }
  /// SHA-256 of canonical_json(): the row's name, whatever the order of its columns.
  const std::string& sha256() const { return sha256_; }

  /// The column's value as JSON; "" where the row has none. "file.sha256": a member of a bag.
  std::string_view raw(std::string_view column) const;
  /// As text; "" also for null.
  std::string text(std::string_view column) const;
  /// Neither absent nor null nor "".
  bool has(std::string_view column) const;
  const std::vector<json::RawMember>& members() const { return members_; }

  /// What made it: its `_type`, "lr.result"; "" of a hunt's rows.
  std::string type() const { return text("_type"); }

 private:
  Row() = default;
  std::unique_ptr<const std::string> text_;
  std::vector<json::RawMember> members_;
  std::string place_;
  std::string sha256_;
};

/// The same row gives the same text: keys sorted at every level, of duplicates the last, no blanks,
/// strings escaped in one way; numbers as written. Columns that are null or "" are left out: a
/// query that unites tables adds them.
std::string canonical_json(std::string_view json);

}  // namespace quarry::incident_link
