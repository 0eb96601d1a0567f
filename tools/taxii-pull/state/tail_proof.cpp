#include "tools/taxii-pull/state/tail_proof.h"

#include "common/value/hash.h"

#include <fmt/format.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>
#include <vector>

namespace quarry::taxii_pull {
namespace {

constexpr std::uint64_t kMagic = 0x31305F4C49415451;  // "QTAIL_01"
constexpr std::uint64_t kPage = 4096;

using Header = std::array<std::uint64_t, 4>;  // magic, device, inode, size at the beginning

struct Record {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t hash = 0;
};

template <class T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

/// The bytes from `first` on that the buffer has room for, or fewer at the end.
std::string read_at(int descriptor, std::uint64_t first, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got = ::pread(descriptor, bytes.data() + filled, size - filled,
                                static_cast<off_t>(first + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

/// A new file is there after a crash only once its folder is synced.
void sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

Failure TailProof::failure(const char* what) const {
  return fail(Error(ErrorCode::kData, fmt::format("{}: {}", what, ::strerror(errno))).at(path_));
}

Result<TailProof> TailProof::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  TailProof proof(path, descriptor);
  if (descriptor < 0) return proof.failure("cannot open");
  const std::string start = read_at(descriptor, 0, sizeof(Header));
  Header header{};
  if (start.size() != sizeof header) return proof;
  ::memcpy(header.data(), start.data(), sizeof header);
  proof.open_ = header[0] == kMagic;
  proof.file_ = {header[1], header[2]};
  proof.began_at_ = header[3];
  return proof;
}

TailProof::TailProof(TailProof&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      open_(other.open_),
      file_(other.file_),
      began_at_(other.began_at_),
      size_(other.size_) {}

TailProof::~TailProof() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::uint64_t> TailProof::proven(int file, std::uint64_t first, std::uint64_t end) const {
  std::uint64_t at = first;
  for (std::uint64_t place = sizeof(Header);; place += sizeof(Record)) {
    const std::string bytes = read_at(descriptor_, place, sizeof(Record));
    if (bytes.size() != sizeof(Record)) break;
    Record record;
    ::memcpy(&record, bytes.data(), sizeof record);
    if (record.end <= at) continue;
    if (record.begin != at || record.end > end || record.end - record.begin > kPage) break;
    const std::string there = read_at(file, at, record.end - record.begin);
    if (hash_bytes(there) != record.hash) break;
    at = record.end;
  }
  return at - first;
}

Result<void> TailProof::put(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failure("cannot write");
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ok();
}

Result<void> TailProof::begin(const FileIdentity& file, std::uint64_t size) {
  if (::ftruncate(descriptor_, 0) != 0) return failure("cannot write");
  size_ = 0;
  const Header header{kMagic, file.device, file.inode, size};
  QUARRY_CHECK(put(bytes_of(header)));
  if (::fdatasync(descriptor_) != 0) return failure("cannot write");
  sync_folder_of(path_);
  return ok();
}

Result<void> TailProof::remember(std::uint64_t position, std::string_view bytes) {
  std::vector<Record> records;
  records.reserve(bytes.size() / kPage + 2);
  while (!bytes.empty()) {
    const std::size_t size = std::min<std::size_t>(bytes.size(), kPage - position % kPage);
    records.push_back({position, position + size, hash_bytes(bytes.substr(0, size))});
    position += size;
    bytes.remove_prefix(size);
  }
  return put({reinterpret_cast<const char*>(records.data()), records.size() * sizeof(Record)});
}

void TailProof::settle() {
  if (size_ <= sizeof(Header)) return;
  if (::ftruncate(descriptor_, sizeof(Header)) == 0) size_ = sizeof(Header);
}

void TailProof::end() {
  if (::ftruncate(descriptor_, 0) == 0) size_ = 0;
}

}  // namespace quarry::taxii_pull
