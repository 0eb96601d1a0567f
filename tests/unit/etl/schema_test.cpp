#include "common/etl/payload/value_text.h"
#include "common/etl/schema/event_info.h"
#include "common/etl/schema/schema_set.h"
#include "common/etl/schema/trace_logging.h"
#include "tests/traces/trace_bytes.h"
#include "tests/unit/etl/opened.h"

#include <doctest/doctest.h>

namespace quarry::etl {
namespace {

using namespace traces;
using namespace test;

constexpr std::size_t kClassicHeader = 48;

std::string info_of(const Layout& layout) { return event_info(layout).substr(kClassicHeader); }

Guid provider() { return *parse_guid("8e805eb3-6a8f-4a1e-90fa-a831d94e54a1"); }

/// The payload of the trace's first manifest event as JSON.
std::string first_json(const Trace& trace) {
  EventStream events = trace.events();
  Event event;
  while (events.next(event).value()) {
    if (!is_event_header(event.kind)) continue;
    const EventLayout* const layout = trace.schemas().find(event);
    if (layout == nullptr) return "no layout";
    DecodedPayload payload;
    decode_payload(*layout, event, payload);
    std::string json;
    append_json(json, payload);
    return json;
  }
  return "no event";
}

TEST_CASE("TRACE_EVENT_INFO names the event and its fields") {
  const auto layout = parse_event_info(
      as_bytes(info_of({.id = 5,
                        .version = 1,
                        .fields = {{.name = "Count", .in_type = 6},
                                   {.name = "Paths", .in_type = 1, .flags = 4, .count = 0},
                                   {.name = "Address", .in_type = 14, .out_type = 24},
                                   {.name = "Two", .in_type = 8, .count = 2}}})));
  REQUIRE(layout);
  CHECK(layout->provider == provider());
  CHECK(layout->id == 5);
  CHECK(layout->version == 1);
  CHECK(layout->provider_name == "Test-Provider");
  CHECK(layout->title() == "Task/Start");
  REQUIRE(layout->fields.size() == 4);
  CHECK(layout->fields[1].count_rule == CountRule::kByField);
  CHECK(layout->fields[2].out_type == OutType::kIpv6);
  CHECK(layout->fields[2].length == 16);
  CHECK(layout->fields[3].count_rule == CountRule::kFixed);
}

TEST_CASE("TRACE_EVENT_INFO that cannot be right is refused") {
  std::string many = info_of({.fields = {{.name = "A", .in_type = 8}}});
  many.replace(100, 4, u32(0x0FFFFFFF));
  CHECK_FALSE(parse_event_info(as_bytes(many)));
  // A struct whose only member is itself.
  CHECK_FALSE(parse_event_info(
      as_bytes(info_of({.fields = {{.name = "S", .in_type = 0, .out_type = 1, .flags = 1}}}))));
  CHECK_FALSE(parse_event_info(as_bytes(std::string(50, '\0'))));
}

TEST_CASE("layouts may lie behind the events that need them") {
  const std::string bytes = file_bytes(
      {}, {Buffer{.records = {record({.id = 5, .payload = u16(2) + wide("a") + wide("b")})}},
           Buffer{.records = {event_info(
                      {.id = 5,
                       .fields = {{.name = "Count", .in_type = 6},
                                  {.name = "Paths", .in_type = 1, .flags = 4, .count = 0}}})}}});
  CHECK(first_json(opened(bytes).value()) == R"({"Count":2,"Paths":["a","b"]})");
}

TEST_CASE("structs of TRACE_EVENT_INFO are written out") {
  const std::string bytes = file_bytes(
      {.buffer_size = 2048},
      {Buffer{.records =
                  {event_info(
                       {.id = 5,
                        .fields =
                            {{.name = "N", .in_type = 4},
                             {.name = "S", .in_type = 2, .out_type = 2, .flags = 1 | 4, .count = 0},
                             {.name = "X", .in_type = 4},
                             {.name = "Y", .in_type = 1}},
                        .top = 2}),
                   record({.id = 5, .payload = u8(2) + u8(7) + wide("p") + u8(8) + wide("q")})}}});
  CHECK(first_json(opened(bytes).value()) == R"({"N":2,"S":[{"X":7,"Y":"p"},{"X":8,"Y":"q"}]})");
}

TEST_CASE("value maps bind whichever comes first") {
  const std::string names = wide("Colour") + wide("red ") + wide("blue");
  const std::string map = guid("8e805eb3-6a8f-4a1e-90fa-a831d94e54a1") + u32(32) + u32(1) + u32(2) +
                          u32(0) + u32(46) + u32(1) + u32(56) + u32(2) + names;
  const std::string map_record =
      classic_record("bbccf6c1-6cd1-48c4-80ff-839482e37671", 33, 0, 0, map);
  const std::string layout =
      event_info({.id = 5, .fields = {{.name = "C", .in_type = 8, .map = "Colour"}}});
  const std::string known = record({.id = 5, .payload = u32(2)});
  const std::string unknown = record({.id = 5, .payload = u32(9)});
  for (const auto& order : {std::vector{layout, map_record}, std::vector{map_record, layout}}) {
    Buffer buffer{.records = order};
    buffer.records.push_back(known);
    const std::string bytes = file_bytes({.buffer_size = 2048}, {buffer});
    CHECK(first_json(opened(bytes).value()) == R"({"C":"blue"})");
  }
  const std::string bytes =
      file_bytes({.buffer_size = 2048}, {Buffer{.records = {layout, map_record, unknown}}});
  CHECK(first_json(opened(bytes).value()) == R"({"C":9})");
}

/// A TraceLogging event: its block without the size, and the payload.
std::string self_described(std::string_view block, std::string_view payload) {
  const std::string whole = u16(static_cast<unsigned>(block.size() + 2)) + std::string(block);
  return file_bytes({}, {Buffer{.records = {record({.id = 0,
                                                    .payload = std::string(payload),
                                                    .extended = extended_item(11, whole)})}}});
}

TEST_CASE("TraceLogging events bring their own layout") {
  using namespace std::string_literals;
  const std::string bytes = self_described(
      "\0Login\0User\0\x02Port\0\x86\x07List\0\x44"
      "Fixed\0\x28\x02\0Blob\0\x0E"s,
      narrow("eve") + "\x01\xBB"s + u16(3) + "abc" + u32(1) + u32(2) + u16(2) + "\xDE\xAD"s);
  const Trace trace = opened(bytes).value();
  CHECK(first_json(trace) ==
        R"({"User":"eve","Port":443,"List":[97,98,99],"Fixed":[1,2],"Blob":"dead"})");
  const auto& [key, count] = *trace.survey().by_key.rbegin();
  CHECK(count.name == "Login");
}

TEST_CASE("TraceLogging structs nest, tags are passed over") {
  using namespace std::string_literals;
  const std::string bytes = self_described(
      "\x81\x01"
      "E\0Outer\0\xF8\x02"
      "A\0\x04Inner\0\x98\x81\x05"
      "B\0\x04"s,
      u16(1) + u8(7) + u8(8));
  // Outer: array of structs with two members, the second a struct with one.
  CHECK(first_json(opened(bytes).value()) == "no layout");  // 0xF8 is a custom count: no struct
  const std::string good = self_described(
      "\x81\x01"
      "E\0Outer\0\xD8\x02"
      "A\0\x04Inner\0\x98\x81\x05"
      "B\0\x04"s,
      u16(1) + u8(7) + u8(8));
  CHECK(first_json(opened(good).value()) == R"({"Outer":[{"A":7,"Inner":{"B":8}}]})");
}

TEST_CASE("a TraceLogging block that is larger than its item is no layout") {
  CHECK_FALSE(parse_trace_logging(as_bytes(u16(900) + narrow("") + narrow("E"))));
  CHECK_FALSE(parse_trace_logging(as_bytes(u16(7) + u8(0) + narrow("E") + narrow("F"))));
}

TEST_CASE("fields that share a name are told apart") {
  SchemaSet schemas;
  EventLayout layout;
  layout.id = 1;
  layout.fields = parse_field_list("UInt8 A, UInt8 A, UInt8 A_2, UInt8 A").value();
  REQUIRE(schemas.add(layout));
  std::vector<std::string> names;
  for (const Field& field : schemas.find({}, 1, 0)->fields) names.push_back(field.name);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == 4);
  CHECK(names.front() == "A");
}

TEST_CASE("of two layouts of one version the one that fits is taken") {
  SchemaSet schemas;
  for (const char* const fields :
       {"UInt32 Id, UnicodeString Path", "UInt32 Id, UnicodeString Path, FileTime ThreadTime"}) {
    EventLayout layout;
    layout.provider = provider();
    layout.id = 5;
    layout.fields = parse_field_list(fields).value();
    REQUIRE(schemas.add(layout));
  }
  const std::string shorter = u32(1) + wide("p");
  const std::string longer = shorter + u64(9);
  const std::string newer = longer + u32(1);
  Event event;
  event.id = 5;
  event.provider = provider();
  event.payload = as_bytes(shorter);
  CHECK(schemas.find(event)->fields.size() == 2);
  event.payload = as_bytes(longer);
  CHECK(schemas.find(event)->fields.size() == 3);
  event.payload = as_bytes(newer);
  CHECK(schemas.find(event)->fields.size() == 3);
}

TEST_CASE("a full set refuses layouts") {
  SchemaSet schemas;
  EventLayout layout;
  layout.message = std::string(1 << 20, 'm');
  std::size_t added = 0;
  for (layout.id = 1; layout.id < 100 && schemas.add(layout); ++layout.id) ++added;
  CHECK(added == 23);
}

TEST_CASE("where the trace's own layout does not fit, another source's is taken") {
  SchemaSet schemas;
  const auto add = [&](LayoutSource source, const char* fields) {
    EventLayout layout;
    layout.provider = provider();
    layout.id = 5;
    layout.source = source;
    layout.fields = parse_field_list(fields).value();
    REQUIRE(schemas.add(layout));
  };
  add(LayoutSource::kTrace, "UInt64 A, UInt64 B");
  add(LayoutSource::kBuiltIn, "UInt16 A, UInt16 B");
  add(LayoutSource::kBuiltIn, "UInt8 A, UInt8 B, UInt16 C");
  Event event;
  event.id = 5;
  event.provider = provider();
  const std::string payload = u32(7);
  event.payload = as_bytes(payload);
  CHECK(schemas.find(event)->fields.size() == 3);
  const std::string own = u64(7) + u64(8);
  event.payload = as_bytes(own);
  CHECK(schemas.find(event)->source == LayoutSource::kTrace);
}

TEST_CASE("fields of a manifest that share a name keep their own numbers") {
  constexpr std::string_view kTwice = R"xml(<instrumentationManifest><instrumentation><events>
  <provider name="P" guid="{8e805eb3-6a8f-4a1e-90fa-a831d94e54a1}"><templates><template tid="T">
   <data name="X" inType="win:UInt8"/><data name="X" inType="win:UInt8"/>
   <data name="N" inType="win:UInt8"/><data name="M" inType="win:UInt8"/>
   <data name="D" inType="win:UInt8" count="N"/>
  </template></templates><events><event value="5" template="T" symbol="S"/></events></provider>
  </events></instrumentation></instrumentationManifest>)xml";
  SchemaSet schemas;
  REQUIRE(schemas.add_manifest(kTwice, "twice.man"));
  const EventLayout& layout = *schemas.find(provider(), 5, 0);
  REQUIRE(layout.fields.size() == 5);
  CHECK(layout.fields[4].count == layout.fields[2].number);
  CHECK(layout.fields[0].number != layout.fields[1].number);
  CHECK(layout.fields[2].number != layout.fields[1].number);
}

