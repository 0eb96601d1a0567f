// Names and GUIDs of the kernel logger's event groups, and of the records that merging adds.
#pragma once

#include "common/value/guid.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace quarry::etl {

struct EventClass {
  Guid guid;
  std::string_view name;  // "Process"
};

/// Of a kernel record; nullptr where the group is unknown. Type matters for image loads, which old
/// systems log in the group of processes.
const EventClass* find_kernel_class(std::uint8_t group, std::uint8_t type);
/// Kernel classes and those that traces are merged with ("SystemConfigEx", "WinSAT" …).
const EventClass* find_event_class(const Guid& guid);
/// "Start", "DCEnd", "Load" …; "" where unknown.
std::string_view kernel_type_name(const Guid& event_class, std::uint8_t type);

/// 9b79ee91-…: build, paths, volume mapping.
extern const Guid kSystemConfigEx;
/// bbccf6c1-…: layouts and maps of manifest events.
extern const Guid kEventMetadata;
/// What the types of these classes mean.
inline constexpr std::uint8_t kVolumeMappingType = 35;
inline constexpr std::uint8_t kEventInfoType = 32;
inline constexpr std::uint8_t kEventMapType = 33;

}  // namespace quarry::etl
