// Takes text apart by a pattern of fixed texts with fields between them: "user=" FIELD " port="
// FIELD.
//
// A field ends where the next fixed text first occurs, unless what follows does not fit then;
// without a skip at the end the pattern must reach the end of the text. Skips split the pattern
// into stretches; each stretch is settled at its first place that fits, so the search never goes
// back over a skip. Inside a stretch the number of attempts is bounded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quarry::exec {

struct TextPiece {
  enum class Kind : std::uint8_t { kText, kField, kSkip };
  /// What a field may hold.
  enum class Shape : std::uint8_t { kAny, kInteger, kReal };
  Kind kind = Kind::kText;
  std::string text;  // kText
  Shape shape = Shape::kAny;
};

/// Immutable once made.
class TextPattern {
 public:
  explicit TextPattern(std::vector<TextPiece> pieces);

  std::size_t field_count() const { return field_count_; }
  /// Sets `fields` (one each) and answers true where the text fits.
  bool match(std::string_view text, std::vector<std::string_view>& fields) const;

 private:
  struct Stretch {
    std::size_t begin = 0;  // pieces
    std::size_t end = 0;
    std::size_t first_field = 0;
    bool floats = false;  // a skip stands before it
    bool at_end = false;  // nothing may follow it
  };
  struct Attempt;
  bool match_stretch(Attempt& attempt, const Stretch& stretch, std::size_t& position) const;
  bool match_from(Attempt& attempt, const Stretch& stretch, std::size_t piece, std::size_t field,
                  std::size_t position) const;
  bool match_field(Attempt& attempt, const Stretch& stretch, std::size_t piece, std::size_t field,
                   std::size_t position) const;

  std::vector<TextPiece> pieces_;  // without skips
  std::vector<Stretch> stretches_;
  std::size_t field_count_ = 0;
  bool open_end_ = false;
};

}  // namespace quarry::exec
