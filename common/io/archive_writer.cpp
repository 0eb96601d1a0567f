#include "common/io/archive_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace quarry::io {
namespace {

constexpr const char* option_of(ZipEncryption encryption) {
  return encryption == ZipEncryption::kAes256 ? "zip:encryption=aes256"
                                              : "zip:encryption=zipcrypt";
}

Failure system_failure(const char* what, const std::string& path) {
  return fail(Error(ErrorCode::kData, fmt::format("{}: {}", what, std::strerror(errno))).at(path));
}

/// Closes a descriptor at the end of its life.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

ZipWriter::ZipWriter(std::string path, int descriptor)
    : path_(std::move(path)),
      part_(path_ + ".part"),
      descriptor_(descriptor),
      handle_(archive_write_new()) {}

ZipWriter::~ZipWriter() {
  if (handle_ != nullptr) archive_write_free(handle_);
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(part_.c_str());
}

Failure ZipWriter::failed(const char* what) const {
  const char* const detail = archive_error_string(handle_);
  return fail(Error(ErrorCode::kData,
                    detail == nullptr ? std::string(what) : fmt::format("{}: {}", what, detail))
                  .at(path_));
}

Result<std::unique_ptr<ZipWriter>> ZipWriter::create(const std::string& path,
                                                     ZipEncryption encryption,
                                                     const Secret& password) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) == 0)
    return fail(Error(ErrorCode::kUsage, "the archive is there already", "name another").at(path));
  const std::string part = path + ".part";
  ::unlink(part.c_str());
  const int descriptor =
      ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_failure("cannot write", path);
  std::unique_ptr<ZipWriter> writer(new ZipWriter(path, descriptor));
  archive* const handle = writer->handle_;
  archive_write_set_format_zip(handle);
  if (encryption != ZipEncryption::kNone) {
    const std::string phrase(password.reveal());
    const bool encrypts =
        archive_write_set_options(handle, option_of(encryption)) == ARCHIVE_OK &&
        archive_write_set_passphrase(handle, phrase.c_str()) == ARCHIVE_OK;
    if (!encrypts)
      return fail(ErrorCode::kUsage, "this libarchive cannot encrypt zip archives",
                  "it was built without a library for that");
  }
  if (archive_write_open_fd(handle, descriptor) != ARCHIVE_OK) return writer->failed("cannot write");
  return writer;
}

Result<void> ZipWriter::begin(const std::string& name, std::uint64_t size, std::int64_t modified) {
  archive_entry* const entry = archive_entry_new();
  archive_entry_set_pathname_utf8(entry, name.c_str());
  archive_entry_set_size(entry, static_cast<la_int64_t>(size));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0600);
  if (modified > 0) archive_entry_set_mtime(entry, modified, 0);
  const int written = archive_write_header(handle_, entry);
  archive_entry_free(entry);
  // A warning: the name is not ASCII, and is stored as UTF-8 all the same.
  return written < ARCHIVE_WARN ? Result<void>(failed("cannot write")) : ok();
}

Result<void> ZipWriter::write(std::string_view bytes) {
  if (archive_write_data(handle_, bytes.data(), bytes.size()) !=
      static_cast<la_ssize_t>(bytes.size()))
    return failed("cannot write");
  return ok();
}

Result<void> ZipWriter::add_text(const std::string& name, std::string_view content) {
  QUARRY_CHECK(begin(name, content.size(), 0));
  QUARRY_CHECK(write(content));
  return archive_write_finish_entry(handle_) == ARCHIVE_OK ? ok()
                                                           : Result<void>(failed("cannot write"));
}

Result<void> ZipWriter::add_file(const std::string& name, const std::string& source) {
  const Descriptor file(::open(source.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  struct stat facts {};
  if (file.number() < 0 || ::fstat(file.number(), &facts) != 0)
    return system_failure("cannot read", source);
  QUARRY_CHECK(begin(name, static_cast<std::uint64_t>(facts.st_size), facts.st_mtime));
  std::array<char, 64 << 10> chunk;
  for (;;) {
    const ssize_t got = ::read(file.number(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("cannot read", source);
    if (got == 0) break;
    QUARRY_CHECK(write({chunk.data(), static_cast<std::size_t>(got)}));
  }
  return archive_write_finish_entry(handle_) == ARCHIVE_OK ? ok()
                                                           : Result<void>(failed("cannot write"));
}

Result<void> ZipWriter::commit() {
  if (archive_write_close(handle_) != ARCHIVE_OK) return failed("cannot write");
  if (::fsync(descriptor_) != 0) return system_failure("cannot write", path_);
  ::close(std::exchange(descriptor_, -1));
  // Unlike rename, link does not replace what somebody has put there meanwhile.
  const int linked = ::link(part_.c_str(), path_.c_str());
  const Failure failure = system_failure("cannot write", path_);
  ::unlink(part_.c_str());
  return linked == 0 ? ok() : Result<void>(failure);
}

}  // namespace quarry::io
