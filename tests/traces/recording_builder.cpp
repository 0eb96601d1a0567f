#include "tests/traces/recording_builder.h"

#include "tests/traces/lz77.h"
#include "tests/traces/trace_bytes.h"

#include <algorithm>

namespace quarry::traces {
namespace {

constexpr std::uint32_t kBufferSize = 16384;
constexpr std::size_t kBufferHeader = 0x48;
constexpr std::string_view kEngine = "0a002690-3839-4e3a-b3b6-96d8df868d99";
constexpr std::string_view kSystemConfig = "9b79ee91-b5fd-41c0-a243-4248e266e9d0";
constexpr std::uint32_t kEngineProcess = 3456;
constexpr std::uint64_t kEngineId = 0x1F2E3D4C5B60;
constexpr std::int64_t kTicks = 10;  // of a microsecond

std::string nt_path(std::string_view path) {
  if (path.starts_with("C:\\")) {
    return "\\Device\\HarddiskVolume3\\" + std::string(path.substr(3));
  }
  if (path.starts_with("D:\\")) {
    return "\\Device\\HarddiskVolume5\\" + std::string(path.substr(3));
  }
  return std::string(path);
}

std::string number(std::int64_t value) { return u64(static_cast<std::uint64_t>(value)); }

/// When the event was, in the clock of the trace.
std::string raw(std::int64_t at) { return number(kRawStart + at * kTicks); }

std::string stream_payload(const RecordingBuilder::Stream& scan, std::int64_t at) {
  return u32(1) + wide(nt_path(scan.path)) + wide(nt_path(scan.process)) + u32(scan.reason) +
         number(at) + u32(scan.process_id);
}

std::string volume_record(std::string_view nt, std::string_view dos) {
  return classic_record(kSystemConfig, 35, 0, 0, wide(nt) + wide(dos));
}

}  // namespace

void RecordingBuilder::event(std::int64_t at, std::uint32_t thread, std::uint16_t id,
                             std::uint8_t version, const std::string& payload) {
  records_.push_back({at, record({.provider = kEngine,
                                  .id = id,
                                  .version = version,
                                  .at = at * kTicks,
                                  .pid = kEngineProcess,
                                  .tid = thread,
                                  .payload = payload})});
}

void RecordingBuilder::stream(const Stream& scan) {
  stream_start(scan);
  stream_stop(scan);
}

void RecordingBuilder::stream_start(const Stream& scan) {
  event(scan.from, scan.thread, 5, 1, stream_payload(scan, scan.from));
}

void RecordingBuilder::stream_stop(const Stream& scan) {
  event(scan.to, scan.thread, 6, 1, stream_payload(scan, scan.to));
}

void RecordingBuilder::request(std::uint32_t thread, std::int64_t from, std::int64_t to,
                               std::string_view path, std::uint32_t source) {
  const auto payload = [&](std::int64_t at) {
    return u64(kEngineId) + u8(1) + narrow("ResourceScan") + u32(0x21) + u32(source) + u32(1) +
           wide("file") + wide(nt_path(path)) + number(at);
  };
  event(from, thread, 1, 2, payload(from));
  event(to, thread, 2, 3, payload(to) + raw(from));
}

void RecordingBuilder::file(std::uint32_t thread, std::int64_t from, std::int64_t to,
                            std::string_view path) {
  const auto payload = [&](std::int64_t at) {
    return u64(kEngineId) + wide(nt_path(path)) + number(at);
  };
  event(from, thread, 30, 2, payload(from));
  event(to, thread, 31, 3, payload(to) + raw(from));
}

void RecordingBuilder::skipped(std::uint32_t thread, std::int64_t at, std::string_view path,
                               std::string_view reason) {
  event(at, thread, 7, 0, wide(nt_path(path)) + narrow(reason));
}

void RecordingBuilder::message(std::uint32_t thread, std::int64_t at, std::string_view text) {
  event(at, thread, 3, 0, wide(text));
}

void RecordingBuilder::expensive(std::uint32_t thread, std::int64_t from, std::int64_t to,
                                 std::string_view name) {
  const auto payload = [&](bool start) {
    return wide("Expensive") + wide(name) + u64(1) + u32(start ? 1 : 0) + u64(1);
  };
  const std::int64_t wall = (to - from) * kTicks;
  event(from, thread, 43, 1, payload(true));
  event(to, thread, 67, 1, payload(false) + number(wall / 2) + number(wall));
}

std::string RecordingBuilder::bytes() const {
  std::vector<Record> ordered = records_;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Record& a, const Record& b) { return a.at < b.at; });
  const std::int64_t end = ordered.empty() ? 0 : ordered.back().at;
  ordered.insert(ordered.begin(), {{0, volume_record("\\Device\\HarddiskVolume3\\", "C:\\")},
                                   {0, volume_record("\\Device\\HarddiskVolume5\\", "D:\\")},
                                   {0, volume_record("\\Device\\Mup\\", "\\\\")}});
  std::vector<Buffer> buffers;
  Buffer open{.flags = 0x60};
  std::size_t size = kBufferHeader;
  const auto flush = [&] {
    open.packed = lz77_compressed(payload_of(open));
    buffers.push_back(std::move(open));
    open = {.flags = 0x60};
    size = kBufferHeader;
  };
  for (const Record& one : ordered) {
    const std::size_t padded = (one.bytes.size() + 7) / 8 * 8;
    if (size + padded > kBufferSize) flush();
    open.records.push_back(one.bytes);
    size += padded;
  }
  flush();
  return file_bytes({.buffer_size = kBufferSize,
                     .mode = 0x0401'0001,  // sequential, merged, compressed
                     .start = start_,
                     .end = start_ + end * kTicks,
                     .events_lost = events_lost_,
                     .name = "Relogger"},
                    std::move(buffers));
}

}  // namespace quarry::traces
