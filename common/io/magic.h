// Tells how an input is packed from its first bytes. Names are not asked: exports are renamed on
// their way to an analyst.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace quarry::io {

enum class Packing : std::uint8_t { kPlain, kGzip, kFiltered, kArchive, kUtf16 };

/// Bytes that decide in every case: a tar file names itself at byte 257.
inline constexpr std::size_t kMagicSize = 512;

Packing detect_packing(std::string_view head);
/// True while more bytes could still change the answer. A whole line of text decides at once, so
/// live input is not held up.
bool needs_more_for_packing(std::string_view head);

}  // namespace quarry::io
