// Cuts a pattern into tokens, as the published ANTLR grammars do: the longest word wins, blanks
// (also those of Unicode) and comments are passed over.
#pragma once

#include "tools/taxii-pull/pattern/token.h"

#include <cstdint>
#include <string_view>

namespace quarry::taxii_pull::pattern {

/// kAny takes what either version allows: for reading patterns rather than judging them.
enum class Spec : std::uint8_t { k20, k21, kAny };

class Lexer {
 public:
  /// `text` outlives the tokens.
  Lexer(std::string_view text, Spec spec) : text_(text), spec_(spec) {}
  Token next();

 private:
  void skip_blanks();
  std::size_t blank_length() const;
  bool skip_comment();
  Token word();
  Token number();
  Token string(std::size_t prefix);
  Token punctuation();
  Token make(TokenKind kind, std::size_t length);
  char at(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Spec spec_;
};

}  // namespace quarry::taxii_pull::pattern
