// Small ASCII and byte-level text operations that several rooms need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::text {

constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_ascii_alnum(char c) { return is_ascii_digit(c) || is_ascii_alpha(c); }
constexpr bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool iequals_ascii(std::string_view a, std::string_view b);
std::string lower_ascii(std::string_view text);
std::string_view trim_ascii(std::string_view text);  ///< a view into the argument
std::vector<std::string_view> split(std::string_view text, char separator);

/// Whole text as a number, no blanks; nullopt where anything is left over or out of range.
/// Allocation-free.
std::optional<std::int64_t> parse_int64(std::string_view text);
std::optional<double> parse_double(std::string_view text);  ///< also nan, inf, infinity in any case

/// "16MiB", "64k", "2GB", "1024": bytes (KiB = KB = k = 1024, as users of sizes on command lines
/// expect).
std::optional<std::uint64_t> parse_size(std::string_view text);

/// Shortest digits that read back equal, always with '.' or 'e' (cli-conventions section 3): 1.0,
/// 0.1, 1e+100. NaN -> "NaN", infinities -> "Infinity" / "-Infinity". Appends to out.
void append_real(std::string& out, double value);
void append_int(std::string& out, std::int64_t value);

/// 1204 -> "1,204"
std::string with_thousands(std::uint64_t value);
/// 1288490189 -> "1.3 GB" (decimal units, one digit, rounded); below 1,000 "999 B".
std::string human_bytes(std::uint64_t bytes);

}  // namespace quarry::text
