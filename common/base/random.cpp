#include "common/base/random.h"

#include "common/base/assert.h"

#include <fmt/format.h>

#include <sys/random.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace quarry {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = ::getrandom(bytes.data() + done, count - done, 0);
    if (got < 0 && errno == EINTR) continue;
    QUARRY_ASSERT(got > 0, "the kernel gives random bytes");
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

std::string random_guid() {
  std::string bytes = random_bytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += fmt::format("{:02x}", static_cast<unsigned char>(bytes[i]));
  }
  return out;
}

double random_fraction() {
  std::uint64_t bits = 0;
  std::memcpy(&bits, random_bytes(sizeof bits).data(), sizeof bits);
  return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

}  // namespace quarry
