// A parsed JSON document of modest size: schema files, configuration-like JSON, bodies of APIs.
// Rows never come this way.
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::json {

enum class NodeKind : std::uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

/// A value inside a document: cheap to copy, valid while the document lives. A default Node is
/// null, and so is whatever is not there.
class Node {
 public:
  Node() = default;

  NodeKind kind() const;
  bool is_null() const { return kind() == NodeKind::kNull; }
  bool is_object() const { return kind() == NodeKind::kObject; }
  bool is_array() const { return kind() == NodeKind::kArray; }
  /// nullopt where the value is of another kind (an integer that does not fit counts as no
  /// integer).
  std::optional<std::string_view> as_string() const;
  std::optional<std::int64_t> as_int64() const;
  std::optional<double> as_double() const;
  std::optional<bool> as_bool() const;

  /// Members of an object or elements of an array, in the order of the text; 0 for others.
  std::size_t size() const;
  /// The i-th element or member; key() names the member.
  Node operator[](std::size_t i) const;
  std::string_view key(std::size_t i) const;
  /// The member of that name.
  Node find(std::string_view key) const;
  /// Compact JSON text of the value; bytes that are no UTF-8 become U+FFFD.
  std::string to_json() const;

 private:
  friend class Document;
  explicit Node(const void* value) : value_(value) {}
  const void* value_ = nullptr;
};

class Document {
 public:
  /// Deeper texts are attacks: reading them level by level would exhaust the stack.
  static constexpr std::size_t kMaxDepth = 512;
  /// kData with line and column where the text is no JSON, or is nested deeper than kMaxDepth;
  /// `name` is the file or what else it came from.
  static Result<Document> parse(std::string_view text, const std::string& name);
  Node root() const { return Node(value_.get()); }

 private:
  explicit Document(std::shared_ptr<const void> value) : value_(std::move(value)) {}
  std::shared_ptr<const void> value_;
};

}  // namespace quarry::json
