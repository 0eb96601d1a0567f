#include "common/io/line_index.h"

#include "common/io/line_splitter.h"
#include "common/io/random_file.h"

#include <algorithm>
#include <iterator>

namespace quarry::io {

std::optional<std::uint64_t> LineIndex::newlines_before(std::uint32_t input,
                                                        const std::string& path,
                                                        std::uint64_t offset) {
  constexpr std::size_t kChunk = std::size_t{256} << 10;
  const std::lock_guard lock(mutex_);
  auto& counted = counted_[input];
  std::uint64_t position = 0;
  std::uint64_t newlines = 0;
  if (const auto after = counted.upper_bound(offset); after != counted.begin()) {
    position = std::prev(after)->first;
    newlines = std::prev(after)->second;
  }
  const auto file = RandomFile::open(path);
  if (!file) return std::nullopt;
  std::string chunk(kChunk, '\0');
  while (position < offset) {
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, offset - position));
    const auto count = file->read_at(position, chunk.data(), wanted);
    if (!count || *count == 0) return std::nullopt;
    newlines += count_newlines({chunk.data(), *count});
    position += *count;
  }
  counted[offset] = newlines;
  return newlines;
}

}  // namespace quarry::io
