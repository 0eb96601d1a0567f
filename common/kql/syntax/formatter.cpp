// Lays out tokens. Line ends come from three sources: the rules (before a pipe, behind a semicolon,
// around brackets that hold pipes or statements), comments, and the author's own line ends inside
// lists and long conditions, which are kept and only indented anew.
#include "common/kql/syntax/formatter.h"

#include "common/base/text.h"
#include "common/kql/syntax/spacing.h"
#include "common/kql/syntax/token.h"

#include <algorithm>

namespace quarry::kql::syntax {
namespace {

constexpr std::size_t kStep = 4;

bool opens(TokenKind kind) {
  return kind == TokenKind::kOpenParen || kind == TokenKind::kOpenBracket ||
         kind == TokenKind::kOpenBrace;
}
bool closes(TokenKind kind) {
  return kind == TokenKind::kCloseParen || kind == TokenKind::kCloseBracket ||
         kind == TokenKind::kCloseBrace;
}

/// An open bracket, or the text as a whole.
struct Group {
  std::size_t outer = 0;  // indentation of the line that opened it
  std::size_t inner = 0;  // of its own lines
  bool block = true;  // holds operators or statements: these stand at `inner`, what continues them
                      // one step deeper
  bool in_let = false;  // between `let` and its first `=`
};

class Formatter {
 public:
  Formatter(std::string_view text, const TokenList& list)
      : text_(text), tokens_(list.tokens), comments_(list.comments) {
    find_blocks();
  }

  std::string run() {
    groups_.push_back({});
    for (i_ = 0; i_ < tokens_.size(); ++i_) {
      if (closes(kind()) && groups_.size() > 1) closing_ = true;
      separate();
      if (kind() == TokenKind::kEnd) break;
      out_ += text_.substr(tokens_[i_].span.start, tokens_[i_].span.length);
      follow();
      closing_ = false;
    }
    if (!out_.empty() && !out_.ends_with('\n')) out_ += '\n';
    return std::move(out_);
  }

 private:
  TokenKind kind() const { return tokens_[i_].kind; }
  TokenKind before() const { return i_ == 0 ? TokenKind::kSemicolon : tokens_[i_ - 1].kind; }
  bool at_statement() const { return before() == TokenKind::kSemicolon; }

  /// Marks brackets that directly hold a pipe or a semicolon.
  void find_blocks() {
    blocks_.assign(tokens_.size(), false);
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (opens(tokens_[i].kind)) open.push_back(i);
      if (closes(tokens_[i].kind) && !open.empty()) open.pop_back();
      if ((tokens_[i].kind == TokenKind::kPipe || tokens_[i].kind == TokenKind::kSemicolon) &&
          !open.empty())
        blocks_[open.back()] = true;
    }
  }

  /// What stands between the last token and this one: comments, line ends, a blank.
  void separate() {
    std::size_t from = i_ == 0 ? 0 : tokens_[i_ - 1].span.end();
    bool break_line = must_break();
    while (comment_ < comments_.size() && comments_[comment_].span.start < tokens_[i_].span.start) {
      const SourceSpan span = comments_[comment_++].span;
      const std::size_t lines = line_ends(from, span.start);
      if (lines == 0 && !out_.empty())
        out_ += "  ";
      else
        new_line(lines, comment_indent());
      std::string_view written = text_.substr(span.start, span.length);
      while (!written.empty() && text::is_ascii_space(written.back())) written.remove_suffix(1);
      out_ += written;
      from = span.end();
      break_line = true;
    }
    std::size_t lines = line_ends(from, tokens_[i_].span.start);
    if (kind() == TokenKind::kEnd) return;
    // A comma that began a line ends the line before: what follows it begins one.
    const bool comma = before() == TokenKind::kComma && i_ >= 2 &&
                       tokens_[i_ - 2].kind != TokenKind::kSemicolon &&
                       !opens(tokens_[i_ - 2].kind);
    if (comma) lines += line_ends(tokens_[i_ - 2].span.end(), tokens_[i_ - 1].span.start);
    if (break_line || (lines > 0 && may_break()))
      new_line(lines, indent());
    else if (i_ > 0 && blank_before(tokens_, i_))
      out_ += ' ';
  }

