#include "tools/taxii-pull/stix/object_stream.h"

#include "common/io/open_input.h"
#include "common/json/value_scanner.h"
#include "common/output/format.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace quarry::taxii_pull::stix {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;

/// What bytes become objects: one document, or one a line.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual Result<void> feed(std::string_view bytes) = 0;
  virtual Result<void> finish() = 0;
  /// That it has come to.
  virtual std::uint64_t line() = 0;
};

class DocumentReader : public Reader {
 public:
  explicit DocumentReader(const TakeObject& take)
      : take_([&take](const json::Element& element) -> Result<bool> {
          QUARRY_CHECK(take(element));
          return true;
        }) {}
  Result<void> feed(std::string_view bytes) override {
    QUARRY_CHECK(elements_.feed(bytes, take_));
    return ok();
  }
  Result<void> finish() override { return elements_.finish(take_); }
  std::uint64_t line() override { return elements_.line(); }

 private:
  json::ElementStream elements_{kMaxObject};
  json::ElementStream::Take take_;
};

/// A line that is no JSON ends where its line does.
class LineReader : public Reader {
 public:
  LineReader(const TakeObject& take, const TakeBadLine& take_bad)
      : take_(take), take_bad_(take_bad) {}

  Result<void> feed(std::string_view bytes) override {
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos;
         end = bytes.find('\n')) {
      waiting_ += bytes.substr(0, end + 1);
      bytes.remove_prefix(end + 1);
      QUARRY_CHECK(read_line());
    }
    waiting_ += bytes;
    if (waiting_.size() > kMaxObject) return fail(ErrorCode::kData, "a line is too long");
    return ok();
  }
  Result<void> finish() override { return read_line(); }
  std::uint64_t line() override { return line_; }

 private:
  Result<void> read_line() {
    std::optional<Error> stopped;  // by who takes the objects
    const json::ElementStream::Take take = [&](json::Element element) -> Result<bool> {
      element.line = line_;
      element.offset += offset_;
      const Result<void> taken = take_(element);
      if (taken) return true;
      stopped = taken.error();
      return fail(taken.error());
    };
    json::ElementStream elements(kMaxObject);
    Result<bool> fed = elements.feed(waiting_, take);
    const Result<void> done = fed ? elements.finish(take) : fail(fed.error());
    if (stopped) return fail(*stopped);
    if (!done) take_bad_(line_, done.error().message());
    ++line_;
    offset_ += waiting_.size();
    waiting_.clear();
    return ok();
  }

  const TakeObject& take_;
  const TakeBadLine& take_bad_;
  std::string waiting_;  // the line that is arriving
  std::uint64_t line_ = 1;
  std::uint64_t offset_ = 0;
};

/// `start`: the first bytes, followed by json::kScanPadding readable ones.
bool holds_lines(const std::string& name, std::string_view start) {
  for (const std::string_view packed : {".gz", ".zst", ".xz", ".bz2", ""}) {
    if (!name.ends_with(packed)) continue;
    const std::string inner = name.substr(0, name.size() - packed.size());
    const output::FormatDef* const format = output::find_format_of_file(inner);
    if (format != nullptr && format->name == "ndjson") return true;
  }
  const std::size_t newline = start.find('\n');
  if (newline == std::string_view::npos || !start.starts_with('{')) return false;
  const char* const end = start.data() + newline;
  const char* const behind = json::skip_any_value(start.data(), end);
  const bool whole = behind != nullptr && json::skip_blanks(behind, end) == end;
  return whole && start.find_first_not_of(" \t\r\n", newline) != std::string_view::npos;
}

Result<void> read_all(io::ByteSource& source, Reader& reader, std::string_view start) {
  QUARRY_CHECK(reader.feed(start));
  std::vector<char> piece(kPiece);
  while (true) {
    QUARRY_TRY(const std::size_t size, source.read(piece.data(), piece.size()));
    if (size == 0) return reader.finish();
    QUARRY_CHECK(reader.feed({piece.data(), size}));
  }
}

/// The first bytes, enough to tell what they are; padded.
Result<std::string> read_start(io::ByteSource& source) {
  std::string start(kPiece + json::kScanPadding, '\0');
  std::size_t filled = 0;
  const auto is_enough = [&] {
    const std::size_t newline = start.find('\n');
    return source.is_live() && newline != std::string::npos && newline + 1 < filled;
  };
  while (filled < kPiece && !is_enough()) {
    QUARRY_TRY(const std::size_t size, source.read(start.data() + filled, kPiece - filled));
    if (size == 0) break;
    filled += size;
  }
  start.resize(filled);
  start.reserve(filled + json::kScanPadding);
  if (start.starts_with("\xEF\xBB\xBF")) start.erase(0, 3);
  return start;
}

}  // namespace

Result<void> for_each_object(const io::Input& input, const CancelToken& cancel,
                             const TakeObject& take, const TakeBadLine& take_bad) {
  QUARRY_TRY(const std::unique_ptr<io::ByteSource> source,
             io::open_input(input, {.run = &cancel, .owner = nullptr}));
  QUARRY_TRY(const std::string start, read_start(*source));
  // A download that failed leaves nothing: that must not pass for a feed without indicators.
  if (start.find_first_not_of(" \t\r\n") == std::string::npos && start.size() < kPiece)
    return fail(Error(ErrorCode::kData, "no STIX in it: the input is empty",
                      "a download or the command before may have failed")
                    .at(input.name));
  std::unique_ptr<Reader> reader;
  if (holds_lines(input.name, start)) {
    reader = std::make_unique<LineReader>(take, take_bad);
  } else {
    reader = std::make_unique<DocumentReader>(take);
  }
  const Result<void> done = read_all(*source, *reader, start);
  if (const auto stopped = cancel.error()) return fail(*stopped);
  if (done || done.error().code() != ErrorCode::kData || !done.error().file().empty()) return done;
  return fail(Error(ErrorCode::kData, done.error().message(), done.error().hint())
                  .at(fmt::format("{}:{}", input.name, reader->line())));
}

}  // namespace quarry::taxii_pull::stix
