#include "common/table/cell_writer.h"

#include "common/base/text.h"
#include "common/table/cell_parser.h"
#include "common/value/builder.h"
#include "common/value/dynamic.h"

#include <string>
#include <vector>

namespace quarry::table {
namespace {

using json::RawValue;
using json::TokenKind;

/// Numbers, times, guids: parsed straight into the typed array.
template <Type T>
class FixedWriter final : public CellWriter {
 public:
  void begin(std::size_t rows) override { builder_ = ColumnBuilder<T>(rows); }
  bool put(const RawValue& value) override {
    Cell<T> cell{};
    const Parsed parsed = parse_cell(value, scratch_, cell);
    const bool has_value = parsed == Parsed::kValue || parsed == Parsed::kCut;
    if (has_value) {
      builder_.append(cell);
    } else {
      builder_.append_null();
    }
    return parsed == Parsed::kValue || parsed == Parsed::kNull;
  }
  Column finish(const std::vector<KeepAlive>&) override { return builder_.finish(); }

 private:
  ColumnBuilder<T> builder_;
  std::string scratch_;
};

/// Text: views into the input where nothing is escaped. Numbers, bools and nested values keep the
/// text they have in the input.
class TextWriter final : public CellWriter {
 public:
  void begin(std::size_t rows) override { builder_ = ColumnBuilder<Type::kString>(rows); }
  bool put(const RawValue& value) override {
    if (value.is_missing()) {
      builder_.append(StringCell());
    } else if (value.kind == TokenKind::kEscapedText) {
      scratch_.clear();
      decode_json_string(value.text(), scratch_);
      builder_.append_copy(scratch_);
    } else {
      builder_.append_view(value.text());
    }
    return true;
  }
  Column finish(const std::vector<KeepAlive>& owners) override {
    builder_.keep(owners);
    return builder_.finish();
  }

 private:
  ColumnBuilder<Type::kString> builder_;
  std::string scratch_;
};

/// JSON as it stands in the input; text that holds JSON becomes that JSON, as exports write bags
/// both ways.
class DynamicWriter final : public CellWriter {
 public:
  void begin(std::size_t rows) override { builder_ = ColumnBuilder<Type::kDynamic>(rows); }
  bool put(const RawValue& value) override {
    switch (value.kind) {
      case TokenKind::kAbsent:
      case TokenKind::kNull:
        builder_.append_null();
        return true;
      case TokenKind::kText:
        put_text(value, value.text());
        return true;
      case TokenKind::kPlainText:
        put_plain(text::trim_ascii(value.text()));
        return true;
      case TokenKind::kEscapedText:
        scratch_.clear();
        decode_json_string(value.text(), scratch_);
        put_text(value, scratch_);
        return true;
      case TokenKind::kFalse:
      case TokenKind::kTrue:
      case TokenKind::kNumber:
      case TokenKind::kNested:
        break;
    }
    builder_.append_view(value.text());
    return true;
  }
  Column finish(const std::vector<KeepAlive>& owners) override {
    builder_.keep(owners);
    return builder_.finish();
  }

 private:
  void put_text(const RawValue& value, std::string_view text) {
    switch (classify_dynamic_text(text)) {
      case TextInDynamic::kNothing:
        builder_.append_null();
        return;
      case TextInDynamic::kJson:
        if (value.kind == TokenKind::kEscapedText) {
          builder_.append_copy(text::trim_ascii(text));
        } else {
          builder_.append_view(text::trim_ascii(text));
        }
        return;
      case TextInDynamic::kText:
        break;
    }
    const std::string_view quoted(value.data - 1, value.size + std::size_t{2});
    if (value.kind == TokenKind::kEscapedText && !is_valid_json(quoted)) {  // \q, \u12: marked
      quoted_.clear();
      append_json_string(quoted_, text);
      builder_.append_copy(quoted_);
    } else {
      builder_.append_view(quoted);
    }
  }

  // Text from elsewhere has no quotes to tell its type: what is JSON is taken as JSON, numbers too.
  void put_plain(std::string_view text) {
    if (text.empty()) return builder_.append_null();
    if (is_valid_json(text)) return builder_.append_view(text);
    quoted_.clear();
    append_json_string(quoted_, text);
    builder_.append_copy(quoted_);
  }

  ColumnBuilder<Type::kDynamic> builder_;
  std::string scratch_;
  std::string quoted_;
};

}  // namespace

std::unique_ptr<CellWriter> make_cell_writer(Type type) {
  return dispatch(type, []<Type T>() -> std::unique_ptr<CellWriter> {
    if constexpr (T == Type::kString) {
      return std::make_unique<TextWriter>();
    } else if constexpr (T == Type::kDynamic) {
      return std::make_unique<DynamicWriter>();
    } else {
      return std::make_unique<FixedWriter<T>>();
    }
  });
}

}  // namespace quarry::table
