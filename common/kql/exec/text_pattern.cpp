#include "common/kql/exec/text_pattern.h"

#include "common/base/text.h"

namespace quarry::exec {
namespace {

/// Steps that a text may cost before it counts as not fitting: linear in its length, so that only
/// patterns whose fields could share it out in exponentially many ways are cut short.
std::int64_t most_attempts(std::string_view text) {
  return 100'000 + 64 * static_cast<std::int64_t>(text.size());
}

std::size_t digits_at(std::string_view text, std::size_t position) {
  std::size_t end = position;
  while (end < text.size() && text::is_ascii_digit(text[end])) ++end;
  return end;
}

/// End of the number that begins at `position`; `position` itself where there is none.
std::size_t number_end(std::string_view text, std::size_t position, TextPiece::Shape shape) {
  std::size_t begin = position;
  if (begin < text.size() && (text[begin] == '-' || text[begin] == '+')) ++begin;
  std::size_t end = digits_at(text, begin);
  if (end == begin) return position;
  if (shape == TextPiece::Shape::kInteger) return end;
  if (end + 1 < text.size() && text[end] == '.' && text::is_ascii_digit(text[end + 1]))
    end = digits_at(text, end + 1);
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    const std::size_t sign =
        end + 1 < text.size() && (text[end + 1] == '-' || text[end + 1] == '+') ? 1 : 0;
    const std::size_t exponent = digits_at(text, end + 1 + sign);
    if (exponent > end + 1 + sign) end = exponent;
  }
  return end;
}

}  // namespace

struct TextPattern::Attempt {
  std::string_view text;
  std::vector<std::string_view>& fields;
  std::size_t end = 0;  // of the last stretch
  std::int64_t left = most_attempts(text);
};

TextPattern::TextPattern(std::vector<TextPiece> pieces) {
  Stretch stretch;
  const auto close = [&](bool floats) {
    stretch.end = pieces_.size();
    if (stretch.end > stretch.begin) stretches_.push_back(stretch);
    stretch = Stretch{pieces_.size(), 0, field_count_, floats, false};
  };
  for (TextPiece& piece : pieces) {
    if (piece.kind == TextPiece::Kind::kSkip) {
      close(true);
      continue;
    }
    if (piece.kind == TextPiece::Kind::kText && piece.text.empty()) continue;
    if (piece.kind == TextPiece::Kind::kField) ++field_count_;
    pieces_.push_back(std::move(piece));
  }
  open_end_ = stretch.floats && stretch.begin == pieces_.size();
  close(false);
  if (!open_end_ && !stretches_.empty()) stretches_.back().at_end = true;
}

bool TextPattern::match(std::string_view text, std::vector<std::string_view>& fields) const {
  fields.assign(field_count_, {});
  Attempt attempt{text, fields};
  std::size_t position = 0;
  for (const Stretch& stretch : stretches_) {
    if (!match_stretch(attempt, stretch, position)) return false;
  }
  return open_end_ || !stretches_.empty() || text.empty();
}

/// On success `position` is the end of the stretch.
bool TextPattern::match_stretch(Attempt& attempt, const Stretch& stretch,
                                std::size_t& position) const {
  const TextPiece& first = pieces_[stretch.begin];
  std::size_t start = position;
  while (--attempt.left > 0) {
    if (stretch.floats && first.kind == TextPiece::Kind::kText) {
      start = attempt.text.find(first.text, start);
      if (start == std::string_view::npos) return false;
    }
    if (match_from(attempt, stretch, stretch.begin, stretch.first_field, start)) {
      position = attempt.end;
      return true;
    }
    if (!stretch.floats || start >= attempt.text.size()) return false;
    ++start;
  }
  return false;
}

bool TextPattern::match_from(Attempt& attempt, const Stretch& stretch, std::size_t piece,
                             std::size_t field, std::size_t position) const {
  if (piece == stretch.end) {
    attempt.end = position;
    return !stretch.at_end || position == attempt.text.size();
  }
  if (--attempt.left <= 0) return false;
  const TextPiece& at = pieces_[piece];
  if (at.kind == TextPiece::Kind::kField)
    return match_field(attempt, stretch, piece, field, position);
  if (!attempt.text.substr(position).starts_with(at.text)) return false;
  return match_from(attempt, stretch, piece + 1, field, position + at.text.size());
}

bool TextPattern::match_field(Attempt& attempt, const Stretch& stretch, std::size_t piece,
                              std::size_t field, std::size_t position) const {
  const std::string_view text = attempt.text;
  const auto settle = [&](std::size_t end) {
    attempt.fields[field] = text.substr(position, end - position);
    return match_from(attempt, stretch, piece + 1, field + 1, end);
  };
  if (pieces_[piece].shape != TextPiece::Shape::kAny) {
    const std::size_t end = number_end(text, position, pieces_[piece].shape);
    return end > position && settle(end);
  }
  if (piece + 1 == stretch.end)
    return settle(text.size());  // before a skip or the end: all that is left
  const TextPiece& next = pieces_[piece + 1];
  if (next.kind == TextPiece::Kind::kField) {  // nothing tells where it ends: as little as fits
    for (std::size_t end = position; end <= text.size() && attempt.left > 0; ++end) {
      if (settle(end)) return true;
    }
    return false;
  }
  if (piece + 2 == stretch.end && stretch.at_end) {  // the fixed text that ends it all
    if (!text.ends_with(next.text) || text.size() - next.text.size() < position) return false;
    return settle(text.size() - next.text.size());
  }
  for (std::size_t end = text.find(next.text, position);
       end != std::string_view::npos && attempt.left > 0; end = text.find(next.text, end + 1)) {
    if (settle(end)) return true;
  }
  return false;
}

}  // namespace quarry::exec
