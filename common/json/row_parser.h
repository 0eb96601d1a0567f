// Picks the values of wanted keys out of one JSON object, in one forward pass that stops behind the
// last of them. Records of one table have their keys in the same order, so after each key the one
// that followed it last time is expected: checking a guess is one 32-byte comparison, and values
// that nobody wants are passed over by their quotes and brackets alone. Of keys that occur twice
// the first counts: the pass may have stopped before the second.
#pragma once

#include "common/json/byte_masks.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace quarry::json {

/// kPlainText never comes from JSON: text of another format (a CSV cell), which has no escapes and
/// need not be fit for JSON.
enum class TokenKind : std::uint8_t {
  kAbsent,
  kNull,
  kFalse,
  kTrue,
  kNumber,
  kText,
  kEscapedText,
  kNested,
  kPlainText
};

/// A value as it stands in the text: strings without their quotes, still escaped where
/// kEscapedText. Valid while the text is.
struct RawValue {
  const char* data = nullptr;
  std::uint32_t size = 0;
  TokenKind kind = TokenKind::kAbsent;

  std::string_view text() const { return {data, size}; }
  bool is_missing() const { return kind == TokenKind::kAbsent || kind == TokenKind::kNull; }
};

/// What is wrong with a text, and where.
struct Malformed {
  const char* what = nullptr;  ///< static text
  std::size_t offset = 0;      ///< from the start of the text given
};

/// What may stand behind the closing bracket.
enum class Tail : std::uint8_t { kBlank, kAnything };

/// Not thread-safe: it learns. The wanted values have valid syntax and UTF-8; the rest is only
/// passed over.
class RowParser {
 public:
  explicit RowParser(std::span<const std::string> keys);

  /// The value of this slot need not be passed over when it is the last one missing: if nested, it
  /// gets the rest of the text.
  void leave_open(std::size_t slot) { open_slot_ = static_cast<std::int32_t>(slot); }

  /// Reads an object, without blanks around it, followed by kScanPadding readable bytes. False: it
  /// is malformed, see problem().
  bool parse(std::string_view object, Tail tail = Tail::kBlank);
  /// The wanted values, by the order of the keys.
  std::span<const RawValue> values() const { return values_; }
  const Malformed& problem() const { return problem_; }

 private:
  /// A key that was met, as it stands in the text: "name":
  struct Entry {
    alignas(32) char head[32] = {};
    std::uint32_t mask = 0;  // which bytes of head count
    std::uint32_t size = 0;  // of the whole text
    std::int32_t slot = -1;  // -1: not wanted
    std::uint32_t next = 0;  // the key that came behind it last time
    std::string text;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  bool matches(const Entry& entry, const char* at) const {
    const std::uint32_t equal = ByteChunk(at).equal(ByteChunk(entry.head));
    if ((equal & entry.mask) != entry.mask) return false;
    return entry.size <= sizeof entry.head || rest_matches(entry, at);
  }
  bool rest_matches(const Entry& entry, const char* at) const;
  bool parse_members(const char* at, Tail tail);
  const char* read_unexpected_key(const char* at, std::uint32_t& current, std::int32_t& slot);
  std::uint32_t add_entry(std::string_view raw_key, std::int32_t slot);
  std::int32_t slot_of(std::string_view raw_key);
  const char* take_value(const char* at, std::int32_t slot);
  const char* take_string(const char* at, RawValue& value);
  const char* take_nested(const char* at, RawValue& value, bool open);
  const char* take_scalar(const char* at, RawValue& value);
  bool reject(const char* what, const char* at);
  const char* fail(const char* what, const char* at);
  bool end_of_object(const char* at, Tail tail);

  std::vector<RawValue> values_;
  std::vector<Entry> entries_;  // entry 0 stands before the first key
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> by_text_;
  std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> wanted_;
  std::int32_t open_slot_ = -1;
  std::size_t found_ = 0;
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  Malformed problem_;
};

/// True for exactly one JSON number (RFC 8259 §6).
bool is_json_number(std::string_view token);

}  // namespace quarry::json
