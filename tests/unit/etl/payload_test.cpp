#include "common/etl/payload/value_text.h"
#include "tests/traces/trace_bytes.h"

#include <doctest/doctest.h>

#include <bit>

namespace quarry::etl {
namespace {

using namespace traces;

EventLayout layout_of(std::string_view fields) {
  EventLayout layout;
  layout.fields = parse_field_list(fields).value();
  return layout;
}

std::string json_of(const EventLayout& layout, const std::string& payload,
                    std::size_t pointer = 8) {
  DecodedPayload decoded;
  decode_payload(layout, as_bytes(payload), pointer, decoded);
  std::string json;
  append_json(json, decoded);
  return json;
}
std::string json_of(std::string_view fields, const std::string& payload, std::size_t pointer = 8) {
  return json_of(layout_of(fields), payload, pointer);
}

TEST_CASE("numbers keep every digit") {
  CHECK(json_of("Int8 A, UInt8 B, Int16 C, UInt16 D",
                u8(0xFF) + u8(0xFF) + u16(0xFFFF) + u16(0xFFFF)) ==
        R"({"A":-1,"B":255,"C":-1,"D":65535})");
  CHECK(json_of("Int32 A, UInt32 B, Int64 C, UInt64 D",
                u32(0x80000000) + u32(0x80000000) + u64(~0ULL) + u64(~0ULL)) ==
        R"({"A":-2147483648,"B":2147483648,"C":-1,"D":18446744073709551615})");
  CHECK(json_of("HexInt32 A, HexInt64 B, Boolean C", u32(31) + u64(~0ULL) + u32(2)) ==
        R"({"A":"0x1f","B":"0xffffffffffffffff","C":true})");
  CHECK(json_of("Float A, Double B, Double C",
                u32(std::bit_cast<std::uint32_t>(0.5F)) + u64(std::bit_cast<std::uint64_t>(1e100)) +
                    u64(0x7FF8000000000000)) == R"({"A":0.5,"B":1e+100,"C":"NaN"})");
}

TEST_CASE("a count of 0 in an array of structs does not take the count before it") {
  EventLayout layout;
  Field items;
  items.name = "Items";
  items.in_type = InType::kStruct;
  items.count_rule = CountRule::kFixed;
  items.count = 2;
  items.members.resize(2);
  Field& number = items.members[0];
  number.name = "N";
  number.in_type = InType::kUInt8;
  number.number = 1;
  Field& data = items.members[1];
  data.name = "Data";
  data.in_type = InType::kUInt8;
  data.count_rule = CountRule::kByField;
  data.count = 1;
  data.number = 2;
  layout.fields.push_back(items);
  CHECK(json_of(layout, u8(2) + u8(7) + u8(8) + u8(0)) ==
        R"({"Items":[{"N":2,"Data":[7,8]},{"N":0,"Data":[]}]})");
}

TEST_CASE("pointers have the size of the record") {
  CHECK(json_of("Pointer P, UInt8 X", u64(0x7FF000001000) + u8(1), 8) ==
        R"({"P":"0x7ff000001000","X":1})");
  CHECK(json_of("Pointer P, UInt8 X", u32(0x1000) + u8(1), 4) == R"({"P":"0x1000","X":1})");
}

TEST_CASE("times, GUIDs and SIDs are text") {
  CHECK(json_of("FileTime T", u64(static_cast<std::uint64_t>(kStart) + 5)) ==
        R"({"T":"2024-05-01T12:00:00.0000005Z"})");
  CHECK(json_of("SystemTime T", u16(2024) + u16(5) + u16(3) + u16(1) + u16(12) + u16(3) + u16(4) +
                                    u16(567)) == R"({"T":"2024-05-01T12:03:04.5670000Z"})");
  CHECK(json_of("SystemTime T", std::string(16, '\xFF')) ==
        R"({"T":"ffffffffffffffffffffffffffffffff"})");
  CHECK(json_of("Guid G", guid("8e805eb3-6a8f-4a1e-90fa-a831d94e54a1")) ==
        R"({"G":"8e805eb3-6a8f-4a1e-90fa-a831d94e54a1"})");
  const std::string sid = u8(1) + u8(2) + std::string(5, '\0') + u8(5) + u32(32) + u32(544);
  CHECK(json_of("Sid S, UInt8 X", sid + u8(9)) == R"({"S":"S-1-5-32-544","X":9})");
}

TEST_CASE("the SID of a process comes behind two pointers, or is four bytes of zero") {
  const std::string sid = u8(1) + u8(1) + std::string(5, '\0') + u8(5) + u32(18);
  CHECK(json_of("WbemSid S, AnsiString F", u64(1) + u64(0) + sid + narrow("a.exe")) ==
        R"({"S":"S-1-5-18","F":"a.exe"})");
  CHECK(json_of("WbemSid S, AnsiString F", u64(0) + u64(0) + sid + narrow("a.exe")) ==
        R"({"S":"S-1-5-18","F":"a.exe"})");
  CHECK(json_of("WbemSid S, AnsiString F", u32(0) + narrow("a.exe")) == R"({"S":"","F":"a.exe"})");
}

TEST_CASE("text is UTF-8 whatever the payload holds") {
  CHECK(json_of("UnicodeString S", wide("C:\\a\"b")) == R"({"S":"C:\\a\"b"})");
  CHECK(json_of("UnicodeString S", u16(0x20AC) + u16(0xD83D) + u16(0xDE00) + u16(0)) ==
        "{\"S\":\"\u20AC\U0001F600\"}");
  CHECK(json_of("UnicodeString S", u16(0xD83D) + u16('x') + u16(0xDE00) + u16(0)) ==
        "{\"S\":\"\uFFFDx\uFFFD\"}");
  CHECK(json_of("AnsiString S", "gr\xFC\xDF" + u8(0)) == "{\"S\":\"gr\u00FC\u00DF\"}");
  CHECK(json_of("CountedUnicodeString S, CountedAnsiString T, CountedBinary B",
                u16(4) + "a" + u8(0) + "b" + u8(0) + u16(2) + "cd" + u16(2) + "\x01\xFF") ==
        R"({"S":"ab","T":"cd","B":"01ff"})");
}

TEST_CASE("what a payload has beyond its fields is kept") {
  CHECK(json_of("UInt8 A", u8(1) + "\xAB\xCD") == R"({"A":1,"_rest":"abcd"})");
}

TEST_CASE("a payload that ends early gives the fields that fit") {
  CHECK(json_of("UInt8 A, UInt32 B, UInt8 C", u8(1) + u16(7)) == R"({"A":1,"_rest":"0700"})");
  CHECK(json_of("UnicodeString S", "a" + u8(0) + "b" + u8(0)) == R"({"S":"ab"})");
  DecodedPayload decoded;
  decode_payload(layout_of("UnicodeString S"), as_bytes("abc"), 8, decoded);
  CHECK(decoded.cut_short());
  decode_payload(layout_of("UnicodeString S, UInt8 X"), {}, 8, decoded);
  CHECK(decoded.cut_short());
  CHECK(decoded.values().empty());
  CHECK(json_of("UInt32[3] A", u32(1) + u32(2)) == R"({"A":[1,2]})");
}

TEST_CASE("out types say how numbers are meant") {
  EventLayout layout = layout_of("UInt32 Address, UInt16 Port, UInt32 Status, UInt8 Letter");
  layout.fields[0].out_type = OutType::kIpv4;
  layout.fields[1].out_type = OutType::kPort;
  layout.fields[2].out_type = OutType::kNtStatus;
  layout.fields[3].out_type = OutType::kString;
  CHECK(json_of(layout, std::string("\x0A\0\0\x01", 4) + "\x01\xBB" + u32(0xC0000022) + "\"") ==
        R"({"Address":"10.0.0.1","Port":443,"Status":"0xc0000022","Letter":"\""})");
  EventLayout binary = layout_of("CountedBinary A, CountedBinary B, CountedBinary C");
  binary.fields[0].out_type = OutType::kIpv6;
  binary.fields[1].out_type = OutType::kIpv6;
  binary.fields[2].out_type = OutType::kSocketAddress;
  const std::string loopback = std::string(15, '\0') + "\x01";
  const std::string documentation = "\x20\x01\x0d\xb8" + std::string(11, '\0') + "\x05";
  CHECK(json_of(binary, u16(16) + loopback + u16(16) + documentation + u16(8) + u16(2) +
                            "\x01\xBB" + "\x7F" + std::string(2, '\0') + "\x01") ==
        R"({"A":"::1","B":"2001:db8::5","C":"127.0.0.1:443"})");
}

