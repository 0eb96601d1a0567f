#include "common/base/arena.h"

#include <algorithm>
#include <cstring>

namespace quarry {
namespace {

// Blocks double up to here; beyond, a larger block only wastes more at its end.
constexpr std::size_t kLargestBlock = 1 << 20;

}  // namespace

char* Arena::allocate_slow(std::size_t size) {
  const std::size_t block = std::max(size, next_block_);
  blocks_.push_back(std::make_unique_for_overwrite<char[]>(block));
  next_block_ = std::max(next_block_, std::min(next_block_ * 2, kLargestBlock));
  memory_ += block;
  char* const result = blocks_.back().get();
  cursor_ = result + size;
  end_ = result + block;
  return result;
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  char* const target = allocate(text.size());
  std::memcpy(target, text.data(), text.size());
  return {target, text.size()};
}

}  // namespace quarry
