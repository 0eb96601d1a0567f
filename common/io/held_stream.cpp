#include "common/io/held_stream.h"

#include "common/io/archive_reader.h"
#include "common/io/magic.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace quarry::io {
namespace {

constexpr std::chrono::milliseconds kSilence{250};
constexpr std::size_t kStep = std::size_t{64} << 10;

class PrefixedSource : public ByteSource {
 public:
  PrefixedSource(std::string prefix, std::unique_ptr<ByteSource> rest)
      : prefix_(std::move(prefix)), rest_(std::move(rest)) {}

  Result<std::size_t> read(char* into, std::size_t capacity) override {
    const std::size_t count = std::min(capacity, prefix_.size() - given_);
    if (count == 0) return rest_->read(into, capacity);
    std::memcpy(into, prefix_.data() + given_, count);
    given_ += count;
    if (given_ == prefix_.size()) {
      prefix_ = {};
      given_ = 0;
    }
    return count;
  }
  const std::string& name() const override { return rest_->name(); }
  std::optional<std::uint64_t> size() const override { return rest_->size(); }
  bool is_live() const override { return rest_->is_live(); }
  bool ready_within(std::chrono::milliseconds timeout) override {
    return given_ < prefix_.size() || rest_->ready_within(timeout);
  }
  void set_interrupts(const Interrupts& interrupts) override { rest_->set_interrupts(interrupts); }

 private:
  std::string prefix_;
  std::size_t given_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

Error utf16_error(const std::string& name) {
  return Error(ErrorCode::kData, "the text is UTF-16, not UTF-8",
               "convert it first: iconv -f UTF-16 -t UTF-8")
      .at(name);
}

// Reads just enough to tell the packing; live text decides with its first line.
Result<std::string> read_head(ByteSource& source) {
  std::string head;
  while (needs_more_for_packing(head)) {
    const std::size_t before = head.size();
    head.resize(kMagicSize);
    QUARRY_TRY(const std::size_t count, source.read(head.data() + before, kMagicSize - before));
    head.resize(before + count);
    if (count == 0) break;
  }
  return head;
}

}  // namespace

std::unique_ptr<ByteSource> make_prefixed_source(std::string prefix,
                                                 std::unique_ptr<ByteSource> rest) {
  return std::make_unique<PrefixedSource>(std::move(prefix), std::move(rest));
}

Result<std::unique_ptr<ByteSource>> make_unpacked_source(std::unique_ptr<ByteSource> packed,
                                                         Nesting nesting) {
  QUARRY_TRY(std::string head, read_head(*packed));
  const Packing packing = detect_packing(head);
  if (packing == Packing::kUtf16) return fail(utf16_error(packed->name()));
  auto whole = make_prefixed_source(std::move(head), std::move(packed));
  if (packing == Packing::kGzip) {
    auto inflated = make_gzip_source(std::move(whole));
    if (nesting == Nesting::kGzipOnly) return inflated;
    // A damaged first block shows in the reading itself, so that rows before the damage are not
    // lost here.
    std::string text;
    while (needs_more_for_packing(text)) {
      char bytes[kMagicSize];
      auto count = inflated->read(bytes, sizeof bytes - text.size());
      if (!count || *count == 0) break;
      text.append(bytes, *count);
    }
    const bool is_tar = detect_packing(text) == Packing::kArchive;
    auto stream = make_prefixed_source(std::move(text), std::move(inflated));
    if (!is_tar) return stream;
    whole = std::move(stream);
  } else if (packing == Packing::kPlain || nesting == Nesting::kGzipOnly) {
    return whole;
  }
  QUARRY_TRY(auto archive, ArchiveReader::open_source(std::move(whole)));
  return make_joined_source(std::move(archive));
}

Result<void> read_up_to(ByteSource& source, std::size_t limit, std::string& out) {
  while (out.size() < limit) {
    if (source.is_live() && out.find('\n') != std::string::npos && !source.ready_within(kSilence))
      break;
    const std::size_t before = out.size();
    out.resize(std::min(limit, before + kStep));
    auto count = source.read(out.data() + before, out.size() - before);
    out.resize(before + (count ? *count : 0));
    if (!count) return fail(count.error());
    if (*count == 0) break;
  }
  return ok();
}

Result<void> HeldStream::open(const Interrupts& interrupts) {
  if (taken_) {
    return fail(
        Error(ErrorCode::kUsage, "a stream can be read only once", "write it to a file first")
            .at(path_ == "-" ? "stdin" : path_));
  }
  if (source_) {
    source_->set_interrupts(interrupts);
    return ok();
  }
  std::unique_ptr<ByteSource> packed;
  if (path_ == "-") {
    packed = make_descriptor_source(STDIN_FILENO, "stdin", interrupts);
  } else {
    QUARRY_TRY(packed, open_file_source(path_, interrupts));
  }
  auto unpacked = make_unpacked_source(std::move(packed), Nesting::kArchives);
  if (!unpacked) {
    taken_ = true;
    return fail(unpacked.error());
  }
  source_ = std::move(*unpacked);
  return ok();
}

Result<std::string> HeldStream::peek(std::size_t limit, const Interrupts& interrupts) {
  const std::lock_guard lock(mutex_);
  QUARRY_CHECK(open(interrupts));
  // A failing source answers its next read with the same error: the real reader will hear it, after
  // the bytes before it.
  auto done = read_up_to(*source_, limit, peeked_);
  if (!done && peeked_.empty()) return fail(done.error());
  return peeked_.substr(0, limit);
}

Result<std::unique_ptr<ByteSource>> HeldStream::take(const Interrupts& interrupts) {
  const std::lock_guard lock(mutex_);
  QUARRY_CHECK(open(interrupts));
  taken_ = true;
  return make_prefixed_source(std::move(peeked_), std::move(source_));
}

}  // namespace quarry::io
