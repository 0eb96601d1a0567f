// Is a text JSON? A loop over tokens with one byte a level: no recursion, so depth costs memory,
// never stack.

#include "common/base/unicode.h"
#include "common/value/dynamic.h"
#include "common/value/json_number.h"
#include "common/value/json_scan.h"

#include <vector>

namespace quarry {
namespace {

class Validator {
 public:
  Validator(std::string_view text, std::size_t max_depth)
      : p_(text.data()), end_(text.data() + text.size()), max_depth_(max_depth) {}

  bool run() {
    do {
      if (!start_value()) return false;
    } while (between_values());
    return complete_ && at_end();
  }

 private:
  enum class Level : bool { kArray, kBag };

  bool at_end() {
    p_ = json_scan::skip_blanks(p_, end_);
    return p_ == end_;
  }
  bool take(char c) {
    if (at_end() || *p_ != c) return false;
    ++p_;
    return true;
  }

  /// Reads a scalar or an empty container, or goes down to the first scalar of nested ones.
  bool start_value() {
    while (true) {
      if (at_end()) return false;
      if (*p_ == '[' || *p_ == '{') {
        if (levels_.size() >= max_depth_) return false;
        const bool is_bag = *p_ == '{';
        ++p_;
        if (take(is_bag ? '}' : ']')) return true;
        levels_.push_back(is_bag ? Level::kBag : Level::kArray);
        if (is_bag && !key()) return false;
      } else {
        return *p_ == '"' ? string() : scalar();
      }
    }
  }

  /// After a value: closes levels; true when another value must follow. complete_ tells a sound end
  /// from a broken one.
  bool between_values() {
    while (!levels_.empty()) {
      const bool is_bag = levels_.back() == Level::kBag;
      if (take(',')) return !is_bag || key();
      if (!take(is_bag ? '}' : ']')) return false;
      levels_.pop_back();
    }
    complete_ = true;
    return false;
  }

  bool key() { return !at_end() && *p_ == '"' && string() && take(':'); }

  bool string() {
    for (++p_; p_ != end_;) {
      p_ = json_scan::find_not_plain(p_, end_);
      if (p_ == end_) return false;
      const auto byte = static_cast<unsigned char>(*p_);
      if (byte == '"') {
        ++p_;
        return true;
      }
      if (byte < 0x20) return false;
      if (byte == '\\') {
        if (!escape()) return false;
      } else {
        ++p_;  // beyond ASCII: the whole text is known to be UTF-8
      }
    }
    return false;
  }

  bool escape() {
    if (end_ - p_ < 2) return false;
    const char kind = p_[1];
    p_ += 2;
    if (kind != 'u') return std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos;
    for (int digits = 0; digits < 4; ++digits, ++p_) {
      if (p_ == end_) return false;
      const char lower = static_cast<char>(*p_ | 0x20);
      if (!(*p_ >= '0' && *p_ <= '9') && !(lower >= 'a' && lower <= 'f')) return false;
    }
    return true;
  }

  bool scalar() {
    const char* const stop = json_scan::skip_value(p_, end_);
    if (stop == nullptr) return false;
    const std::string_view token(p_, static_cast<std::size_t>(stop - p_));
    p_ = stop;
    return token == "true" || token == "false" || token == "null" ||
           number_shape(token) != NumberShape::kNone;
  }

  const char* p_;
  const char* end_;
  std::size_t max_depth_;
  std::vector<Level> levels_;
  bool complete_ = false;
};

}  // namespace

bool is_valid_json(std::string_view text, std::size_t max_depth) {
  return unicode::is_valid(text) && Validator(text, max_depth).run();
}

}  // namespace quarry
