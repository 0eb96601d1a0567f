// 16 bytes that stand for a string: short ones inline, long ones as a pointer with a 4-byte prefix,
// so most comparisons never leave the cell. The memory behind the pointer is kept by the column
// that holds the cell.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace quarry {

class StringCell {
 public:
  static constexpr std::uint32_t kInlineSize = 12;

  constexpr StringCell() : length_(0), inline_{} {}
  /// Longer than 12 bytes: points at `text`, which must outlive the cell.
  explicit StringCell(std::string_view text)
      : length_(static_cast<std::uint32_t>(text.size())), inline_{} {
    if (length_ <= kInlineSize) {
      if (length_ != 0) std::memcpy(inline_, text.data(), length_);
    } else {
      std::memcpy(inline_, text.data(), 4);
      const char* data = text.data();
      std::memcpy(inline_ + 4, &data, sizeof data);
    }
  }

  std::uint32_t size() const { return length_; }
  bool empty() const { return length_ == 0; }
  bool is_inline() const { return length_ <= kInlineSize; }

  /// Points into this cell when the text is short: the cell must stay where it is while the view is
  /// used.
  std::string_view view() const& { return {is_inline() ? inline_ : pointer(), length_}; }
  std::string_view view() const&& = delete;
  operator std::string_view() const& { return view(); }
  operator std::string_view() const&& = delete;

  friend bool operator==(const StringCell& a, const StringCell& b) {
    std::uint64_t head_a, head_b;  // length and prefix at once
    std::memcpy(&head_a, &a, 8);
    std::memcpy(&head_b, &b, 8);
    if (head_a != head_b) return false;
    if (a.is_inline()) return std::memcmp(a.inline_ + 4, b.inline_ + 4, 8) == 0;
    return std::memcmp(a.pointer(), b.pointer(), a.length_) == 0;
  }
  /// Byte order (ordinal, as Kusto sorts strings).
  friend int compare(const StringCell& a, const StringCell& b) {
    return a.view().compare(b.view());
  }

 private:
  const char* pointer() const {
    const char* data;
    std::memcpy(&data, inline_ + 4, sizeof data);
    return data;
  }

  std::uint32_t length_;
  char inline_[12];  // whole text, zero-padded; or 4 bytes of prefix and a pointer
};
static_assert(sizeof(StringCell) == 16);

}  // namespace quarry
