// Tokens of KQL with their places, and the lexer that makes them. Comments are kept aside for the
// formatter.
#pragma once

#include "common/base/diagnostics.h"
#include "common/base/source_span.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::syntax {

enum class TokenKind : std::uint8_t {
  kEnd,
  kName,
  kString,
  kLong,
  kReal,
  kTimespan,
  kGuid,
  kPipe,
  kSemicolon,
  kComma,
  kDot,
  kDotDot,
  kColon,
  kAssign,
  kArrow,
  kOpenParen,
  kCloseParen,
  kOpenBracket,
  kCloseBracket,
  kOpenBrace,
  kCloseBrace,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqualTilde,
  kNotTilde,
  kBang,   // before in, has, contains … : !in
  kTilde,  // after in: in~
  kRaw,    // the text inside dynamic( … ), datetime( … ), guid( … ) and other typed literals
  kError   // a stray character, reported
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  SourceSpan span;
  std::string text;          // name; decoded string; raw text; guid
  std::int64_t integer = 0;  // kLong; ticks of kTimespan
  double real = 0;           // kReal
  bool bracketed = false;    // a name written ['so'], or a quoted name
};

struct Comment {
  SourceSpan span;  // from // (or # at the beginning of a line) to the end of the line
};

struct TokenList {
  std::vector<Token> tokens;  // the last is kEnd
  std::vector<Comment> comments;
};

/// Reports broken literals and stray characters, and goes on. What stands before `begin` is passed
/// over: places count from the beginning of `text` all the same.
TokenList tokenize(std::string_view text, Diagnostics& diagnostics, std::uint32_t begin = 0);

}  // namespace quarry::kql::syntax