constexpr std::string_view kManifest = R"xml(<?xml version="1.0"?>
<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events">
 <instrumentation><events>
  <provider name="Lab-Manifest" guid="{8e805eb3-6a8f-4a1e-90fa-a831d94e54a1}" symbol="P">
   <maps>
    <valueMap name="Why"><map value="1" message="$(string.why)"/></valueMap>
    <bitMap name="Bits"><map value="0x1" message="a"/><map value="0x4" message="c"/></bitMap>
   </maps>
   <templates>
    <template tid="T">
     <data name="Reason" inType="win:UInt32" map="Why"/>
     <data name="Flags" inType="win:HexInt32" map="Bits"/>
     <data name="Size" inType="win:UInt16"/>
     <data name="Bytes" inType="win:Binary" length="Size"/>
     <struct name="Pair" count="2"><data name="X" inType="win:UInt8"/></struct>
     <data name="From" inType="win:UInt32" outType="win:IPv4"/>
    </template>
   </templates>
   <events>
    <event value="5" version="0" task="Scan" opcode="win:Start" template="T" symbol="S"/>
   </events>
  </provider>
 </events></instrumentation>
 <localization><resources culture="en-US"><stringTable>
  <string id="why" value="because"/>
 </stringTable></resources></localization>
</instrumentationManifest>)xml";

