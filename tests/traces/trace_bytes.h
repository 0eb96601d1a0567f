// Bytes of Windows traces for tests: numbers, records of every kind, buffers, whole files. Written
// from the format's description, apart from the reader.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::traces {

/// 2024-05-01T12:00:00Z as a FILETIME.
inline constexpr std::int64_t kStart = 133'590'384'000'000'000;
/// The raw clock at kStart.
inline constexpr std::int64_t kRawStart = 1'000'000;

std::string u8(unsigned value);
std::string u16(unsigned value);
std::string u32(std::uint32_t value);
std::string u64(std::uint64_t value);
/// ASCII as UTF-16, with its NUL.
std::string wide(std::string_view ascii);
/// ASCII with its NUL.
std::string narrow(std::string_view ascii);
/// "8e805eb3-6a8f-4a1e-90fa-a831d94e54a1" as it lies in a file.
std::string guid(std::string_view text);

/// TRACE_LOGFILE_HEADER and the session around it.
struct Session {
  std::uint32_t buffer_size = 1024;
  unsigned pointer_size = 8;
  std::uint32_t mode = 1;
  std::uint32_t clock = 1;  // QPC
  std::int64_t frequency = 10'000'000;
  std::int64_t start = kStart;
  std::uint32_t cpu_mhz = 2995;
  std::int64_t end = kStart + 600'000'000;
  std::uint32_t buffers_written = 0;  // 0: as many as there are
  std::uint32_t events_lost = 0;
  std::uint32_t buffers_lost = 0;
  std::string name = "test session";
};
std::string header_record(const Session& session, std::uint32_t buffers);

/// EVENT_HEADER.
struct ManifestEvent {
  std::string_view provider = "8e805eb3-6a8f-4a1e-90fa-a831d94e54a1";
  unsigned id = 1;
  unsigned version = 0;
  std::int64_t at = 0;  // ticks from the start, in the clock's units
  std::uint32_t pid = 4711;
  std::uint32_t tid = 12;
  std::string payload = {};
  std::string extended = {};
  bool is_32_bit = false;
};
std::string record(const ManifestEvent& event);
/// One extended data item; `more`: another follows.
std::string extended_item(unsigned type, std::string_view data, bool more = false);

/// EVENT_TRACE_HEADER.
std::string classic_record(std::string_view event_class, unsigned type, unsigned version,
                           std::int64_t at, std::string_view payload);
/// SYSTEM64.
std::string kernel_record(unsigned group, unsigned type, unsigned version, std::int64_t at,
                          std::string_view payload);
/// PERFINFO64.
std::string perf_record(unsigned group, unsigned type, unsigned version_word, std::int64_t at,
                        std::string_view payload);
/// MESSAGE_TRACE with GUID, time and process.
std::string message_record(std::string_view message, unsigned number, std::int64_t at,
                           std::string_view payload);

struct Buffer {
  std::vector<std::string> records = {};
  unsigned processor = 0;
  std::uint64_t sequence = 0;
  unsigned flags = 0x20;  // the processor's number has 16 bits
  unsigned type = 0;
  std::uint32_t state = 3;
  bool fits = false;        // exactly as large as its records, as merging writes them
  std::string packed = {};  // compressed bytes in place of the records'
};
/// The records with their padding, as they lie in a buffer.
std::string payload_of(const Buffer& buffer);
std::string buffer_bytes(const Buffer& buffer, const Session& session);

/// The header's buffer, then these. `first` are records behind the header's.
std::string file_bytes(const Session& session, std::vector<Buffer> buffers,
                       const std::vector<std::string>& first = {});

/// TRACE_EVENT_INFO: names of fields and their TDH in-types, in order.
struct Layout {
  std::string_view provider = "8e805eb3-6a8f-4a1e-90fa-a831d94e54a1";
  unsigned id = 1;
  unsigned version = 0;
  std::string_view provider_name = "Test-Provider";
  std::string_view task = "Task ";
  std::string_view opcode = "Start ";
  struct Field {
    std::string_view name;
    unsigned in_type = 0;
    unsigned out_type = 0;
    std::uint32_t flags = 0;
    unsigned count = 1;
    unsigned length = 0;
    std::string_view map = {};
  };
  std::vector<Field> fields;
  std::uint32_t top = 0;  // 0: all of them
};
std::string event_info(const Layout& layout);

/// What the program quarry_make_trace writes: "small", "damaged", "many" ….
std::string sample_trace(std::string_view name);
std::vector<std::string_view> sample_names();

}  // namespace quarry::traces
