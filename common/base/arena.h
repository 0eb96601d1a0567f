// Bump allocator for text that lives as long as a batch: many small pieces, freed all at once.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace quarry {

/// Not thread-safe. Pointers stay valid until the arena dies (it never moves what it handed out).
class Arena {
 public:
  explicit Arena(std::size_t first_block = 4096) : next_block_(first_block) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Uninitialised bytes, no alignment beyond 1.
  char* allocate(std::size_t size) {
    if (size > static_cast<std::size_t>(end_ - cursor_)) return allocate_slow(size);
    char* const result = cursor_;
    cursor_ += size;
    return result;
  }
  /// A copy of the text that lives in the arena.
  std::string_view copy(std::string_view text);
  /// Gives back the unused tail of the newest allocation, which began at `start`: keeps `used`
  /// bytes.
  void shrink_last(char* start, std::size_t used) { cursor_ = start + used; }
  /// Bytes taken from the heap so far.
  std::size_t memory() const { return memory_; }

 private:
  char* allocate_slow(std::size_t size);

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* cursor_ = nullptr;
  char* end_ = nullptr;
  std::size_t next_block_;
  std::size_t memory_ = 0;
};

}  // namespace quarry
