#include "common/io/archive_reader.h"

#include "common/io/magic.h"
#include "common/io/random_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <locale.h>

#include <utility>

namespace quarry::io {
namespace {

constexpr std::size_t kChunkSize = std::size_t{128} << 10;

// Member names are UTF-8, but libarchive converts them by the thread's locale, and in "C" it loses
// them.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) previous_ = ::uselocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;
  ~Utf8Locale() {
    if (locale_ == nullptr) return;
    ::uselocale(previous_);
    ::freelocale(locale_);
  }

 private:
  locale_t locale_;
  locale_t previous_ = nullptr;
};

// Not "all formats": mtree takes NDJSON for its own.
void enable_formats(archive* handle) {
  archive_read_support_filter_all(handle);
  archive_read_support_format_zip(handle);
  archive_read_support_format_7zip(handle);
  archive_read_support_format_tar(handle);
  archive_read_support_format_raw(handle);
  archive_read_support_format_empty(handle);
}

std::string member_name(archive_entry* entry, std::size_t index) {
  if (const char* name = archive_entry_pathname_utf8(entry)) return name;
  if (const char* name = archive_entry_pathname(entry)) return name;
  return fmt::format("member {}", index + 1);
}

}  // namespace

ArchiveReader::ArchiveReader(std::string name)
    : handle_(archive_read_new()), name_(std::move(name)) {
  enable_formats(handle_);
}

ArchiveReader::~ArchiveReader() { archive_read_free(handle_); }

Error ArchiveReader::error(const char* what) {
  if (source_error_) return *source_error_;
  const char* detail = archive_error_string(handle_);
  std::string message = detail == nullptr ? what : fmt::format("{}: {}", what, detail);
  std::string hint;
  if (archive_read_has_encrypted_entries(handle_) > 0)
    hint = "encrypted archives are not read: unpack it first";
  return Error(ErrorCode::kData, std::move(message), std::move(hint)).at(name_);
}

Result<std::unique_ptr<ArchiveReader>> ArchiveReader::open_file(const std::string& path) {
  const Utf8Locale utf8;
  std::unique_ptr<ArchiveReader> reader(new ArchiveReader(path));
  if (archive_read_open_filename(reader->handle_, path.c_str(), kChunkSize) < ARCHIVE_WARN)
    return fail(reader->error("cannot unpack"));
  return reader;
}

long ArchiveReader::fill(archive* handle, void* self, const void** bytes) {
  auto& reader = *static_cast<ArchiveReader*>(self);
  auto count = reader.source_->read(reader.chunk_.data(), reader.chunk_.size());
  if (!count) {
    archive_set_error(handle, -1, "%s", count.error().message().c_str());
    reader.source_error_ = count.error();
    return ARCHIVE_FATAL;
  }
  *bytes = reader.chunk_.data();
  return static_cast<long>(*count);
}

Result<std::unique_ptr<ArchiveReader>> ArchiveReader::open_source(
    std::unique_ptr<ByteSource> source) {
  const Utf8Locale utf8;
  std::unique_ptr<ArchiveReader> reader(new ArchiveReader(source->name()));
  reader->source_ = std::move(source);
  reader->chunk_.resize(kChunkSize);
  if (archive_read_open(reader->handle_, reader.get(), nullptr, &ArchiveReader::fill, nullptr) <
      ARCHIVE_WARN) {
    return fail(reader->error("cannot unpack"));
  }
  return reader;
}

Result<std::optional<ArchiveMember>> ArchiveReader::next_member() {
  const Utf8Locale utf8;
  while (true) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(handle_, &entry);
    if (status == ARCHIVE_EOF) return std::nullopt;
    if (status == ARCHIVE_RETRY) continue;
    if (status < ARCHIVE_WARN) return fail(error("cannot unpack"));
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    ArchiveMember member;
    member.name = member_name(entry, members_seen_++);
    member.encrypted = archive_entry_is_data_encrypted(entry) != 0;
    if (archive_entry_size_is_set(entry) != 0)
      member.size = static_cast<std::uint64_t>(archive_entry_size(entry));
    return member;
  }
}

Result<std::size_t> ArchiveReader::read(char* into, std::size_t capacity) {
  while (true) {
    const la_ssize_t count = archive_read_data(handle_, into, capacity);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (count != ARCHIVE_RETRY && count != ARCHIVE_WARN) return fail(error("cannot unpack"));
  }
}

bool ArchiveReader::has_names() const {
  const int format = archive_format(handle_) & ARCHIVE_FORMAT_BASE_MASK;
  return format != ARCHIVE_FORMAT_RAW && format != ARCHIVE_FORMAT_EMPTY;
}

Result<std::unique_ptr<ArchiveReader>> open_archive(const std::string& path,
                                                    const Interrupts& interrupts) {
  QUARRY_TRY(const RandomFile file, RandomFile::open(path));
  char head[kMagicSize];
  QUARRY_TRY(const std::size_t count, file.read_at(0, head, sizeof head));
  if (detect_packing({head, count}) != Packing::kGzip) return ArchiveReader::open_file(path);
  QUARRY_TRY(auto compressed, open_file_source(path, interrupts));
  return ArchiveReader::open_source(make_gzip_source(std::move(compressed)));
}

Result<std::unique_ptr<ArchiveReader>> ArchiveShelf::take(std::size_t member_index,
                                                          const Interrupts& interrupts) {
  std::unique_ptr<ArchiveReader> reader;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_ && waiting_->members_seen() <= member_index) reader = std::move(waiting_);
  }
  if (!reader) {
    QUARRY_TRY(reader, open_archive(path_, interrupts));
  } else if (reader->source() != nullptr) {
    reader->source()->set_interrupts(interrupts);
  }
  while (reader->members_seen() <= member_index) {
    QUARRY_TRY(const auto member, reader->next_member());
    if (!member)
      return fail(Error(ErrorCode::kData, "the archive has changed while it was read").at(path_));
  }
  return reader;
}

void ArchiveShelf::give_back(std::unique_ptr<ArchiveReader> reader) {
  const std::lock_guard lock(mutex_);
  waiting_ = std::move(reader);
}

}  // namespace quarry::io
