// Whole traces, small enough to look at, for tests of the command line.
#include "tests/traces/sample_recordings.h"
#include "tests/traces/trace_bytes.h"

namespace quarry::traces {
namespace {

constexpr std::string_view kOther = "22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716";
constexpr std::string_view kSystemConfigEx = "9b79ee91-b5fd-41c0-a243-4248e266e9d0";

std::string scan_payload(std::string_view path, std::uint32_t pid) {
  return u32(5) + wide(path) + u32(pid);
}

/// One event with a layout in the file, one TraceLogging event, one that nobody describes, a
/// process start, a message, and a volume.
std::vector<Buffer> ordinary_buffers() {
  const Layout layout{.id = 5,
                      .fields = {{.name = "Id", .in_type = 8},
                                 {.name = "Path", .in_type = 1},
                                 {.name = "PID", .in_type = 20}}};
  const std::string block = std::string(
      "\0Login\0User\0\x02"
      "Count\0\x08",
      20);
  const std::string self_described =
      extended_item(11, u16(static_cast<unsigned>(block.size() + 2)) + block, true) +
      extended_item(12, u16(13) + narrow("Lab-Source"));
  const std::string process = u64(0xFFFF8000) + u32(4711) + u32(4) + u32(1) + u32(0) + u64(0) +
                              u32(0) + u32(0) + narrow("cmd.exe") + wide("cmd /c dir") + wide("") +
                              wide("");
  return {
      Buffer{.records = {record({.id = 5, .at = 30'000, .payload = scan_payload("C:\\a.txt", 77)}),
                         record({.provider = kOther, .id = 9, .at = 50'000, .pid = 8})},
             .processor = 1},
      Buffer{
          .records = {event_info(layout), kernel_record(3, 1, 4, 10'000, process),
                      record({.provider = kOther,
                              .id = 0,
                              .at = 20'000,
                              .payload = narrow("eve") + u32(3),
                              .extended = self_described}),
                      record({.id = 5, .at = 40'000, .payload = scan_payload("C:\\b.txt", 78)})}},
      Buffer{.records = {message_record(kOther, 10, 45'000, u32(1)),
                         classic_record(kSystemConfigEx, 35, 0, 60'000,
                                        wide("\\Device\\HarddiskVolume3\\") + wide("C:\\"))},
             .processor = 1},
  };
}

std::string small() { return file_bytes({.buffer_size = 2048}, ordinary_buffers()); }

/// The session lost events, a buffer is missing, and the file is cut off.
std::string damaged() {
  std::vector<Buffer> buffers = ordinary_buffers();
  buffers[2].sequence = 7;
  const std::string whole =
      file_bytes({.buffer_size = 2048, .events_lost = 12}, std::move(buffers));
  return whole.substr(0, whole.size() - 1900);
}

struct Sample {
  std::string_view name;
  std::string (*make)();
};
constexpr Sample kSamples[]{{"small", small},
                            {"damaged", damaged},
                            {"scans-before", scans_before},
                            {"scans-after", scans_after},
                            {"scans-none", scans_none},
                            {"scans-cut", scans_cut}};

}  // namespace

std::string sample_trace(std::string_view name) {
  for (const Sample& sample : kSamples) {
    if (sample.name == name) return sample.make();
  }
  return {};
}

std::vector<std::string_view> sample_names() {
  std::vector<std::string_view> names;
  for (const Sample& sample : kSamples) names.push_back(sample.name);
  return names;
}

}  // namespace quarry::traces
