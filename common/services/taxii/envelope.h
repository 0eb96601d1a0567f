// The body of a page while it arrives: objects one by one, and what stands beside them.
#pragma once

#include "common/base/result.h"
#include "common/json/element_stream.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::services::taxii {

/// An envelope (2.1), a bundle (2.0) or a manifest, of any size, in the memory of one object.
class EnvelopeReader {
 public:
  using Take = std::function<Result<void>(std::string_view json)>;
  /// `take` gets each object's text, followed by json::kScanPadding readable bytes.
  explicit EnvelopeReader(Take take);

  Result<void> feed(std::string_view bytes);
  /// The body is complete. kData where it breaks off.
  Result<void> finish();

  std::size_t objects() const { return objects_; }
  bool more() const { return more_; }
  /// Decoded; numbers as written; "" where there is none.
  const std::string& next() const { return next_; }
  /// The first bytes of the body, for messages about what is no JSON.
  const std::string& start() const { return start_; }

 private:
  void note(std::string_view key, std::string_view json);
  Result<bool> element(const json::Element& element);

  Take take_;
  json::ElementStream stream_;
  json::ElementStream::Take on_element_;
  std::size_t objects_ = 0;
  bool more_ = false;
  std::string next_;
  std::string start_;
};

}  // namespace quarry::services::taxii
