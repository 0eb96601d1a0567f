// Looking inside dynamic values, which are JSON text. A path access parses only its way down;
// nothing is built. Text may come straight from input lines: every function is safe on any bytes
// (malformed parts read as null) and on any depth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry {

enum class DynamicKind : std::uint8_t { kNull, kBool, kLong, kReal, kString, kArray, kBag };

/// A value inside JSON text: a view of its raw bytes, without surrounding blanks. Cheap to copy;
/// valid while the text is.
class DynamicView {
 public:
  DynamicView() = default;
  explicit DynamicView(std::string_view json);

  std::string_view json() const { return json_; }  ///< raw text; empty means null
  DynamicKind kind()
      const;  ///< a number with '.', 'e' or beyond 64 bits is kReal; "NaN" etc. are strings
  bool is_null() const { return kind() == DynamicKind::kNull; }

  std::optional<bool> as_bool() const;
  std::optional<std::int64_t> as_long() const;  ///< integer token only
  std::optional<double> as_real() const;        ///< any number
  /// The decoded text of a JSON string; a view into the JSON when it has no escape, else into
  /// `scratch`.
  std::optional<std::string_view> as_string(std::string& scratch) const;

  /// Member of a bag (the last of duplicate keys counts, as Kusto keeps); null view where absent or
  /// not a bag.
  DynamicView member(std::string_view key) const;
  /// Element of an array; negative counts from the end; null view where absent or not an array.
  DynamicView element(std::int64_t index) const;
  std::size_t size() const;  ///< elements of an array or members of a bag, 0 otherwise

 private:
  std::string_view json_;
};

/// Walks the elements of an array: `ArrayCursor c(view); DynamicView v; while (c.next(v)) …`
class ArrayCursor {
 public:
  explicit ArrayCursor(const DynamicView& array);
  bool next(DynamicView& element);

 private:
  std::string_view rest_;
  bool first_ = true;
};

/// Walks the members of a bag in order. The key is raw (still escaped) in `raw_key`; decode with
/// decode_json_string.
class BagCursor {
 public:
  explicit BagCursor(const DynamicView& bag);
  bool next(std::string_view& raw_key, DynamicView& value);

 private:
  std::string_view rest_;
  bool first_ = true;
};

/// Decodes the inside of a JSON string (without quotes) and appends it. Lone surrogates and broken
/// escapes become U+FFFD.
void decode_json_string(std::string_view raw, std::string& out);
/// Appends the text as a JSON string with quotes; only what RFC 8259 demands is escaped. Invalid
/// UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);

/// End of the JSON value that begins at the start of `text` (no leading blanks), by brackets and
/// quotes only; npos where cut off. Iterative: any depth.
std::size_t skip_json_value(std::string_view text);
/// True when the text is exactly one valid JSON value (RFC 8259), at most `max_depth` levels deep.
bool is_valid_json(std::string_view text, std::size_t max_depth = 1024);
/// Without blanks between tokens: how dynamic is printed. Numbers and key order stay as written.
void append_compact_json(std::string& out, std::string_view json);

/// parse_json(): text -> JSON text. Valid JSON stays; anything else becomes a JSON string of the
/// text.
void append_parsed_json(std::string& out, std::string_view text);
/// tostring(dynamic): a string's own text; compact JSON for bags and arrays; numbers as written;
/// true/false; "" for null.
void append_dynamic_as_text(std::string& out, const DynamicView& value);

/// Equality by value: numbers by value, bags without regard to key order.
bool equal_dynamic(std::string_view a, std::string_view b);
/// A total order for sort, max and min: by kind, then value.
int compare_dynamic(std::string_view a, std::string_view b);
std::uint64_t hash_dynamic(std::string_view json);

}  // namespace quarry
