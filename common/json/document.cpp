#include "common/json/document.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace quarry::json {
namespace {

using Tree = nlohmann::ordered_json;

/// Levels of brackets outside strings; enough for texts that are JSON at all.
bool is_too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > Document::kMaxDepth) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

const Tree* tree(const void* value) { return static_cast<const Tree*>(value); }

}  // namespace

NodeKind Node::kind() const {
  if (value_ == nullptr) return NodeKind::kNull;
  switch (tree(value_)->type()) {
    case Tree::value_t::boolean:
      return NodeKind::kBool;
    case Tree::value_t::number_integer:
    case Tree::value_t::number_unsigned:
    case Tree::value_t::number_float:
      return NodeKind::kNumber;
    case Tree::value_t::string:
      return NodeKind::kString;
    case Tree::value_t::array:
      return NodeKind::kArray;
    case Tree::value_t::object:
      return NodeKind::kObject;
    case Tree::value_t::null:
    case Tree::value_t::binary:
    case Tree::value_t::discarded:
      break;
  }
  return NodeKind::kNull;
}

std::optional<std::string_view> Node::as_string() const {
  if (kind() != NodeKind::kString) return std::nullopt;
  return tree(value_)->get_ref<const std::string&>();
}

std::optional<std::int64_t> Node::as_int64() const {
  if (kind() != NodeKind::kNumber || tree(value_)->is_number_float()) return std::nullopt;
  if (tree(value_)->is_number_unsigned() &&
      tree(value_)->get<std::uint64_t>() > std::uint64_t{INT64_MAX})
    return std::nullopt;
  return tree(value_)->get<std::int64_t>();
}

std::optional<double> Node::as_double() const {
  if (kind() != NodeKind::kNumber) return std::nullopt;
  return tree(value_)->get<double>();
}

std::optional<bool> Node::as_bool() const {
  if (kind() != NodeKind::kBool) return std::nullopt;
  return tree(value_)->get<bool>();
}

std::size_t Node::size() const { return is_object() || is_array() ? tree(value_)->size() : 0; }

Node Node::operator[](std::size_t i) const {
  if (i >= size()) return Node();
  if (is_array()) return Node(&(*tree(value_))[i]);
  return Node(
      &(tree(value_)->get_ref<const Tree::object_t&>().begin() + static_cast<std::ptrdiff_t>(i))
           ->second);
}

std::string_view Node::key(std::size_t i) const {
  if (!is_object() || i >= size()) return {};
  return (tree(value_)->get_ref<const Tree::object_t&>().begin() + static_cast<std::ptrdiff_t>(i))
      ->first;
}

Node Node::find(std::string_view key) const {
  for (std::size_t i = 0; is_object() && i < size(); ++i) {
    if (this->key(i) == key) return (*this)[i];
  }
  return Node();
}

std::string Node::to_json() const {
  if (value_ == nullptr) return "null";
  return tree(value_)->dump(-1, ' ', false, Tree::error_handler_t::replace);
}

Result<Document> Document::parse(std::string_view text, const std::string& name) {
  if (is_too_deep(text)) {
    return fail(Error(ErrorCode::kData, fmt::format("JSON nested deeper than {} levels", kMaxDepth))
                    .at(name));
  }
  try {
    return Document(std::make_shared<const Tree>(Tree::parse(text)));
  } catch (const Tree::parse_error& error) {
    const std::size_t byte = error.byte == 0 ? 0 : error.byte - 1;
    const LineColumn at =
        line_column(text, static_cast<std::uint32_t>(std::min(byte, text.size())));
    return fail(Error(ErrorCode::kData, "not valid JSON")
                    .at(fmt::format("{}:{}:{}", name, at.line, at.column)));
  } catch (const Tree::exception& error) {
    return fail(Error(ErrorCode::kData, fmt::format("not usable JSON: {}", error.what())).at(name));
  }
}

}  // namespace quarry::json
