// Manifests that .NET EventSource providers send as events of their own: put together here.
#pragma once

#include "common/etl/event.h"
#include "common/etl/schema/schema_set.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace quarry::etl {

class EmbeddedManifests {
 public:
  /// Keeps the event's part of a manifest, where it holds one.
  void collect(const Event& event);
  /// Reads those that are complete. They come after layouts of the same event that merging wrote.
  void finish(SchemaSet& schemas);

 private:
  /// Of all parts together, with what it takes to keep each: a trace may claim anything.
  static constexpr std::size_t kMaxBytes = std::size_t{8} << 20;
  static constexpr std::size_t kPerPart = 128;
  static constexpr std::size_t kPerProvider = 192;

  struct Parts {
    std::uint16_t total = 0;
    std::map<std::uint16_t, std::string> texts;  // by number
  };
  std::map<Guid, Parts> providers_;
  std::size_t bytes_ = 0;
};

}  // namespace quarry::etl
