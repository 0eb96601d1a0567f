// DEFLATE (RFC 1951) in the envelopes of gzip (RFC 1952) and zlib (RFC 1950), over whole texts.
// Wraps ISA-L.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace quarry {

enum class DeflateEnvelope : unsigned char { kGzip, kZlib };

/// Compressed at the library's fastest level, which only stores what would not shrink; "" where the
/// bytes are too many (4 GB).
std::string deflate(DeflateEnvelope envelope, std::string_view bytes);
/// nullopt where the bytes are damaged, cut off, followed by others, or would grow beyond `limit`.
std::optional<std::string> inflate(DeflateEnvelope envelope, std::string_view bytes,
                                   std::size_t limit);

}  // namespace quarry