TEST_CASE("values can be asked for by name and type") {
  const std::string payload = u32(7) + wide("p") + u64(5) + u16(0xFFFE);
  DecodedPayload decoded;
  const EventLayout layout = layout_of("UInt32 Id, UnicodeString Path, FileTime T, Int16 S");
  decode_payload(layout, as_bytes(payload), 8, decoded);
  CHECK(unsigned_of(*decoded.find("Id")) == 7);
  CHECK(signed_of(*decoded.find("S")) == -2);
  CHECK(text_of(*decoded.find("Path")) == "p");
  CHECK(text_of(*decoded.find("S")) == "-2");
  CHECK(filetime_of(*decoded.find("T"))->ticks == 5);
  CHECK_FALSE(unsigned_of(*decoded.find("Path")));
  CHECK(decoded.find("path") == nullptr);
}

TEST_CASE("elements without bytes do not multiply") {
  EventLayout layout = layout_of("UInt8 A");
  for (int depth = 0; depth < 3; ++depth) {
    Field outer;
    outer.name = "S";
    outer.in_type = InType::kStruct;
    outer.count_rule = CountRule::kFixed;
    outer.count = 0xFFFF;
    outer.members = depth == 0 ? std::vector<Field>() : layout.fields;
    layout.fields = {outer};
  }
  DecodedPayload decoded;
  decode_payload(layout, as_bytes("x"), 8, decoded);
  CHECK(decoded.values().size() < 20'000);
}

TEST_CASE("long names of many small values do not multiply without end") {
  EventLayout layout;
  Field& list = layout.fields.emplace_back();
  list.name = "List";
  list.in_type = InType::kStruct;
  list.count_rule = CountRule::kPrefix;
  Field& member = list.members.emplace_back();
  member.name = std::string(30'000, 'n');
  member.in_type = InType::kUInt8;
  const std::string json = json_of(layout, u16(30'000) + std::string(30'000, 'x'));
  CHECK(json.size() < (2U << 20));
  CHECK(
      json.ends_with("]"
                     R"(,"_cut":true})"));
}

}  // namespace
}  // namespace quarry::etl
