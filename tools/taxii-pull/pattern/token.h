// The words of the STIX pattern language (STIX 2.1 §9).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace quarry::taxii_pull::pattern {

enum class TokenKind : std::uint8_t {
  kEnd,
  kBad,               // no word of the language; text says what stands there
  kIdentifier,        // letters, digits, '_'
  kHyphenIdentifier,  // the same with '-': names of object types only
  kString,
  kInteger,
  kFloat,
  kBool,
  kHex,
  kBinary,
  kTimestamp,
  kAnd,
  kOr,
  kNot,
  kFollowedBy,
  kLike,
  kMatches,
  kIsSubset,
  kIsSuperset,
  kExists,
  kIn,
  kStart,
  kStop,
  kWithin,
  kSeconds,
  kRepeats,
  kTimes,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kLeftBracket,
  kRightBracket,
  kLeftParen,
  kRightParen,
  kColon,
  kDot,
  kComma,
  kAsterisk,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;   // as it stands in the pattern, quotes included
  std::size_t offset = 0;  // bytes
};

}  // namespace quarry::taxii_pull::pattern
