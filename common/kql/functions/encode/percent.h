// Percent encoding of URLs.
#pragma once

#include <string>
#include <string_view>

namespace quarry::kql::functions {

enum class Blank : unsigned char { kPlus, kPercent };

/// Letters, digits and -_.!*() stay; other bytes become %xx in lower case.
std::string percent_encode(std::string_view text, Blank blank);
/// %xx and + back to bytes; what is no escape stays. Bytes that are no UTF-8 become U+FFFD.
std::string percent_decode(std::string_view text);

}  // namespace quarry::kql::functions
