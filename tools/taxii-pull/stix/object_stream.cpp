#include "tools/taxii-pull/stix/object_stream.h"

#include "common/io/open_input.h"

#include <memory>
#include <vector>

namespace quarry::taxii_pull::stix {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;

Result<void> read_all(io::ByteSource& source, const json::ElementStream::Take& take) {
  json::ElementStream elements(kMaxObject);
  std::vector<char> piece(kPiece);
  bool first = true;
  while (true) {
    QUARRY_TRY(const std::size_t size, source.read(piece.data(), piece.size()));
    if (size == 0) break;
    std::string_view bytes(piece.data(), size);
    if (std::exchange(first, false) && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    QUARRY_CHECK(elements.feed(bytes, take));
  }
  return elements.finish(take);
}

}  // namespace

Result<void> for_each_object(const io::Input& input, const CancelToken& cancel,
                             const TakeObject& take) {
  QUARRY_TRY(const std::unique_ptr<io::ByteSource> source,
             io::open_input(input, {.run = &cancel, .owner = nullptr}));
  const Result<void> done = read_all(*source, [&](const json::Element& element) -> Result<bool> {
    QUARRY_CHECK(take(element));
    return true;
  });
  if (const auto stopped = cancel.error()) return fail(*stopped);
  if (done || done.error().code() != ErrorCode::kData || !done.error().file().empty()) return done;
  return fail(Error(ErrorCode::kData, done.error().message(), done.error().hint()).at(input.name));
}

}  // namespace quarry::taxii_pull::stix
