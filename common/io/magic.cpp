#include "common/io/magic.h"

#include <algorithm>

namespace quarry::io {
namespace {

using std::string_view_literals::operator""sv;

struct Magic {
  std::string_view bytes;
  Packing packing;
};

constexpr Magic kMagics[]{
    {"\x1f\x8b"sv, Packing::kGzip},
    {"\x28\xb5\x2f\xfd"sv, Packing::kFiltered},  // zstd
    {"\xfd\x37zXZ\0"sv, Packing::kFiltered},     // xz
    {"\x04\x22\x4d\x18"sv, Packing::kFiltered},  // lz4 frame
    {"PK\x03\x04"sv, Packing::kArchive},         // zip
    {"PK\x05\x06"sv, Packing::kArchive},         // zip without members
    {"7z\xbc\xaf\x27\x1c"sv, Packing::kArchive},
    {"\xff\xfe"sv, Packing::kUtf16},
    {"\xfe\xff"sv, Packing::kUtf16},
};
constexpr std::size_t kTarMagicAt = 257;
constexpr std::string_view kTarMagic = "ustar";
constexpr std::string_view kBzip2Magic = "BZh";

// "BZh", a level, then the first block or, in an empty file, the end: three letters alone could be
// text.
bool is_bzip2(std::string_view head) {
  if (head.size() < 10 || !head.starts_with(kBzip2Magic) || head[3] < '1' || head[3] > '9')
    return false;
  const std::string_view next = head.substr(4, 6);
  return next == "1AY&SY"sv || next == "\x17\x72\x45\x38\x50\x90"sv;
}

// Frames that zstd and lz4 skip may come first (pzstd writes them).
bool is_skippable_frame(std::string_view head) {
  return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xf0U) == 0x50U &&
         head.substr(1, 3) == "\x2a\x4d\x18"sv;
}

}  // namespace

Packing detect_packing(std::string_view head) {
  for (const Magic& magic : kMagics) {
    if (head.starts_with(magic.bytes)) return magic.packing;
  }
  if (is_bzip2(head) || is_skippable_frame(head)) return Packing::kFiltered;
  if (head.size() >= kTarMagicAt + kTarMagic.size() &&
      head.substr(kTarMagicAt, kTarMagic.size()) == kTarMagic) {
    return Packing::kArchive;
  }
  return Packing::kPlain;
}

bool needs_more_for_packing(std::string_view head) {
  if (head.empty()) return true;
  if (head.size() >= kMagicSize || detect_packing(head) != Packing::kPlain) return false;
  const bool may_become_magic = std::ranges::any_of(
      kMagics, [&](const Magic& magic) { return magic.bytes.starts_with(head); });
  if (may_become_magic || (head.size() < 10 && head.starts_with(kBzip2Magic))) return true;
  return head.find('\n') == std::string_view::npos;
}

}  // namespace quarry::io
