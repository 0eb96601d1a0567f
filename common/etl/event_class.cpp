#include "common/etl/event_class.h"

#include <algorithm>
#include <array>

namespace quarry::etl {
namespace {

constexpr std::uint8_t hex_digit(char c) {
  return static_cast<std::uint8_t>(c >= 'a' ? c - 'a' + 10 : c - '0');
}

/// "68fdd900-4a3e-11d1-84f4-0000f80464e3", checked by the compiler.
consteval Guid guid(std::string_view text) {
  Guid result;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '-') continue;
    std::uint8_t& byte = result.bytes.at(digits / 2);
    byte = static_cast<std::uint8_t>(byte << 4 | hex_digit(c));
    ++digits;
  }
  return digits == 32 ? result : throw "a GUID has 32 digits";
}

constexpr EventClass kProcess{guid("3d6fa8d0-fe05-11d0-9dda-00c04fd7ba7c"), "Process"};
constexpr EventClass kThread{guid("3d6fa8d1-fe05-11d0-9dda-00c04fd7ba7c"), "Thread"};
constexpr EventClass kImage{guid("2cb15d1d-5fc1-11d2-abe1-00a0c911f518"), "Image"};
constexpr EventClass kEventTrace{guid("68fdd900-4a3e-11d1-84f4-0000f80464e3"), "EventTrace"};

struct Group {
  std::uint8_t number;
  EventClass event_class;
};

// The groups of the kernel logger (hook ids) and the classes that documentation gives them.
constexpr std::array kGroups{
    Group{0, kEventTrace},
    Group{1, {guid("3d6fa8d4-fe05-11d0-9dda-00c04fd7ba7c"), "DiskIo"}},
    Group{2, {guid("3d6fa8d3-fe05-11d0-9dda-00c04fd7ba7c"), "PageFault"}},
    Group{3, kProcess},
    Group{4, {guid("90cbdc39-4a3e-11d1-84f4-0000f80464e3"), "FileIo"}},
    Group{5, kThread},
    Group{6, {guid("9a280ac0-c8e0-11d1-84e2-00c04fb998a2"), "TcpIp"}},
    Group{7, {guid("3282fc76-feed-498e-8aa7-e70f459d430e"), "Job"}},
    Group{8, {guid("bf3a50c5-a9c9-4988-a005-2df0b7c80f80"), "UdpIp"}},
    Group{9, {guid("ae53722e-c863-11d2-8659-00c04fa321a1"), "Registry"}},
    Group{10, {guid("13976d09-a327-438c-950b-7f03192815c7"), "DbgPrint"}},
    Group{11, {guid("01853a65-418f-4f36-aefc-dc0f1d2fd235"), "SystemConfig"}},
    Group{13, {guid("42695762-ea50-497a-9068-5cbbb35e0b95"), "Wnf"}},
    Group{14, {guid("0268a8b6-74fd-4302-9dd0-6e8f1795c0cf"), "Pool"}},
    Group{15, {guid("ce1dbfb4-137e-4da6-87b0-3f59aa102cbc"), "PerfInfo"}},
    Group{16, {guid("222962ab-6180-4b88-a825-346b75f2a24a"), "Heap"}},
    Group{17, {guid("89497f50-effe-4440-8cf2-ce6b1cdcaca7"), "Object"}},
    Group{18, {guid("e43445e0-0903-48c3-b878-ff0fccebdd04"), "Power"}},
    Group{20, kImage},
    Group{22, {guid("7687a439-f752-45b8-b741-321aec0f8df9"), "CacheManager"}},
    Group{23, {guid("3ac66736-cc59-4cff-8115-8df50e39816b"), "CriticalSection"}},
    Group{24, {guid("def2fe46-7bd6-4b80-bd94-f57fe20d0ce3"), "StackWalk"}},
    Group{26, {guid("45d8cccd-539f-4b72-a8b7-5c683142609a"), "Alpc"}},
};

// Classes of records that merging adds.
constexpr std::array kMerged{
    EventClass{guid("9b79ee91-b5fd-41c0-a243-4248e266e9d0"), "SystemConfigEx"},
    EventClass{guid("b3e675d7-2554-4f18-830b-2762732560de"), "ImageId"},
    EventClass{guid("ed54dff8-c409-4cf6-bf83-05e1e61a09c4"), "WinSat"},
    EventClass{guid("bbccf6c1-6cd1-48c4-80ff-839482e37671"), "EventMetadata"},
};

struct TypeName {
  EventClass event_class;
  std::uint8_t type;
  std::string_view name;
};

constexpr std::array kTypeNames{
    TypeName{kEventTrace, 0, "Header"},
    TypeName{kEventTrace, 5, "Extension"},
    TypeName{kEventTrace, 8, "RDComplete"},
    TypeName{kEventTrace, 32, "EndExtension"},
    TypeName{kEventTrace, 80, "PartitionInfo"},
    TypeName{kProcess, 1, "Start"},
    TypeName{kProcess, 2, "End"},
    TypeName{kProcess, 3, "DCStart"},
    TypeName{kProcess, 4, "DCEnd"},
    TypeName{kProcess, 39, "Defunct"},
    TypeName{kThread, 1, "Start"},
    TypeName{kThread, 2, "End"},
    TypeName{kThread, 3, "DCStart"},
    TypeName{kThread, 4, "DCEnd"},
    TypeName{kThread, 36, "CSwitch"},
    TypeName{kImage, 10, "Load"},
    TypeName{kImage, 2, "UnLoad"},
    TypeName{kImage, 3, "DCStart"},
    TypeName{kImage, 4, "DCEnd"},
};

/// By group number; built once, because every kernel record asks.
constexpr std::array<const EventClass*, 256> kByGroup = [] {
  std::array<const EventClass*, 256> table{};
  for (const Group& group : kGroups) table[group.number] = &group.event_class;
  return table;
}();

}  // namespace

constinit const Guid kSystemConfigEx = kMerged[0].guid;
constinit const Guid kEventMetadata = kMerged[3].guid;

const EventClass* find_kernel_class(std::uint8_t group, std::uint8_t type) {
  if (group == 3 && type == 10) return &kImage;
  return kByGroup[group];
}

const EventClass* find_event_class(const Guid& wanted) {
  for (const Group& group : kGroups) {
    if (group.event_class.guid == wanted) return &group.event_class;
  }
  const auto* const found = std::find_if(kMerged.begin(), kMerged.end(),
                                         [&](const EventClass& c) { return c.guid == wanted; });
  return found == kMerged.end() ? nullptr : found;
}

std::string_view kernel_type_name(const Guid& event_class, std::uint8_t type) {
  for (const TypeName& entry : kTypeNames) {
    if (entry.type == type && entry.event_class.guid == event_class) return entry.name;
  }
  return {};
}

}  // namespace quarry::etl
