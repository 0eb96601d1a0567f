// UTF-8: validity, code points, case folding for comparison, display width. Wraps utf8proc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::unicode {

inline constexpr char32_t kReplacement = 0xFFFD;

/// Offset of the first byte that is not valid UTF-8; npos where all is valid. Fast on ASCII.
std::size_t find_invalid(std::string_view text);
inline bool is_valid(std::string_view text) { return find_invalid(text) == std::string_view::npos; }

/// Reads one code point at `offset` and moves past it; an invalid byte yields kReplacement and
/// moves one byte.
char32_t decode(std::string_view text, std::size_t& offset);
void append(std::string& out, char32_t code_point);

/// Code points; every invalid byte counts as one.
std::size_t code_point_count(std::string_view text);
/// Byte offset of the n-th code point (from 0), or text.size() when there are fewer.
std::size_t offset_of(std::string_view text, std::size_t code_point_index);

/// At most the first `bytes` bytes, ending before a character that would be cut: shares the memory
/// of `text`.
std::string_view prefix_of_bytes(std::string_view text, std::size_t bytes);

bool is_ascii(std::string_view text);
/// Letter or digit in the Unicode sense (KQL term characters: these; everything else separates
/// terms).
bool is_alphanumeric(char32_t c);

char32_t upper(char32_t c);
char32_t lower(char32_t c);
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

/// Simple upper-casing used by case-insensitive operators; never crosses the ASCII border (U+212A
/// is not 'k').
char32_t fold(char32_t c);
/// Compares as KQL's =~ does (simple folding, code point by code point).
bool equals_ignore_case(std::string_view a, std::string_view b);

/// Columns that a terminal needs for the text (CJK 2, combining 0).
std::size_t display_width(std::string_view text);
std::size_t display_width(char32_t c);

/// Control characters as \x1b, \n, \t …; invalid bytes as \xNN: safe to print on a terminal.
std::string escape_for_terminal(std::string_view text);

}  // namespace quarry::unicode
