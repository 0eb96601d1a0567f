#include "tests/unit/io/scratch.h"

#include "common/base/thread_pool.h"
#include "common/io/input_set.h"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <locale.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <random>

namespace quarry::io::test {
namespace {

constexpr std::size_t kArchiveRoom = std::size_t{8} << 20;

class Packer {
 public:
  Packer() : handle_(archive_write_new()), out_(kArchiveRoom, '\0') {}
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;
  ~Packer() { archive_write_free(handle_); }

  archive* handle() { return handle_; }
  void open() {
    REQUIRE(archive_write_open_memory(handle_, out_.data(), out_.size(), &used_) == ARCHIVE_OK);
  }
  void add(const std::string& name, std::string_view bytes) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    REQUIRE(archive_write_header(handle_, entry) >= ARCHIVE_WARN);
    REQUIRE(archive_write_data(handle_, bytes.data(), bytes.size()) ==
            static_cast<la_ssize_t>(bytes.size()));
    archive_entry_free(entry);
  }
  std::string close() {
    REQUIRE(archive_write_close(handle_) == ARCHIVE_OK);
    return out_.substr(0, used_);
  }

 private:
  archive* handle_;
  std::string out_;
  std::size_t used_ = 0;
};

}  // namespace

Scratch::Scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "quarry-io-XXXXXX").native();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  folder_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Scratch::file(std::string_view name, std::string_view bytes) const {
  const std::filesystem::path target = path(name);
  std::filesystem::create_directories(target.parent_path());
  std::ofstream(target, std::ios::binary) << bytes;
  return target.native();
}

std::string packed(const char* filter, std::string_view bytes) {
  Packer packer;
  REQUIRE(archive_write_set_format_raw(packer.handle()) == ARCHIVE_OK);
  REQUIRE(archive_write_add_filter_by_name(packer.handle(), filter) >= ARCHIVE_WARN);
  archive_write_set_bytes_in_last_block(packer.handle(), 1);
  packer.open();
  packer.add("stream", bytes);
  return packer.close();
}

std::string archived(const char* format, const char* filter,
                     const std::vector<std::pair<std::string, std::string>>& members,
                     const char* passphrase) {
  // Member names are UTF-8; libarchive writes them by the locale.
  const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  const locale_t before = ::uselocale(utf8);
  Packer packer;
  REQUIRE(archive_write_set_format_by_name(packer.handle(), format) == ARCHIVE_OK);
  if (std::string_view(filter) != "none")
    REQUIRE(archive_write_add_filter_by_name(packer.handle(), filter) >= ARCHIVE_WARN);
  if (*passphrase != '\0') {
    REQUIRE(archive_write_set_options(packer.handle(), "zip:encryption=traditional") == ARCHIVE_OK);
    archive_write_set_passphrase(packer.handle(), passphrase);
  }
  packer.open();
  for (const auto& [name, bytes] : members) packer.add(name, bytes);
  std::string all = packer.close();
  ::uselocale(before);
  ::freelocale(utf8);
  return all;
}

std::string Reading::text() const {
  std::string all;
  for (const Block& block : blocks) all += block.text;
  return all;
}

bool Reading::well_formed() const {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const std::string_view padding(block.text.data() + block.text.size(), kBlockPadding);
    if (padding.find_first_not_of('\0') != std::string_view::npos) return false;
    const bool last = i + 1 == blocks.size() || blocks[i + 1].input != block.input;
    if (!last && block.last_line_is_open()) return false;
    // Blocks without lines may say any place inside the line that they stand in.
    if (!last && !blocks[i + 1].text.empty() && !block.text.empty() &&
        !block.over_long_line_follows && blocks[i + 1].first_byte != block.end_byte()) {
      return false;
    }
  }
  return true;
}

Reading read_all(const std::vector<Input>& inputs, BlockReaderOptions options) {
  const CancelToken cancel;
  BlockReader reader(inputs, options, cancel);
  Reading reading;
  std::mutex mutex;
  run_on_threads(options.workers, [&](int) {
    while (true) {
      auto block = reader.next();
      const std::lock_guard lock(mutex);
      if (!block) reading.errors.push_back(block.error());
      if (!block || !*block) return;
      reading.blocks.push_back(std::move(**block));
    }
  });
  std::ranges::sort(reading.blocks, {}, &Block::number);
  for (Error& error : reader.errors()) reading.errors.push_back(std::move(error));
  return reading;
}

Reading read_paths(const std::vector<std::string>& paths, const BlockReaderOptions& options) {
  const CancelToken cancel;
  InputSet set = expand_inputs(paths, cancel);
  Reading reading = read_all(set.inputs, options);
  reading.errors.insert(reading.errors.begin(), set.errors.begin(), set.errors.end());
  return reading;
}

std::string sample_text(std::size_t bytes, std::uint32_t seed, std::size_t longest_line) {
  std::mt19937 random(seed);
  std::string text;
  for (std::size_t line = 0; text.size() < bytes; ++line) {
    text += std::to_string(line) + ":";
    text.append(random() % longest_line, static_cast<char>('a' + line % 26));
    text += random() % 5 == 0 ? "\r\n" : "\n";
  }
  return text;
}

}  // namespace quarry::io::test
