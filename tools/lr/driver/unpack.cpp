#include "tools/lr/driver/unpack.h"

#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/base/text.h"
#include "common/io/byte_source.h"
#include "common/io/interrupts.h"

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

namespace quarry::lr {
namespace {

Failure disk_failure(const std::string& path) {
  return fail(
      Error(ErrorCode::kData, fmt::format("cannot write: {}", std::strerror(errno))).at(path));
}

Result<bool> is_gzip(const std::string& path) {
  QUARRY_TRY(const auto source, io::open_file_source(path, io::Interrupts{}));
  std::array<char, 2> head{};
  std::size_t have = 0;
  while (have < head.size()) {
    QUARRY_TRY(const std::size_t got, source->read(head.data() + have, head.size() - have));
    if (got == 0) return false;
    have += got;
  }
  return head[0] == '\x1f' && head[1] == '\x8b';
}

Result<void> write_all(int descriptor, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return disk_failure(path);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return ok();
}

/// What became of the attempt to read the file as gzip.
struct Inflated {
  bool damaged = false;
  std::uint64_t bytes = 0;
  std::string sha256 = {};
  bool is_gzip = false;
};

Result<Inflated> inflate(const std::string& stored, const std::string& path,
                         std::uint64_t max_bytes) {
  QUARRY_TRY(auto file, io::open_file_source(stored, io::Interrupts{}));
  const std::unique_ptr<io::ByteSource> source = io::make_gzip_source(std::move(file));
  QUARRY_TRY(AtomicFile out, AtomicFile::create(path));
  Inflated inflated;
  Sha256 digest;
  std::string chunk(256 << 10, '\0');
  std::string head;
  for (;;) {
    const Result<std::size_t> got = source->read(chunk.data(), chunk.size());
    if (!got) return Inflated{.damaged = true};
    if (*got == 0) break;
    const std::string_view bytes(chunk.data(), *got);
    if (head.size() < 2) head += bytes.substr(0, 2);
    inflated.bytes += bytes.size();
    if (inflated.bytes > max_bytes)
      return fail(Error(ErrorCode::kData, fmt::format("the file unpacks to more than {}",
                                                      text::human_bytes(max_bytes)))
                      .at(path));
    digest.update(bytes);
    QUARRY_CHECK(write_all(out.descriptor(), bytes, path));
  }
  ::fchmod(out.descriptor(), 0600);
  inflated.is_gzip = head.starts_with("\x1f\x8b");
  inflated.sha256 = digest.hex();
  QUARRY_CHECK(out.commit());
  return inflated;
}

bool names_gzip(std::string_view path) {
  const std::string lower = text::lower_ascii(path);
  return lower.ends_with(".gz") || lower.ends_with(".tgz");
}

}  // namespace

Result<StoredFile> unpack(const std::string& stored, const std::string& stored_sha256,
                          const std::string& path, std::string_view device_path,
                          std::uint64_t max_bytes) {
  StoredFile file{.path = path, .sha256 = stored_sha256, .sha256_stored = stored_sha256};
  QUARRY_TRY(const bool gzip, is_gzip(stored));
  if (gzip) {
    QUARRY_TRY(const Inflated inflated, inflate(stored, path, max_bytes));
    // A .gz that was stored without another layer is what was asked for.
    if (!inflated.damaged && (inflated.is_gzip || !names_gzip(device_path))) {
      file.bytes = inflated.bytes;
      file.sha256 = inflated.sha256;
      ::unlink(stored.c_str());
      return file;
    }
  }
  struct stat facts {};
  if (::stat(stored.c_str(), &facts) != 0 || std::rename(stored.c_str(), path.c_str()) != 0)
    return disk_failure(path);
  file.bytes = static_cast<std::uint64_t>(facts.st_size);
  return file;
}

}  // namespace quarry::lr
