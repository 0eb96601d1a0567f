#include "tests/traces/lz77.h"

#include <algorithm>
#include <unordered_map>

namespace quarry::traces {
namespace {

constexpr std::size_t kLeast = 3;                // of a match
constexpr std::size_t kWindow = 8192;            // 13 bits of distance
constexpr std::size_t kMost = 3 + 7 + 15 + 254;  // lengths that need no 16-bit number

/// Items behind a word of 32 flags, which are used from the top down.
class Writer {
 public:
  void literal(char byte) {
    flag(false);
    out_ += byte;
  }

  void match(std::size_t distance, std::size_t length) {
    flag(true);
    const std::size_t extra = length - kLeast;
    const std::size_t first = std::min<std::size_t>(extra, 7);
    number16((distance - 1) << 3 | first);
    if (first < 7) return;
    const std::size_t second = std::min<std::size_t>(extra - 7, 15);
    nibble(second);
    if (second == 15) out_ += static_cast<char>(extra - 7 - 15);
  }

  std::string finish() {
    // What is left of the flags says "match": the end of the input is where a reader stops.
    for (; used_ < 32; ++used_) flags_ = flags_ << 1 | 1;
    put_flags();
    return std::move(out_);
  }

 private:
  void flag(bool is_match) {
    if (used_ == 32) {
      put_flags();
      flags_at_ = out_.size();
      out_.append(4, '\0');
      used_ = 0;
      flags_ = 0;
    }
    flags_ = flags_ << 1 | (is_match ? 1U : 0U);
    ++used_;
  }

  void put_flags() {
    for (std::size_t i = 0; i < 4; ++i) {
      out_[flags_at_ + i] = static_cast<char>(flags_ >> (8 * i) & 0xFF);
    }
  }

  void number16(std::size_t value) {
    out_ += static_cast<char>(value & 0xFF);
    out_ += static_cast<char>(value >> 8 & 0xFF);
  }

  /// Two share a byte, which stands where the first of them was written.
  void nibble(std::size_t value) {
    if (nibble_at_ == 0) {
      nibble_at_ = out_.size();
      out_ += static_cast<char>(value);
    } else {
      out_[nibble_at_] = static_cast<char>(out_[nibble_at_] | static_cast<char>(value << 4));
      nibble_at_ = 0;
    }
  }

  std::string out_ = std::string(4, '\0');
  std::size_t flags_at_ = 0;
  std::uint32_t flags_ = 0;
  int used_ = 0;
  std::size_t nibble_at_ = 0;  // 0: the next nibble begins a byte
};

}  // namespace

std::string lz77_compressed(std::string_view bytes) {
  Writer writer;
  std::unordered_map<std::string_view, std::size_t> last;  // of three bytes: where they stood
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string_view key = bytes.substr(at, kLeast);
    const auto found = key.size() == kLeast ? last.find(key) : last.end();
    std::size_t length = 0;
    std::size_t from = 0;
    if (found != last.end() && at - found->second <= kWindow) {
      from = found->second;
      const std::size_t most = std::min(kMost, bytes.size() - at);
      while (length < most && bytes[from + length] == bytes[at + length]) ++length;
    }
    const std::size_t step = std::max<std::size_t>(length, 1);
    if (length >= kLeast) {
      writer.match(at - from, length);
    } else {
      writer.literal(bytes[at]);
    }
    for (std::size_t i = 0; i < step && at + i + kLeast <= bytes.size(); ++i) {
      last[bytes.substr(at + i, kLeast)] = at + i;
    }
    at += step;
  }
  return writer.finish();
}

}  // namespace quarry::traces
