#include "tools/etl-report/defender_events.h"

#include "common/base/assert.h"

#include <string>
#include <string_view>
#include <utility>

namespace quarry::etl_report {
namespace {

struct EventDef {
  std::uint16_t id;
  std::uint8_t version;
  std::string_view name;
  std::string_view task;
  std::string_view opcode;
  std::string_view fields;  // "UInt32 Id, UnicodeString Path"
};

constexpr EventDef kEvents[]{
#define QUARRY_EVENT(id, version, name, task, opcode, fields) \
  {id, version, name, task, opcode, fields},
#include "tools/etl-report/defender_events.def"
#undef QUARRY_EVENT
};

}  // namespace

constinit const Guid kAntimalwareEngine{{0x0a, 0x00, 0x26, 0x90, 0x38, 0x39, 0x4e, 0x3a, 0xb3, 0xb6,
                                         0x96, 0xd8, 0xdf, 0x86, 0x8d, 0x99}};

std::vector<etl::EventLayout> defender_layouts() {
  std::vector<etl::EventLayout> layouts;
  layouts.reserve(std::size(kEvents));
  for (const EventDef& event : kEvents) {
    auto fields = etl::parse_field_list(event.fields);
    QUARRY_ASSERT(fields.has_value(), "built-in layouts name known types");
    etl::EventLayout layout;
    layout.provider = kAntimalwareEngine;
    layout.id = event.id;
    layout.version = event.version;
    layout.source = etl::LayoutSource::kBuiltIn;
    layout.provider_name = "Microsoft-Antimalware-Engine";
    layout.event_name = event.name;
    layout.task_name = event.task;
    layout.opcode_name = event.opcode;
    layout.fields = *std::move(fields);
    layouts.push_back(std::move(layout));
  }
  return layouts;
}

void add_defender_layouts(etl::SchemaSet& schemas) {
  for (etl::EventLayout& layout : defender_layouts()) {
    if (!schemas.add(std::move(layout))) return;  // full: the file's own layouts took the room
  }
}

}  // namespace quarry::etl_report
