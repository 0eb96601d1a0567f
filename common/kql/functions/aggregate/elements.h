// What make_list(), make_set() and make_bag() gather: values in the order of the input rows, kept
// as plain bytes (a cell's own, or text) and written as JSON only when the group is finished. Every
// element knows its row, so groups gathered by several workers merge into what one worker would
// have gathered, and no worker waits for another.
#pragma once

#include "common/kql/kernel/aggregate.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::functions {

inline constexpr std::int64_t kMaxElements = 1'048'576;

/// Elements that may repeat.
class ElementList {
 public:
  std::size_t size() const { return orders_.size(); }
  std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }
  /// Rows come in rising order.
  void add(RowOrder order, std::string_view bytes) {
    bytes_ += bytes;
    ends_.push_back(bytes_.size());
    orders_.push_back(order);
  }
  /// Takes the elements of both in row order, at most `limit`.
  void merge(const ElementList& other, std::size_t limit);
  void save(StateWriter& out) const;
  static ElementList loaded(StateReader& in);

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
  std::vector<RowOrder> orders_;
};

/// How two elements of a set are compared.
enum class ElementEquality : std::uint8_t {
  kBytes,
  kJson,  // by value: 1 equals 1.0
  kKey,   // a bag's member, `"key":value`, by its key; the earliest counts
};

/// Distinct elements, each with the first row that has it.
class ElementSet {
 public:
  explicit ElementSet(ElementEquality equality) : equality_(equality) {}

  std::size_t size() const { return entries_.size(); }
  /// Rows come in rising order. Once there are `limit` elements, new ones are left out.
  void add(RowOrder order, std::uint64_t hash, std::string_view bytes, std::size_t limit);
  void merge(const ElementSet& other);
  /// The elements in order of first appearance.
  std::vector<std::string_view> in_order() const;
  void save(StateWriter& out) const;
  /// To be merged; more rows are not added to it.
  static ElementSet loaded(StateReader& in);

 private:
  struct Entry {
    RowOrder order;
    std::uint64_t hash;
    std::size_t begin;
    std::uint32_t length;
    std::uint32_t place;  // among the elements of one row
  };
  static constexpr std::size_t kUnindexed = 8;  // so few are searched one by one

  std::string_view bytes_of(const Entry& entry) const {
    return std::string_view(bytes_).substr(entry.begin, entry.length);
  }
  bool equal(std::string_view a, std::string_view b) const;
  Entry* find(std::uint64_t hash, std::string_view bytes);
  void insert(RowOrder order, std::uint32_t place, std::uint64_t hash, std::string_view bytes);
  void index_all();

  ElementEquality equality_;
  std::string bytes_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> index_;  // open addressing: number of an entry plus 1; 0 is free
  RowOrder last_order_ = 0;
  std::uint32_t next_place_ = 0;
};

}  // namespace quarry::kql::functions
