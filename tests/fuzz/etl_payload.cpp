// Any bytes as a layout (TRACE_EVENT_INFO, TraceLogging, manifest) and a payload behind it: a byte
// for the kind, two for the layout's size.
#include "common/base/assert.h"
#include "common/base/unicode.h"
#include "common/etl/payload/value_text.h"
#include "common/etl/schema/event_info.h"
#include "common/etl/schema/manifest.h"
#include "common/etl/schema/schema_set.h"
#include "common/etl/schema/trace_logging.h"
#include "common/value/dynamic.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace quarry;

namespace {

void decode(etl::EventLayout layout, etl::Bytes payload) {
  etl::SchemaSet schemas;
  const Guid provider = layout.provider;
  const std::uint16_t id = layout.id;
  const std::uint8_t version = layout.version;
  if (!schemas.add(std::move(layout))) return;
  for (const std::size_t pointer_size : {std::size_t{4}, std::size_t{8}}) {
    etl::DecodedPayload decoded;
    decode_payload(*schemas.find(provider, id, version), payload, pointer_size, decoded);
    std::string json;
    append_json(json, decoded);
    QUARRY_ASSERT(is_valid_json(json) && unicode::is_valid(json), "payloads become JSON in UTF-8");
    for (const etl::Value& value : decoded.values())
      QUARRY_ASSERT(unicode::is_valid(text_of(value)), "values are UTF-8");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const etl::Bytes input(data, size);
  const std::size_t layout_size = etl::read_u16(input, 1);
  const etl::Bytes layout = etl::slice(input, 3, layout_size);
  const etl::Bytes payload = etl::slice(input, 3 + layout_size);
  switch (etl::read_u8(input, 0) % 4) {
    case 0:
      if (auto parsed = etl::parse_event_info(layout)) decode(*std::move(parsed), payload);
      break;
    case 1:
      if (auto parsed = etl::parse_trace_logging(layout)) decode(*std::move(parsed), payload);
      break;
    case 2:
      static_cast<void>(
          etl::parse_manifest(etl::as_chars(layout), "fuzz.man",
                              {.layout =
                                   [&](etl::EventLayout parsed) {
                                     decode(std::move(parsed), payload);
                                     return true;
                                   },
                               .map = [](const Guid&, etl::ValueMap) { return true; }}));
      break;
    default:
      static_cast<void>(etl::parse_event_map(layout));
      break;
  }
  return 0;
}
