// UTF-16LE in payloads -> UTF-8.
#pragma once

#include "common/etl/bytes.h"

#include <string>

namespace quarry::etl {

/// Appends; a lone surrogate becomes U+FFFD, an odd last byte is dropped.
void append_utf16(std::string& out, Bytes units);
std::string utf16_to_utf8(Bytes units);
/// From `offset` to the NUL, or to the end where there is none; without the NUL.
Bytes utf16_until_nul(Bytes bytes, std::size_t offset);

}  // namespace quarry::etl
