#include "tests/fuzz/ledger.h"

#include "common/base/assert.h"

#include <sys/mman.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <new>

namespace quarry::fuzz {

void Ledger::describe(std::string_view what) {
  const std::size_t size = std::min(what.size(), kMostText);
  std::memcpy(text, what.data(), size);
  text_size = static_cast<std::uint32_t>(size);
}

void Ledger::count(std::string_view what) {
  for (Count& each : counts) {
    if (each.name[0] == '\0') what.copy(each.name, sizeof each.name - 1);
    if (what == each.name) {
      ++each.value;
      return;
    }
  }
}

Ledger& new_ledger() {
  void* const memory =
      ::mmap(nullptr, sizeof(Ledger), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  QUARRY_ASSERT(memory != MAP_FAILED, "there is memory to share");
  return *new (memory) Ledger{};
}

std::int64_t now_ms() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace quarry::fuzz
