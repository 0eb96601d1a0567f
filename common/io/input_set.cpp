#include "common/io/input_set.h"

#include "common/io/archive_reader.h"
#include "common/io/held_stream.h"
#include "common/io/magic.h"
#include "common/io/random_file.h"
#include "common/io/system_error.h"

#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <utility>

namespace quarry::io {
namespace {

namespace fs = std::filesystem;
constexpr const char* kStandardInputPath = "/dev/stdin";

class Expander {
 public:
  explicit Expander(const CancelToken& cancel) : interrupts_{&cancel, nullptr} {}

  void add_argument(const std::string& argument);
  InputSet take() { return std::move(set_); }

 private:
  void add_path(const std::string& path, const struct stat& status);
  void add_pattern(const std::string& pattern);
  void add_folder(const std::string& path);
  void add_regular(const std::string& path, const std::string& name, std::uint64_t size,
                   bool found = false);
  void add_archive(const std::string& path, const std::string& name);
  void add_stream(std::string path, std::string name);
  void add_standard_input();
  bool is_tar_inside(const std::string& path);
  void add_error(Error error) { set_.errors.push_back(std::move(error)); }

  Interrupts interrupts_;
  InputSet set_;
};

bool is_hidden(const fs::path& path) { return path.filename().native().starts_with('.'); }

void Expander::add_argument(const std::string& argument) {
  if (argument == "-") return add_standard_input();
  struct stat status {};
  if (::stat(argument.c_str(), &status) == 0) return add_path(argument, status);
  const int number = errno;
  if (argument.find_first_of("*?[") != std::string::npos) return add_pattern(argument);
  add_error(system_error("cannot read", number, argument));
}

void Expander::add_path(const std::string& path, const struct stat& status) {
  if (S_ISDIR(status.st_mode)) return add_folder(path);
  if (S_ISREG(status.st_mode))
    return add_regular(path, path, static_cast<std::uint64_t>(status.st_size));
  add_stream(path, path);
}

void Expander::add_pattern(const std::string& pattern) {
  glob_t found{};
  const int status = ::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found);
  std::vector<std::string> paths(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
  if (status != 0 || paths.empty())
    return add_error(Error(ErrorCode::kData, "no file matches the pattern").at(pattern));
  std::ranges::sort(paths);
  for (const std::string& path : paths) {
    struct stat details {};
    if (::stat(path.c_str(), &details) == 0) {
      add_path(path, details);
    } else {
      add_error(system_error("cannot read", errno, path));
    }
  }
}

void Expander::add_folder(const std::string& path) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator walk(path, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    std::error_code ignored;
    if (is_hidden(walk->path())) {
      if (walk->is_directory(ignored)) walk.disable_recursion_pending();
    } else if (walk->is_regular_file(ignored)) {
      files.push_back(walk->path().native());
    }
  }
  if (error) {
    add_error(system_error("cannot read the folder", error.value(), path));
  } else if (files.empty()) {
    add_error(Error(ErrorCode::kData, "the folder holds no files").at(path));
  }
  std::ranges::sort(files);
  for (const std::string& file : files) {
    struct stat details {};
    if (::stat(file.c_str(), &details) == 0)
      add_regular(file, file, static_cast<std::uint64_t>(details.st_size), true);
  }
}

void Expander::add_regular(const std::string& path, const std::string& name, std::uint64_t size,
                           bool found) {
  auto file = RandomFile::open(path);
  if (!file) return add_error(file.error());
  char head[kMagicSize];
  const auto count = file->read_at(0, head, sizeof head);
  if (!count) return add_error(count.error());
  if (size == 0 && *count > 0)
    return add_stream(path, name);  // files of /proc have text but no size
  InputKind kind = InputKind::kFile;
  switch (detect_packing({head, *count})) {
    case Packing::kPlain:
      break;
    case Packing::kUtf16:
      return add_error(Error(ErrorCode::kData, "the text is UTF-16, not UTF-8",
                             "convert it first: iconv -f UTF-16 -t UTF-8")
                           .at(path));
    case Packing::kArchive:
      return add_archive(path, name);
    case Packing::kGzip:
      if (is_tar_inside(path)) return add_archive(path, name);
      kind = InputKind::kGzip;
      break;
    case Packing::kFiltered:
      if (is_tar_inside(path)) return add_archive(path, name);
      kind = InputKind::kFiltered;
      break;
  }
  Input input;
  input.name = name;
  input.path = path;
  input.kind = kind;
  input.found = found;
  input.bytes = size;
  set_.inputs.push_back(std::move(input));
}

// Asks libarchive; what it cannot open at all is left to the reading, which words the error.
bool Expander::is_tar_inside(const std::string& path) {
  auto archive = open_archive(path, interrupts_);
  if (!archive) return false;
  const auto member = (*archive)->next_member();
  return member && *member && (*archive)->has_names();
}

void Expander::add_archive(const std::string& path, const std::string& name) {
  auto archive = open_archive(path, interrupts_);
  if (!archive) return add_error(archive.error());
  const auto shelf = std::make_shared<ArchiveShelf>(path);
  for (std::size_t index = 0;; ++index) {
    auto member = (*archive)->next_member();
    if (!member) return add_error(member.error());
    if (!*member) {
      if (index == 0) add_error(Error(ErrorCode::kData, "the archive holds no files").at(path));
      return;
    }
    Input input;
    input.member = std::move((*member)->name);
    input.name = name + ":" + input.member;
    if ((*member)->encrypted) {
      add_error(Error(ErrorCode::kData, "the archive's member is encrypted", "unpack it first")
                    .at(input.name));
      continue;
    }
    if (is_hidden(input.member)) continue;
    input.path = path;
    input.kind = InputKind::kMember;
    input.found = true;
    input.bytes = (*member)->size.value_or(0);
    input.member_index = index;
    input.archive = shelf;
    set_.inputs.push_back(std::move(input));
  }
}

void Expander::add_stream(std::string path, std::string name) {
  Input input;
  input.stream = std::make_shared<HeldStream>(path);
  input.path = std::move(path);
  input.name = std::move(name);
  input.kind = InputKind::kStream;
  set_.inputs.push_back(std::move(input));
}

void Expander::add_standard_input() {
  struct stat status {};
  const bool whole_file = ::fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode) &&
                          ::lseek(STDIN_FILENO, 0, SEEK_CUR) == 0 &&
                          ::access(kStandardInputPath, R_OK) == 0;
  if (whole_file)
    return add_regular(kStandardInputPath, "stdin", static_cast<std::uint64_t>(status.st_size));
  add_stream("-", "stdin");
}

}  // namespace

InputSet expand_inputs(std::span<const std::string> arguments, const CancelToken& cancel) {
  Expander expander(cancel);
  for (const std::string& argument : arguments) expander.add_argument(argument);
  return expander.take();
}

}  // namespace quarry::io
