// An event with id 0xFFFE: u8 format (1), u8 major, u8 minor, u8 magic (0x5B), u16 number of parts,
// u16 number of this part, then UTF-8 text (TraceEvent, ManifestEnvelope). A provider sends them
// once for every listener: the first of each number counts.
#include "common/etl/container/embedded_manifests.h"

namespace quarry::etl {
namespace {

constexpr std::uint16_t kManifestId = 0xFFFE;
constexpr std::size_t kEnvelope = 8;

bool is_manifest(const Event& event) {
  return is_event_header(event.kind) && event.id == kManifestId &&
         event.payload.size() > kEnvelope && event.payload[0] == 1 && event.payload[3] == 0x5B;
}

}  // namespace

void EmbeddedManifests::collect(const Event& event) {
  if (!is_manifest(event)) return;
  const std::string_view text = as_chars(event.payload.subspan(kEnvelope));
  const bool is_new = !providers_.contains(event.provider);
  const std::size_t cost = text.size() + kPerPart + (is_new ? kPerProvider : 0);
  if (bytes_ + cost > kMaxBytes) return;
  Parts& parts = providers_[event.provider];
  if (is_new) bytes_ += kPerProvider;
  parts.total = read_u16(event.payload, 4);
  if (parts.texts.try_emplace(read_u16(event.payload, 6), text).second)
    bytes_ += text.size() + kPerPart;
}

void EmbeddedManifests::finish(SchemaSet& schemas) {
  for (const auto& [provider, parts] : providers_) {
    if (parts.texts.size() != parts.total) continue;
    std::string xml;
    for (const auto& [number, text] : parts.texts) xml += text;
    // A manifest that is none leaves its events without names, which the dump shows.
    static_cast<void>(schemas.add_manifest(xml, "manifest in the trace", LayoutSource::kTrace));
  }
  providers_.clear();
}

}  // namespace quarry::etl
