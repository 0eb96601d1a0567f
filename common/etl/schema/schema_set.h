// Layouts by event: from the trace itself, from manifest files, and built-in ones of a tool.
#pragma once

#include "common/base/result.h"
#include "common/etl/bytes.h"
#include "common/etl/event.h"
#include "common/etl/schema/layout.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace quarry::etl {

/// Not thread-safe. Layouts stay where they are until the set dies.
class SchemaSet {
 public:
  /// Texts and fields of all layouts together; more is refused (a crafted file may claim anything).
  static constexpr std::size_t kMaxBytes = std::size_t{24} << 20;

  SchemaSet();
  SchemaSet(SchemaSet&&) noexcept;
  SchemaSet& operator=(SchemaSet&&) noexcept;
  ~SchemaSet();

  /// One version may have several layouts; find() takes the one that fits. Fields that share a name
  /// in one struct are told apart: "name_2", "name_3". False where the set is full.
  bool add(EventLayout layout);
  /// Merged traces repeat what they know: of a layout that the trace has given, add() keeps the
  /// first, so the others need not be read.
  bool has_from_trace(const Guid& provider, std::uint16_t id, std::uint8_t version) const;
  /// A provider's value map; may come before or after the layouts that name it.
  bool add_map(const Guid& provider, ValueMap map);
  /// An instrumentation manifest (.man, .xml). kData at the path with line and column where it is
  /// none.
  Result<void> add_manifest_file(const std::string& path);
  Result<void> add_manifest(std::string_view xml, const std::string& name,
                            LayoutSource source = LayoutSource::kManifest);

  /// The layout of an event; nullptr where none is known. TraceLogging events bring their own,
  /// which is kept for the next event of the same sort. Of several the best: of the best source
  /// that has one that fits the longest that fits the payload exactly, else the longest that fits;
  /// the first of all where none does. Valid until the next call for a TraceLogging event, which
  /// may push old ones out; the others for the life of the set.
  const EventLayout* find(const Event& event) const;
  /// Only by key, the best source, without looking at a payload.
  const EventLayout* find(const Guid& provider, std::uint16_t id, std::uint8_t version) const;
  /// From layouts; "" where unknown.
  std::string_view provider_name(const Guid& provider) const;
  std::size_t size() const;  ///< layouts, TraceLogging ones left out

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace quarry::etl
