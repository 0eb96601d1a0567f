#include "common/base/text_search.h"

#include "common/base/text.h"

#include <doctest/doctest.h>

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

using quarry::CaseMode;
using quarry::TextSearcher;

namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::size_t position(std::string_view haystack, std::string_view needle,
                 CaseMode mode = CaseMode::kSensitive, std::size_t from = 0) {
  return TextSearcher(needle, mode).find(haystack, from);
}

// The oracle: the standard library on lower-cased copies.
std::size_t expected(std::string_view haystack, std::string_view needle, CaseMode mode,
                     std::size_t from) {
  if (mode == CaseMode::kSensitive) return haystack.find(needle, from);
  return quarry::text::lower_ascii(haystack).find(quarry::text::lower_ascii(needle), from);
}

std::string random_text(std::uint64_t& state, std::size_t size, std::string_view alphabet) {
  std::string text(size, ' ');
  for (char& c : text) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    c = alphabet[(state >> 33) % alphabet.size()];
  }
  return text;
}

/// Text that ends exactly where memory ends: one byte more read is a fault.
class GuardedText {
 public:
  explicit GuardedText(std::string_view text)
      : page_(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE))) {
    base_ = static_cast<char*>(
        ::mmap(nullptr, 3 * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    ::mprotect(base_, page_, PROT_NONE);
    ::mprotect(base_ + 2 * page_, page_, PROT_NONE);
    start_ = base_ + 2 * page_ - text.size();
    std::memcpy(start_, text.data(), text.size());
    size_ = text.size();
  }
  GuardedText(const GuardedText&) = delete;
  GuardedText& operator=(const GuardedText&) = delete;
  ~GuardedText() { ::munmap(base_, 3 * page_); }
  std::string_view at_end() const { return {start_, size_}; }
  std::string_view at_start() const {
    std::memmove(base_ + page_, start_, size_);
    return {base_ + page_, size_};
  }

 private:
  std::size_t page_;
  char* base_;
  char* start_;
  std::size_t size_;
};

}  // namespace

TEST_CASE("an empty needle matches where the search begins") {
  CHECK(position("abc", "") == 0);
  CHECK(position("abc", "", CaseMode::kSensitive, 3) == 3);
  CHECK(position("abc", "", CaseMode::kSensitive, 4) == kNone);
  CHECK(position("", "") == 0);
  CHECK(position("", "a") == kNone);
}

TEST_CASE("case is ignored for ASCII letters only") {
  CHECK(position("C:\\Windows\\POWERSHELL.exe", "powershell.EXE", CaseMode::kIgnoreAscii) == 11);
  CHECK(position("x@y", "`", CaseMode::kIgnoreAscii) == kNone);  // '@' | 0x20 is '`'
  CHECK(position("x[y", "{", CaseMode::kIgnoreAscii) == kNone);
  CHECK(position("\x0B", "+", CaseMode::kIgnoreAscii) == kNone);
  CHECK(position("K", "k", CaseMode::kIgnoreAscii) == 0);
  CHECK(position("\xC3\x9C", "\xC3\xBC", CaseMode::kIgnoreAscii) == kNone);
  CHECK(position("a\xC3\x9C", "A\xC3\x9C", CaseMode::kIgnoreAscii) == 0);
  CHECK(TextSearcher("PoWer", CaseMode::kIgnoreAscii).needle() == "power");
  CHECK(TextSearcher("PoWer", CaseMode::kSensitive).needle() == "PoWer");
}

TEST_CASE("zero bytes and bytes beyond ASCII are bytes like others") {
  using namespace std::literals;
  CHECK(position("ab\0cd"sv, "\0c"sv) == 2);
  CHECK(position("ab\0cd"sv, "\0"sv) == 2);
  CHECK(position("\xFF\xFE\xFF\xFD", "\xFF\xFD") == 2);
  CHECK(position("\xFF\xFE\xFF\xFD", "\xFF\xFD", CaseMode::kIgnoreAscii) == 2);
}

TEST_CASE("search agrees with the standard library on every small size") {
  std::uint64_t state = 7;
  for (std::size_t size = 0; size < 140; ++size) {
    const std::string haystack = random_text(state, size, "aAbB.");
    const GuardedText guarded(haystack);
    for (std::size_t length = 1; length <= 20; length += length < 5 ? 1 : 5) {
      const bool planted = length <= size && size % 3 != 0;
      const std::string needle = planted ? haystack.substr((size - length) / (1 + size % 4), length)
                                         : random_text(state, length, "aAbB.");
      for (const CaseMode mode : {CaseMode::kSensitive, CaseMode::kIgnoreAscii}) {
        const TextSearcher searcher(needle, mode);
        for (const std::size_t from : {std::size_t{0}, size / 2, size}) {
          CAPTURE(haystack);
          CAPTURE(needle);
          CHECK(searcher.find(guarded.at_end(), from) == expected(haystack, needle, mode, from));
        }
        CHECK(searcher.find(guarded.at_start()) == expected(haystack, needle, mode, 0));
      }
    }
  }
}

TEST_CASE("a needle is found at every offset of a long text") {
  const std::string needle = "Invoke-WebRequest";
  for (std::size_t offset = 0; offset < 300; ++offset) {
    std::string haystack(offset, 'e');
    haystack += "INVOKE-webrequest";
    haystack.append(300 - offset, 'q');
    CHECK(position(haystack, needle, CaseMode::kIgnoreAscii) == offset);
    CHECK(position(haystack, needle) == kNone);
    CHECK(position(haystack, needle, CaseMode::kIgnoreAscii, offset + 1) == kNone);
  }
}
