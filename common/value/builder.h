// Builds a flat column cell by cell. Text is copied into an arena of the builder, or referenced
// when the caller keeps it alive.
#pragma once

#include "common/base/arena.h"
#include "common/value/column.h"

#include <memory>
#include <string_view>
#include <vector>

namespace quarry {

/// Storage of one column under construction. Reusable: finish() leaves it empty.
template <Type T>
class ColumnBuilder {
 public:
  explicit ColumnBuilder(std::size_t reserve = 0) { values_.reserve(reserve); }

  std::size_t rows() const { return values_.size(); }
  void append(const Cell<T>& value) {
    values_.push_back(value);
    if (!validity_.empty()) set_valid(values_.size() - 1);
  }
  void append_null() {
    values_.emplace_back();
    if constexpr (T == Type::kString) {  // a null string does not exist: it is ""
      if (!validity_.empty()) set_valid(values_.size() - 1);
      return;
    }
    if (validity_.empty()) start_validity();
    grow_validity(values_.size());
    const std::size_t at = values_.size() - 1;
    validity_[at >> 6] &= ~(std::uint64_t{1} << (at & 63));
  }
  /// Strings and dynamics only. Copies text longer than a cell into the builder's arena.
  void append_copy(std::string_view text) {
    append(wrap(text.size() <= StringCell::kInlineSize ? StringCell(text)
                                                       : StringCell(arena().copy(text))));
  }
  /// Strings and dynamics only. References text that keep() keeps alive.
  void append_view(std::string_view text) { append(wrap(StringCell(text))); }
  void keep(KeepAlive owner) { keep_.push_back(std::move(owner)); }
  void keep(const std::vector<KeepAlive>& owners) {
    keep_.insert(keep_.end(), owners.begin(), owners.end());
  }

  /// The arena of this column, for functions that write text straight into it.
  Arena& arena() {
    if (arena_ == nullptr) arena_ = std::make_shared<Arena>();
    return *arena_;
  }

  Column finish() {
    const std::size_t count = values_.size();
    if (arena_ != nullptr) keep_.push_back(std::move(arena_));
    arena_ = nullptr;
    std::shared_ptr<const std::uint64_t[]> validity;
    if (!validity_.empty()) {
      auto owner = std::make_shared<std::vector<std::uint64_t>>(std::move(validity_));
      validity = std::shared_ptr<const std::uint64_t[]>(owner, owner->data());
    }
    auto owner = std::make_shared<std::vector<Cell<T>>>(std::move(values_));
    Column column(T, count, std::shared_ptr<const void>(owner, owner->data()), std::move(validity),
                  std::move(keep_));
    values_ = {};
    validity_ = {};
    keep_ = {};
    return column;
  }

 private:
  static Cell<T> wrap(StringCell cell) {
    if constexpr (T == Type::kDynamic)
      return DynamicCell{cell};
    else
      return cell;
  }
  void start_validity() { validity_.assign((values_.size() + 63) / 64, ~std::uint64_t{0}); }
  void grow_validity(std::size_t rows) {
    if (validity_.size() * 64 < rows) validity_.resize((rows + 63) / 64, ~std::uint64_t{0});
  }
  void set_valid(std::size_t at) { grow_validity(at + 1); }

  std::vector<Cell<T>> values_;
  std::vector<std::uint64_t> validity_;  // empty: no null so far; bits beyond rows() are 1
  std::shared_ptr<Arena> arena_;
  std::vector<KeepAlive> keep_;
};

/// A builder chosen at run time, for code that handles every type alike (readers, sinks).
class AnyBuilder {
 public:
  virtual ~AnyBuilder() = default;
  virtual Type type() const = 0;
  virtual std::size_t rows() const = 0;
  virtual void append_null() = 0;
  /// Copies the cell at `row` of a column of the same type; text is copied into the builder.
  virtual void append_from(const Column& column, std::size_t row) = 0;
  /// Copies the cell, referencing text: the caller keeps column.keep() with keep().
  virtual void append_from_view(const Column& column, std::size_t row) = 0;
  virtual void keep(const std::vector<KeepAlive>& owners) = 0;
  virtual Column finish() = 0;
};
std::unique_ptr<AnyBuilder> make_builder(Type type, std::size_t reserve = 0);

}  // namespace quarry
