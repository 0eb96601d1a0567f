#include "common/etl/compress/decompress.h"

namespace quarry::etl {

std::string_view name_of(CompressionFormat format) {
  switch (format) {
    case CompressionFormat::kNone:
      return "none";
    case CompressionFormat::kLznt1:
      return "lznt1";
    case CompressionFormat::kXpress:
      return "xpress";
    case CompressionFormat::kXpressHuffman:
      return "xpress-huffman";
  }
  return "unknown";
}

Expanded expand(CompressionFormat format, Bytes in, std::span<std::uint8_t> out) {
  switch (format) {
    case CompressionFormat::kLznt1:
      return expand_lznt1(in, out);
    case CompressionFormat::kXpress:
      return expand_xpress(in, out);
    case CompressionFormat::kXpressHuffman:
      return expand_xpress_huffman(in, out);
    case CompressionFormat::kNone:
      break;
  }
  return {.size = 0, .fault = "unknown format"};
}

}  // namespace quarry::etl
