#include "common/etl/container/trace_metadata.h"

#include "common/etl/event_class.h"
#include "common/etl/schema/event_info.h"
#include "common/etl/utf16.h"

namespace quarry::etl {
namespace {

/// More than any machine has; bounds what a crafted file can make us keep.
constexpr std::size_t kMaxVolumes = 4096;
/// Of one prefix, in bytes of the file: names of volumes are some 30 characters long. A longer one
/// is passed over: cut, it would match other paths.
constexpr std::size_t kMaxPrefix = 1024;

void collect_layout(const Event& event, SchemaSet& schemas, Problems& problems) {
  EventLayout key;
  read_event_info_key(event.payload, key);
  if (schemas.has_from_trace(key.provider, key.id, key.version)) return;
  std::optional<EventLayout> layout = parse_event_info(event.payload);
  if (!layout) {
    problems.add(ProblemKind::kBadSchema, event.buffer + event.position);
  } else if (!schemas.add(*std::move(layout))) {
    problems.add(ProblemKind::kTooManySchemas, event.buffer + event.position);
  }
}

void collect_map(const Event& event, SchemaSet& schemas, Problems& problems) {
  std::optional<ValueMap> map = parse_event_map(slice(event.payload, 16));
  if (!map) {
    problems.add(ProblemKind::kBadSchema, event.buffer + event.position);
  } else if (!schemas.add_map(read_guid(event.payload, 0), *std::move(map))) {
    problems.add(ProblemKind::kTooManySchemas, event.buffer + event.position);
  }
}

void collect_volume(const Event& event, VolumeNames& volumes) {
  const Bytes nt = utf16_until_nul(event.payload, 0);
  const Bytes dos = utf16_until_nul(event.payload, nt.size() + 2);
  if (nt.empty() || nt.size() > kMaxPrefix || dos.size() > kMaxPrefix) return;
  volumes.add({.nt_prefix = utf16_to_utf8(nt), .dos_prefix = utf16_to_utf8(dos)});
}

}  // namespace

void VolumeNames::add(VolumeMapping volume) {
  // Merging repeats them for every part of the trace.
  if (volumes_.size() >= kMaxVolumes) return;
  if (known_.emplace(volume.nt_prefix, volume.dos_prefix).second)
    volumes_.push_back(std::move(volume));
}

void collect_metadata(const Event& event, SchemaSet& schemas, VolumeNames& volumes,
                      Problems& problems) {
  if (!is_classic(event.kind)) return;
  if (event.provider == kEventMetadata) {
    if (event.opcode == kEventInfoType) collect_layout(event, schemas, problems);
    if (event.opcode == kEventMapType) collect_map(event, schemas, problems);
  } else if (event.provider == kSystemConfigEx && event.opcode == kVolumeMappingType) {
    collect_volume(event, volumes);
  }
}

}  // namespace quarry::etl
