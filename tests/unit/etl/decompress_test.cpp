#include "common/etl/compress/decompress.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

namespace quarry::etl {
namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

struct Outcome {
  std::string text;
  std::string_view fault;
};
Outcome expanded(CompressionFormat format, std::string_view packed, std::size_t size) {
  std::vector<std::uint8_t> out(size);
  const Expanded result = expand(format, as_bytes(packed), out);
  return {std::string(as_chars(Bytes(out).first(result.size))), result.fault};
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz";

// The examples of [MS-XCA] section 3.
std::string alphabet_xpress() { return bytes({0x3F, 0, 0, 0}) + std::string(kAlphabet); }
std::string abc_xpress() {
  return bytes({0xFF, 0xFF, 0xFF, 0x1F, 0x61, 0x62, 0x63, 0x17, 0x00, 0x0F, 0xFF, 0x26, 0x01});
}
std::string alphabet_huffman() {
  std::string packed(256, '\0');
  packed[0x30] = 0x50;
  for (std::size_t i = 0x31; i <= 0x3A; ++i) packed[i] = 0x55;
  packed[0x3B] = 0x45;
  packed[0x3C] = 0x44;
  packed[0x3D] = 0x04;
  packed[0x80] = 0x04;
  return packed + bytes({0xD8, 0x52, 0x3E, 0xD7, 0x94, 0x11, 0x5B, 0xE9, 0x19, 0x5F,
                         0xF9, 0xD6, 0x7C, 0xDF, 0x8D, 0x04, 0x00, 0x00, 0x00, 0x00});
}
std::string abc_huffman() {
  std::string packed(256, '\0');
  packed[0x30] = 0x30;
  packed[0x31] = 0x23;
  packed[0x80] = 0x02;
  packed[0x8F] = 0x20;
  return packed + bytes({0xA8, 0xDC, 0x00, 0x00, 0xFF, 0x26, 0x01});
}
std::string notes_lznt1() {
  return bytes({0x38, 0xB0, 0x88, 0x46, 0x23, 0x20, 0x00, 0x20, 0x47, 0x20, 0x41, 0x00,
                0x10, 0xA2, 0x47, 0x01, 0xA0, 0x45, 0x20, 0x44, 0x00, 0x08, 0x45, 0x01,
                0x50, 0x79, 0x00, 0xC0, 0x45, 0x20, 0x05, 0x24, 0x13, 0x88, 0x05, 0xB4,
                0x02, 0x4A, 0x44, 0xEF, 0x03, 0x58, 0x02, 0x8C, 0x09, 0x16, 0x01, 0x48,
                0x45, 0x00, 0xBE, 0x00, 0x9E, 0x00, 0x04, 0x01, 0x18, 0x90, 0x00});
}
constexpr std::string_view kNotes =
    "F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E F# D E F# G F# D E "
    "F# G F# E D E A F# F# G A A G F# E D D E F# E D D";

TEST_CASE("plain LZ77 expands the specification's examples") {
  CHECK(expanded(CompressionFormat::kXpress, alphabet_xpress(), 26).text == kAlphabet);
  CHECK(expanded(CompressionFormat::kXpress, abc_xpress(), 300).text == repeated("abc", 100));
}

TEST_CASE("LZ77 with Huffman codes expands the specification's examples") {
  CHECK(expanded(CompressionFormat::kXpressHuffman, alphabet_huffman(), 26).text == kAlphabet);
  CHECK(expanded(CompressionFormat::kXpressHuffman, abc_huffman(), 300).text ==
        repeated("abc", 100));
}

TEST_CASE("LZNT1 expands the specification's example") {
  CHECK(expanded(CompressionFormat::kLznt1, notes_lznt1(), kNotes.size()).text == kNotes);
  // A chunk that was not compressed.
  CHECK(expanded(CompressionFormat::kLznt1, bytes({0x02, 0x30, 'x', 'y', 'z'}), 3).text == "xyz");
}

TEST_CASE("lengths of plain LZ77 go on in a nibble, a byte, a word and a double word") {
  // 'a', then one match of distance 1: a u16 with length 7, and what follows it.
  const auto run = [](std::string_view tail, std::size_t size) {
    const std::string packed = bytes({0xFF, 0xFF, 0xFF, 0x7F, 'a', 0x07, 0x00}) + std::string(tail);
    return expanded(CompressionFormat::kXpress, packed, size).text.size();
  };
  CHECK(run(bytes({0x04}), 15) == 15);                        // 3 + 7 + 4
  CHECK(run(bytes({0x0F, 0x05}), 31) == 31);                  // 3 + 7 + 15 + 5
  CHECK(run(bytes({0x0F, 0xFF, 0x00, 0x10}), 4100) == 4100);  // 3 + 0x1000
  CHECK(run(bytes({0x0F, 0xFF, 0, 0, 0x00, 0x00, 0x02, 0}), 131'076) == 131'076);
}

TEST_CASE("a match length of 4 GiB fills the output and no more") {
  const std::string bomb =
      bytes({0xFF, 0xFF, 0xFF, 0x7F, 'a', 0x07, 0x00, 0x0F, 0xFF, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF});
  const Outcome outcome = expanded(CompressionFormat::kXpress, bomb, 1000);
  CHECK(outcome.text == std::string(1000, 'a'));
  CHECK(outcome.fault.empty());
}

TEST_CASE("a match before the start keeps what came out until then") {
  const Outcome outcome =
      expanded(CompressionFormat::kXpress, bytes({0xFF, 0xFF, 0xFF, 0x7F, 'a', 0x08, 0x00}), 10);
  CHECK(outcome.text == "a");
  CHECK(outcome.fault == "a match reaches before the start");
}

TEST_CASE("unknown formats are told, not tried") {
  CHECK(expanded(static_cast<CompressionFormat>(9), "abc", 3).fault == "unknown format");
  CHECK(name_of(static_cast<CompressionFormat>(9)) == "unknown");
}

TEST_CASE("a code table that is no code is refused") {
  std::string packed(300, '\x11');  // 512 codes of one bit
  CHECK(expanded(CompressionFormat::kXpressHuffman, packed, 10).fault ==
        "a code table that is no code");
}

TEST_CASE("every cut and every changed byte of compressed data ends inside the output") {
  const struct {
    CompressionFormat format;
    std::string packed;
    std::size_t size;
  } cases[]{{CompressionFormat::kXpress, abc_xpress(), 300},
            {CompressionFormat::kXpress, alphabet_xpress(), 26},
            {CompressionFormat::kXpressHuffman, abc_huffman(), 300},
            {CompressionFormat::kXpressHuffman, alphabet_huffman(), 26},
            {CompressionFormat::kLznt1, notes_lznt1(), kNotes.size()}};
  std::mt19937 random(7);
  for (const auto& one : cases) {
    const std::string whole = expanded(one.format, one.packed, one.size).text;
    for (std::size_t cut = 0; cut < one.packed.size(); ++cut) {
      const Outcome outcome = expanded(one.format, one.packed.substr(0, cut), one.size);
      CHECK(outcome.text == whole.substr(0, outcome.text.size()));
    }
    for (int i = 0; i < 2000; ++i) {
      std::string broken = one.packed;
      broken[random() % broken.size()] = static_cast<char>(random());
      CHECK(expanded(one.format, broken, one.size).text.size() <= one.size);
    }
  }
}

}  // namespace
}  // namespace quarry::etl
