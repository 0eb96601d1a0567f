// Any bytes as a trace: opened, read in time order, every payload decoded and written as JSON.
#include "common/base/assert.h"
#include "common/base/unicode.h"
#include "common/etl/payload/value_text.h"
#include "common/etl/trace.h"
#include "common/value/dynamic.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

using namespace quarry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto trace = etl::Trace::open(etl::make_memory_source({data, size}, "fuzz.etl"), {});
  if (!trace) return 0;
  etl::EventStream events = trace->events();
  etl::Event event;
  etl::DecodedPayload payload;
  std::string json;
  etl::FileTime last{std::numeric_limits<std::int64_t>::min()};
  std::uint64_t count = 0;
  while (true) {
    const Result<bool> more = events.next(event);
    QUARRY_ASSERT(more, "memory can be read");
    if (!*more) break;
    ++count;
    QUARRY_ASSERT(event.time >= last, "events come in the order of time");
    last = event.time;
    const etl::EventLayout* const layout = trace->schemas().find(event);
    if (layout == nullptr) continue;
    decode_payload(*layout, event, payload);
    json.clear();
    append_json(json, payload);
    QUARRY_ASSERT(is_valid_json(json) && unicode::is_valid(json), "payloads become JSON in UTF-8");
  }
  QUARRY_ASSERT(count == trace->survey().events, "the stream gives what the survey counted");
  return 0;
}
