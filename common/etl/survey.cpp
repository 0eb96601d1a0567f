#include "common/etl/survey.h"

#include "common/etl/schema/trace_logging.h"

#include <functional>

namespace quarry::etl {

EventKey key_of(const Event& event) {
  EventKey key;
  key.provider = event.provider;
  key.kind = event.kind;
  key.version = event.version;
  if (is_event_header(event.kind)) {
    key.id = event.id;
    const std::string_view name = trace_logging_name(event);
    if (!name.empty()) key.name_hash = std::hash<std::string_view>{}(name);
  } else if (event.kind == RecordKind::kMessage) {
    key.id = event.id;
  } else {
    key.id = event.opcode;
    key.group = event.group;
  }
  return key;
}

}  // namespace quarry::etl
