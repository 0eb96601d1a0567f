#include "common/kql/functions/operator/text_set.h"

#include "common/base/unicode.h"
#include "common/kql/functions/operator/text_match.h"
#include "common/value/hash.h"

#include <algorithm>
#include <bit>

namespace quarry::kql::functions {
namespace {
constexpr std::size_t kFew = 4;  // so many are compared one by one
}

TextSet::TextSet(std::vector<std::string> texts, CaseMode mode)
    : mode_(mode), texts_(std::move(texts)) {
  bool all_ascii = true;
  for (std::string& text : texts_) {
    all_ascii = all_ascii && unicode::is_ascii(text);
    if (mode_ == CaseMode::kIgnoreAscii) {
      fold_text(text, folded_);
      text = folded_;
    }
  }
  std::sort(texts_.begin(), texts_.end());
  texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
  for (const std::string& text : texts_) signatures_.set(signature(text));
  // Case may change the bytes of letters beyond ASCII. They never become ASCII, so sets of ASCII
  // texts are safe.
  if (mode_ == CaseMode::kIgnoreAscii && !all_ascii) signatures_.set();
  if (texts_.size() <= kFew) return;
  slots_.assign(std::bit_ceil(texts_.size() * 2), 0);
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    std::size_t at = hash_bytes(texts_[i]) & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

bool TextSet::contains(std::string_view text) {
  if (!signatures_[signature(text)]) return false;
  if (mode_ == CaseMode::kSensitive) return find(text);
  fold_text(text, folded_);
  return find(folded_);
}

bool TextSet::find(std::string_view text) const {
  if (slots_.empty()) return std::find(texts_.begin(), texts_.end(), text) != texts_.end();
  for (std::size_t at = hash_bytes(text) & (slots_.size() - 1); slots_[at] != 0;
       at = (at + 1) & (slots_.size() - 1)) {
    if (texts_[slots_[at] - 1] == text) return true;
  }
  return false;
}

}  // namespace quarry::kql::functions
