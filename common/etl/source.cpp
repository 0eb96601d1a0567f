#include "common/etl/source.h"

#include "common/io/random_file.h"

#include <sys/stat.h>

#include <cstring>

namespace quarry::etl {
namespace {

class FileSource : public Source {
 public:
  explicit FileSource(io::RandomFile file) : file_(std::move(file)) {}
  std::uint64_t size() const override { return file_.size(); }
  const std::string& name() const override { return file_.path(); }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    return file_.read_at(offset, reinterpret_cast<char*>(into.data()), into.size());
  }

 private:
  io::RandomFile file_;
};

class MemorySource : public Source {
 public:
  MemorySource(Bytes bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  const std::string& name() const override { return name_; }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    const Bytes part = slice(bytes_, static_cast<std::size_t>(offset), into.size());
    if (!part.empty()) std::memcpy(into.data(), part.data(), part.size());
    return part.size();
  }

 private:
  Bytes bytes_;
  std::string name_;
};

}  // namespace

Result<std::unique_ptr<Source>> open_file_source(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    return fail(
        Error(ErrorCode::kData,
              S_ISDIR(status.st_mode) ? "is a folder, not a recording" : "is no regular file",
              "a recording is read more than once: copy it into a file")
            .at(path));
  }
  QUARRY_TRY(io::RandomFile file, io::RandomFile::open(path));
  return std::make_unique<FileSource>(std::move(file));
}

std::unique_ptr<Source> make_memory_source(Bytes bytes, std::string name) {
  return std::make_unique<MemorySource>(bytes, std::move(name));
}

}  // namespace quarry::etl
