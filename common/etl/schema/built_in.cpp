#include "common/etl/schema/built_in.h"

#include "common/base/assert.h"
#include "common/etl/event_class.h"

#include <array>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace quarry::etl {
namespace {

constexpr std::uint8_t kProcessGroup = 3;
constexpr std::uint8_t kThreadGroup = 5;
constexpr std::uint8_t kImageGroup = 20;

struct KernelLayout {
  std::uint8_t group;
  std::uint8_t version;
  std::string_view types;  // each character's value is a type
  std::string_view fields;
};

constexpr std::string_view kProcessTypes = "\x01\x02\x03\x04\x27";
constexpr std::string_view kThreadTypes = "\x01\x02\x03\x04";
constexpr std::string_view kImageTypes = "\x0A\x02\x03\x04";

// Microsoft documents them as MOF classes (Process_TypeGroup1, Thread_TypeGroup1, Image_Load).
constexpr std::array kKernelLayouts{
    KernelLayout{kProcessGroup, 1, kProcessTypes,
                 "Pointer PageDirectoryBase, UInt32 ProcessId, UInt32 ParentId, UInt32 SessionId, "
                 "Int32 ExitStatus, WbemSid UserSID, AnsiString ImageFileName"},
    KernelLayout{kProcessGroup, 2, kProcessTypes,
                 "Pointer UniqueProcessKey, UInt32 ProcessId, UInt32 ParentId, UInt32 SessionId, "
                 "Int32 ExitStatus, WbemSid UserSID, AnsiString ImageFileName, "
                 "UnicodeString CommandLine"},
    KernelLayout{kProcessGroup, 3, kProcessTypes,
                 "Pointer UniqueProcessKey, UInt32 ProcessId, UInt32 ParentId, UInt32 SessionId, "
                 "Int32 ExitStatus, Pointer DirectoryTableBase, WbemSid UserSID, "
                 "AnsiString ImageFileName, UnicodeString CommandLine"},
    KernelLayout{kProcessGroup, 4, kProcessTypes,
                 "Pointer UniqueProcessKey, UInt32 ProcessId, UInt32 ParentId, UInt32 SessionId, "
                 "Int32 ExitStatus, Pointer DirectoryTableBase, HexInt32 Flags, WbemSid UserSID, "
                 "AnsiString ImageFileName, UnicodeString CommandLine, "
                 "UnicodeString PackageFullName, UnicodeString ApplicationId"},
    KernelLayout{kThreadGroup, 2, kThreadTypes,
                 "UInt32 ProcessId, UInt32 TThreadId, Pointer StackBase, Pointer StackLimit, "
                 "Pointer UserStackBase, Pointer UserStackLimit, Pointer StartAddr, "
                 "Pointer Win32StartAddr, Pointer TebBase, HexInt32 SubProcessTag"},
    KernelLayout{kThreadGroup, 3, kThreadTypes,
                 "UInt32 ProcessId, UInt32 TThreadId, Pointer StackBase, Pointer StackLimit, "
                 "Pointer UserStackBase, Pointer UserStackLimit, Pointer Affinity, "
                 "Pointer Win32StartAddr, Pointer TebBase, HexInt32 SubProcessTag, "
                 "UInt8 BasePriority, UInt8 PagePriority, UInt8 IoPriority, UInt8 ThreadFlags"},
    KernelLayout{kThreadGroup, 3, kThreadTypes,  // newer systems add the name
                 "UInt32 ProcessId, UInt32 TThreadId, Pointer StackBase, Pointer StackLimit, "
                 "Pointer UserStackBase, Pointer UserStackLimit, Pointer Affinity, "
                 "Pointer Win32StartAddr, Pointer TebBase, HexInt32 SubProcessTag, "
                 "UInt8 BasePriority, UInt8 PagePriority, UInt8 IoPriority, UInt8 ThreadFlags, "
                 "UnicodeString ThreadName"},
    KernelLayout{kImageGroup, 0, kImageTypes,
                 "Pointer ImageBase, Pointer ImageSize, UnicodeString FileName"},
    KernelLayout{kImageGroup, 1, kImageTypes,
                 "Pointer ImageBase, Pointer ImageSize, UInt32 ProcessId, UnicodeString FileName"},
    KernelLayout{kImageGroup, 2, kImageTypes,
                 "Pointer ImageBase, Pointer ImageSize, UInt32 ProcessId, HexInt32 ImageCheckSum, "
                 "HexInt32 TimeDateStamp, UInt32 Reserved0, Pointer DefaultBase, "
                 "UInt32 Reserved1, UInt32 Reserved2, UInt32 Reserved3, UInt32 Reserved4, "
                 "UnicodeString FileName"},
    KernelLayout{kImageGroup, 3, kImageTypes,
                 "Pointer ImageBase, Pointer ImageSize, UInt32 ProcessId, HexInt32 ImageCheckSum, "
                 "HexInt32 TimeDateStamp, UInt8 SignatureLevel, UInt8 SignatureType, "
                 "UInt16 Reserved0, Pointer DefaultBase, UInt32 Reserved1, UInt32 Reserved2, "
                 "UInt32 Reserved3, UInt32 Reserved4, UnicodeString FileName"},
};

struct MergedLayout {
  std::uint8_t type;
  std::string_view name;
  std::string_view fields;
};
// Of class SystemConfigEx.
constexpr std::array kMergedLayouts{
    MergedLayout{32, "BuildInfo",
                 "FileTime InstallDate, UnicodeString BuildLab, UnicodeString ProductName"},
    MergedLayout{33, "SystemPaths",
                 "UnicodeString SystemDirectory, UnicodeString WindowsDirectory"},
    MergedLayout{34, "UnknownVolume", "UnicodeString NtPath"},
    MergedLayout{kVolumeMappingType, "VolumeMapping",
                 "UnicodeString NtPath, UnicodeString DosPath"},
};

void add(SchemaSet& schemas, const EventClass& event_class, std::uint8_t type, std::uint8_t version,
         std::string_view type_name, std::string_view fields) {
  EventLayout layout;
  layout.provider = event_class.guid;
  layout.id = type;
  layout.version = version;
  layout.provider_name = event_class.name;
  layout.task_name = event_class.name;
  layout.opcode_name = type_name;
  auto parsed = parse_field_list(fields);
  QUARRY_ASSERT(parsed, "built-in field lists are right");
  layout.fields = *std::move(parsed);
  schemas.add(std::move(layout));
}

}  // namespace

void add_built_in_layouts(SchemaSet& schemas) {
  for (const KernelLayout& layout : kKernelLayouts) {
    for (const char character : layout.types) {
      const auto type = static_cast<std::uint8_t>(character);
      const EventClass* const event_class = find_kernel_class(layout.group, type);
      QUARRY_ASSERT(event_class != nullptr, "built-in layouts are of known groups");
      add(schemas, *event_class, type, layout.version, kernel_type_name(event_class->guid, type),
          layout.fields);
    }
  }
  const EventClass* const merged = find_event_class(kSystemConfigEx);
  QUARRY_ASSERT(merged != nullptr, "the class of merged records is known");
  for (const MergedLayout& layout : kMergedLayouts) {
    for (const std::uint8_t version : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{2}})
      add(schemas, *merged, layout.type, version, layout.name, layout.fields);
  }
}

}  // namespace quarry::etl