  bool must_break() const {
    if (i_ == 0 || kind() == TokenKind::kEnd) return false;
    if (before() == TokenKind::kSemicolon || (opens(before()) && blocks_[i_ - 1])) return true;
    if (closing_) return groups_.back().block;
    return kind() == TokenKind::kPipe && before() != TokenKind::kPipe;
  }

  bool may_break() const {
    return i_ > 0 && before() != TokenKind::kPipe && kind() != TokenKind::kComma &&
           kind() != TokenKind::kSemicolon && !must_touch();
  }
  /// Tokens that the language reads as one word: project-away, in~, !has.
  bool must_touch() const {
    return !blank_before(tokens_, i_) && !opens(before()) && !closes(kind()) && !opens(kind());
  }

  std::size_t indent() const {
    const Group& group = groups_.back();
    if (closing_) return group.outer;
    const bool begins =
        at_statement() || kind() == TokenKind::kPipe || (opens(before()) && group.block);
    if (!group.block || begins || behind_let_) return group.inner;
    return group.inner + kStep;
  }

  std::size_t comment_indent() const {
    if (closing_) return groups_.back().inner;
    return kind() == TokenKind::kEnd ? groups_.back().inner : indent();
  }

  /// Between statements one empty line is kept, elsewhere none.
  void new_line(std::size_t lines, std::size_t indentation) {
    if (!out_.empty()) out_ += at_statement() && i_ > 0 && lines > 1 ? "\n\n" : "\n";
    if (i_ == 0 && lines > 1 && !out_.empty()) out_ += "\n";
    out_.append(indentation, ' ');
    line_indent_ = indentation;
  }

  std::size_t line_ends(std::size_t from, std::size_t to) const {
    return static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(from),
                                               text_.begin() + static_cast<std::ptrdiff_t>(to),
                                               '\n'));
  }

  /// Keeps track of brackets and of `let name =`, whose value may begin a line of its own.
  void follow() {
    Group& group = groups_.back();
    behind_let_ = kind() == TokenKind::kAssign && group.in_let;
    if (behind_let_) group.in_let = false;
    if (at_statement() || opens(before()))
      group.in_let = kind() == TokenKind::kName && tokens_[i_].text == "let";
    if (closing_) {
      groups_.pop_back();
    } else if (opens(kind())) {
      groups_.push_back({line_indent_, line_indent_ + kStep, blocks_[i_], false});
    }
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  const std::vector<Comment>& comments_;
  std::vector<bool> blocks_;  // by token
  std::vector<Group> groups_;
  std::string out_;
  std::size_t i_ = 0;
  std::size_t comment_ = 0;
  std::size_t line_indent_ = 0;
  bool closing_ = false;
  bool behind_let_ = false;
};

bool same(std::string_view text_a, const TokenList& a, std::string_view text_b,
          const TokenList& b) {
  if (a.comments.size() != b.comments.size()) return false;
  const auto written = [](std::string_view text, const Token& token) {
    return text.substr(token.span.start, token.span.length);
  };
  return std::equal(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end(),
                    [&](const Token& x, const Token& y) {
                      return x.kind == y.kind && written(text_a, x) == written(text_b, y);
                    });
}

}  // namespace

std::optional<std::string> format_query(std::string_view text, Diagnostics& diagnostics) {
  Diagnostics broken;
  const TokenList list = tokenize(text, broken);
  if (broken.has_errors()) {
    for (Diagnostic& each : broken.sorted()) diagnostics.add(std::move(each));
    return std::nullopt;
  }
  std::string laid_out = Formatter(text, list).run();
  // The promise that the tokens stay the same is kept even where blanks meant something that the
  // rules do not know.
  return same(text, list, laid_out, tokenize(laid_out, broken)) ? std::move(laid_out)
                                                                : std::string(text);
}

}  // namespace quarry::kql::syntax
