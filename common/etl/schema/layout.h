// The layout of one event's payload: names and types of its fields, wherever that came from.
#pragma once

#include "common/base/result.h"
#include "common/etl/schema/field_type.h"
#include "common/value/guid.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::etl {

/// Names of values (EVENT_MAP_INFO, <valueMap>, <bitMap>).
struct ValueMap {
  std::string name;
  bool bits = false;  // each entry is a bit; a value may have several
  std::vector<std::pair<std::uint32_t, std::string>> entries;
};

/// How many values a field has in the payload.
enum class CountRule : std::uint8_t {
  kOne,
  kFixed,    // `count` of them
  kByField,  // as the field numbered `count` says
  kPrefix,   // as a u16 in front of them says (TraceLogging)
};
/// How long a string or binary is.
enum class LengthRule : std::uint8_t {
  kNatural,  // to its terminator, or as its own length prefix says
  kFixed,    // `length`: UTF-16 units or bytes
  kByField,
};

struct Field {
  std::string name;
  InType in_type = InType::kNull;
  OutType out_type = OutType::kDefault;
  CountRule count_rule = CountRule::kOne;
  LengthRule length_rule = LengthRule::kNatural;
  std::uint16_t count = 1;
  std::uint16_t length = 0;
  std::uint16_t number = 0;  // what kByField of other fields names
  std::string map_name;      // "" : none
  std::shared_ptr<const ValueMap> map;
  std::vector<Field> members;  // of a struct

  bool is_struct() const { return in_type == InType::kStruct; }
  bool is_array() const { return count_rule != CountRule::kOne; }
};

/// Where a layout comes from, best first.
enum class LayoutSource : std::uint8_t { kEvent, kTrace, kManifest, kBuiltIn };

/// Texts are UTF-8 and may be empty.
struct EventLayout {
  Guid provider{};
  std::uint16_t id = 0;  // of classic and kernel events: their type
  std::uint8_t version = 0;
  LayoutSource source = LayoutSource::kBuiltIn;
  std::string provider_name;
  std::string event_name;
  std::string task_name;
  std::string opcode_name;
  std::string level_name;
  std::string channel_name;
  std::string keyword_names;  // separated by blanks
  std::string message;
  std::vector<Field> fields;

  /// What to call the event: event_name, else task and opcode ("Scanrequest/Start"), else "".
  std::string title() const;
};

/// Fields from text, for built-in layouts: "UInt8 Id, AnsiString Type, FILETIME ThreadTime"; names
/// of types as parse_in_type reads them, one field each, "Type[N] Name" for a fixed count.
/// kInternal where a type is unknown.
Result<std::vector<Field>> parse_field_list(std::string_view text);

}  // namespace quarry::etl
