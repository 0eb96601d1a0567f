#include "common/services/taxii/envelope.h"

#include "common/json/value_scanner.h"
#include "common/value/dynamic.h"

#include <algorithm>

namespace quarry::services::taxii {
namespace {

constexpr std::size_t kMaxObject = std::size_t{64} << 20;
constexpr std::size_t kStart = 4096;

}  // namespace

EnvelopeReader::EnvelopeReader(Take take) : take_(std::move(take)), stream_(kMaxObject) {
  stream_.watch_members([this](std::string_view key, std::string_view json) { note(key, json); });
  on_element_ = [this](const json::Element& found) { return element(found); };
}

void EnvelopeReader::note(std::string_view key, std::string_view json) {
  if (key == "more") more_ = json == "true";
  if (key != "next" || json == "null") return;
  std::string scratch;
  const auto text = DynamicView(json).as_string(scratch);
  next_ = text ? std::string(*text) : std::string(json);
}

Result<bool> EnvelopeReader::element(const json::Element& found) {
  // An envelope without objects is the document itself, from its first bracket on.
  if (found.offset <= start_.find('{') && found.line == 1) return true;
  ++objects_;
  QUARRY_CHECK(take_(found.text));
  return true;
}

Result<void> EnvelopeReader::feed(std::string_view bytes) {
  if (start_.size() < kStart) start_ += bytes.substr(0, kStart - start_.size());
  QUARRY_TRY(const bool more, stream_.feed(bytes, on_element_));
  static_cast<void>(more);
  return ok();
}

Result<void> EnvelopeReader::finish() {
  if (stream_.is_at_start()) return fail(ErrorCode::kData, "the answer is empty");
  return stream_.finish(on_element_);
}

}  // namespace quarry::services::taxii
