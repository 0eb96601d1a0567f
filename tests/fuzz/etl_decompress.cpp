// Any bytes as compressed data: a byte for the format, three for the size that it should expand to.
#include "common/base/assert.h"
#include "common/etl/compress/decompress.h"

#include <cstddef>
#include <cstdint>
#include <vector>

using namespace quarry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const etl::Bytes input(data, size);
  const std::size_t wanted = etl::read_u32(input, 0) >> 8 & 0x3FFFF;
  const auto format = static_cast<etl::CompressionFormat>(2 + etl::read_u8(input, 0) % 3);
  std::vector<std::uint8_t> out(wanted);
  const etl::Expanded expanded = expand(format, etl::slice(input, 4), out);
  QUARRY_ASSERT(expanded.size <= wanted, "the output's end is the end");
  QUARRY_ASSERT(expanded.size == wanted || !expanded.fault.empty(), "what is not full has a fault");
  return 0;
}