TEST_CASE("a manifest gives layouts, maps and names") {
  const std::string bytes = file_bytes(
      {}, {Buffer{.records = {record({.id = 5,
                                      .payload = u32(1) + u32(5) + u16(2) + "\x01\x02" + u8(3) +
                                                 u8(4) + u8(10) + u8(0) + u8(0) + u8(1)})}}});
  Trace trace = opened(bytes).value();
  CHECK(first_json(trace) == "no layout");
  REQUIRE(trace.schemas().add_manifest(kManifest, "lab.man"));
  CHECK(first_json(trace) ==
        R"({"Reason":"because","Flags":"a | c","Size":2,"Bytes":"0102","Pair":[{"X":3},{"X":4}],)"
        R"("From":"10.0.0.1"})");
  CHECK(trace.schemas().provider_name(provider()) == "Lab-Manifest");
  CHECK(trace.schemas().find(provider(), 5, 0)->title() == "Scan/Start");
}

TEST_CASE("a manifest that its provider sends in parts describes its events") {
  const std::string_view first = kManifest.substr(0, 700);
  const std::string_view second = kManifest.substr(700);
  const auto part = [](unsigned number, std::string_view text) {
    return record(
        {.id = 0xFFFE,
         .payload = u8(1) + u8(1) + u8(0) + u8(0x5B) + u16(2) + u16(number) + std::string(text)});
  };
  const std::string payload = u32(1) + u32(1) + u16(0) + u8(3) + u8(4) + u32(0);
  const std::string event = record({.id = 5, .at = -1, .payload = payload});
  const auto described = [&](std::vector<std::string> records) {
    const std::string bytes =
        file_bytes({.buffer_size = 8192}, {Buffer{.records = std::move(records)}});
    return opened(bytes).value().schemas().find(provider(), 5, 0) != nullptr;
  };
  CHECK(described({event, part(1, second), part(0, first), part(0, first)}));
  CHECK_FALSE(described({event, part(1, second)}));
  CHECK_FALSE(described({event, part(1, first), part(0, second)}));
}

TEST_CASE("what is no manifest is told with its place") {
  SchemaSet schemas;
  const auto broken = schemas.add_manifest("<a>\n <b></a>", "lab.man");
  REQUIRE_FALSE(broken);
  CHECK(broken.error().file().starts_with("lab.man:2:"));
  const auto empty = schemas.add_manifest("<a/>", "lab.man");
  CHECK(empty.error().message() == "holds no provider of events");
}

TEST_CASE("field lists of built-in layouts are checked") {
  const auto fields = parse_field_list("UInt32[3] Masks, unicodestring Path").value();
  CHECK(fields[0].count == 3);
  CHECK(fields[1].in_type == InType::kUnicodeString);
  CHECK(parse_field_list("").value().empty());
  CHECK_FALSE(parse_field_list("UInt33 X"));
  CHECK_FALSE(parse_field_list("UInt32"));
  CHECK_FALSE(parse_field_list("UInt32[x] A"));
}

}  // namespace
}  // namespace quarry::etl
