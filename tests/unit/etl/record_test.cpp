#include "common/etl/container/record.h"

#include "common/etl/event_class.h"
#include "tests/traces/trace_bytes.h"

#include <doctest/doctest.h>

#include <deque>
#include <string>
#include <utility>

namespace quarry::etl {
namespace {

using namespace traces;

/// The event's views point into bytes that are kept to the end.
Event parsed(std::string record) {
  static std::deque<std::string> kept;
  const std::string& bytes = kept.emplace_back(std::move(record));
  const Frame frame = frame_at(as_bytes(bytes), 0);
  REQUIRE(frame.state == FrameState::kRecord);
  REQUIRE(frame.size == bytes.size());
  Event event;
  CHECK(parse_record(frame.kind, as_bytes(bytes), event) == RecordState::kWhole);
  return event;
}

std::string guid_text(const Guid& guid) {
  std::string text;
  append_guid(text, guid);
  return text;
}

TEST_CASE("an EVENT_HEADER gives its facts, items and payload") {
  const std::string related = guid("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
  const std::string bytes = record(
      {.id = 300,
       .version = 2,
       .at = 5,
       .pid = 70'000,
       .tid = 12,
       .payload = "payload",
       .extended = extended_item(1, related, true) + extended_item(12, u16(9) + narrow("Source"))});
  const Event event = parsed(bytes);
  CHECK(event.kind == RecordKind::kEvent64);
  CHECK(event.pointer_size == 8);
  CHECK(event.id == 300);
  CHECK(event.version == 2);
  CHECK(event.level == 4);
  CHECK(event.opcode == 1);
  CHECK(event.task == 7);
  CHECK(event.channel == 11);
  CHECK(event.keywords == 0x8000000000000010);
  CHECK(event.process_id == 70'000);
  CHECK(event.raw_time == kRawStart + 5);
  CHECK(guid_text(event.provider) == "8e805eb3-6a8f-4a1e-90fa-a831d94e54a1");
  CHECK(guid_text(event.activity) == "11111111-2222-3333-4444-555555555555");
  CHECK(guid_text(related_activity(event).value()) == "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
  CHECK(traits_provider_name(event) == "Source");
  CHECK(as_chars(event.payload) == "payload");
}

TEST_CASE("the pointer size comes from the header's type, not from its flags") {
  CHECK(parsed(record({.is_32_bit = true})).pointer_size == 4);
  CHECK(parsed(record({.is_32_bit = false})).pointer_size == 8);
}

TEST_CASE("kernel records get the class of their group") {
  const Event process = parsed(kernel_record(3, 1, 4, 9, "xy"));
  CHECK(process.group == 3);
  CHECK(process.opcode == 1);
  CHECK(process.version == 4);
  CHECK(find_event_class(process.provider)->name == "Process");
  CHECK(as_chars(process.payload) == "xy");
  CHECK(process.process_id == 4);
  const Event image = parsed(kernel_record(3, 10, 2, 9, ""));
  CHECK(find_event_class(image.provider)->name == "Image");
  CHECK(parsed(kernel_record(200, 1, 0, 9, "")).provider == Guid{});
}

TEST_CASE("a compact record stops before the CPU times") {
  const Event event = parsed(u16(2) + u8(4) + u8(0xC0) + u16(27) + u8(7) + u8(5) + u32(1) + u32(2) +
                             u64(99) + "abc");
  CHECK(event.kind == RecordKind::kCompact64);
  CHECK(event.raw_time == 99);
  CHECK(as_chars(event.payload) == "abc");
}

TEST_CASE("performance counters in front of a PERFINFO payload are passed over") {
  const Event plain = parsed(perf_record(15, 46, 2, 5, "payload"));
  CHECK(plain.version == 2);
  CHECK(as_chars(plain.payload) == "payload");
  CHECK(plain.process_id == kNoId);
  const std::string counters(24, 'c');  // one PEBS index, two counters
  const Event counted = parsed(perf_record(15, 46, 0x8202, 5, counters + "payload"));
  CHECK(counted.version == 2);
  CHECK(as_chars(counted.payload) == "payload");
}

TEST_CASE("classic and instance records have a class, a type and a version") {
  const Event event =
      parsed(classic_record("bbccf6c1-6cd1-48c4-80ff-839482e37671", 32, 1, 5, "info"));
  CHECK(event.provider == kEventMetadata);
  CHECK(event.opcode == 32);
  CHECK(event.version == 1);
  CHECK(as_chars(event.payload) == "info");
  std::string instance = classic_record("bbccf6c1-6cd1-48c4-80ff-839482e37671", 32, 1, 5,
                                        std::string(24, 'i') + "info");
  instance[2] = 21;
  CHECK(as_chars(parsed(instance).payload) == "info");
}

TEST_CASE("a WPP message has the parts that its flags name") {
  const Event event = parsed(message_record("22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716", 10, 7, "args"));
  CHECK(event.kind == RecordKind::kMessage);
  CHECK(event.id == 10);
  CHECK(guid_text(event.provider) == "22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716");
  CHECK(event.raw_time == kRawStart + 7);
  CHECK(event.process_id == 4711);
  CHECK(as_chars(event.payload) == "args");
  // Sequence and component only: no GUID, no time.
  const Event bare =
      parsed(u16(20) + u8(0) + u8(0x90) + u16(3) + u16(0x45) + u32(1) + u32(2) + "argu");
  CHECK_FALSE(bare.has_time);
  CHECK_FALSE(bare.has_provider);
  CHECK(bare.pointer_size == 4);
  CHECK(as_chars(bare.payload) == "argu");
}

TEST_CASE("sizes that cannot be end the buffer") {
  const std::string good = record({.payload = "12345678"});
  std::string bad = good;
  bad[0] = 79;  // below the header's own size
  CHECK(frame_at(as_bytes(bad), 0).state == FrameState::kBad);
  bad = good;
  bad[1] = 1;  // beyond the buffer
  CHECK(frame_at(as_bytes(bad), 0).state == FrameState::kBad);
  bad = good;
  bad[2] = 99;  // no such header
  CHECK(frame_at(as_bytes(bad), 0).state == FrameState::kBad);
  bad = good;
  bad[3] = 0x10;  // WNODE
  CHECK(frame_at(as_bytes(bad), 0).state == FrameState::kObsolete);
  CHECK(frame_at(as_bytes(u32(0xFFFFFFFF) + u32(0)), 0).state == FrameState::kEnd);
  CHECK(frame_at(as_bytes(good), 4096).state == FrameState::kEnd);
}

TEST_CASE("an extended item that cannot be right ends the items, not the event") {
  std::string item = extended_item(1, std::string(16, 'g'), true);
  item[0] = 0;  // no size, but "another follows"
  const std::string bytes = record({.payload = "payload", .extended = item});
  Event event;
  CHECK(parse_record(RecordKind::kEvent64, as_bytes(bytes), event) ==
        RecordState::kBadExtendedItem);
  CHECK(event.extended.empty());
  CHECK_FALSE(related_activity(event));
}

}  // namespace
}  // namespace quarry::etl
