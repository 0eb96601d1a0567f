// One JSON object, member by member, in the order they are added: bodies of requests, journal
// records, small records on stdout.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::json {

class ObjectWriter {
 public:
  /// Invalid UTF-8 in texts becomes U+FFFD.
  ObjectWriter& text(std::string_view key, std::string_view value);
  /// Left out where the value is empty.
  ObjectWriter& text_if(std::string_view key, std::string_view value);
  ObjectWriter& number(std::string_view key, std::int64_t value);
  ObjectWriter& boolean(std::string_view key, bool value);
  /// `json` is the JSON text of the value.
  ObjectWriter& raw(std::string_view key, std::string_view json);
  /// Left out where the text is empty.
  ObjectWriter& raw_if(std::string_view key, std::string_view json);

  /// The members so far, without the closing bracket.
  const std::string& open() const { return text_; }
  /// The whole object; the writer is empty afterwards.
  std::string take();

 private:
  void begin(std::string_view key);
  std::string text_ = "{";
};

/// The text in quotes, escaped.
std::string quoted(std::string_view text);

}  // namespace quarry::json
