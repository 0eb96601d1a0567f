#include "tests/recordings/recording_builder.h"

#include <algorithm>

namespace quarry::test {
namespace {

constexpr std::size_t kBufferSize = 16384;
constexpr std::size_t kBufferHeader = 0x48;
constexpr std::int64_t kFrequency = 10'000'000;
constexpr std::int64_t kRawStart = 5'000'000'123;
constexpr std::uint32_t kEngineProcess = 3456;
constexpr std::uint64_t kEngineId = 0x1F2E3D4C5B60;

using Byte = unsigned char;
// As files hold them: the first three groups are little-endian.
constexpr Byte kEngine[16]{0x90, 0x26, 0x00, 0x0a, 0x39, 0x38, 0x3a, 0x4e,
                           0xb3, 0xb6, 0x96, 0xd8, 0xdf, 0x86, 0x8d, 0x99};
constexpr Byte kSystemConfig[16]{0x91, 0xee, 0x79, 0x9b, 0xfd, 0xb5, 0xc0, 0x41,
                                 0xa2, 0x43, 0x42, 0x48, 0xe2, 0x66, 0xe9, 0xd0};

/// Little-endian bytes, one after the other.
class Bytes {
 public:
  Bytes& u8(std::uint64_t value) { return number(value, 1); }
  Bytes& u16(std::uint64_t value) { return number(value, 2); }
  Bytes& u32(std::uint64_t value) { return number(value, 4); }
  Bytes& u64(std::uint64_t value) { return number(value, 8); }
  Bytes& zeros(std::size_t count) {
    text_.append(count, '\0');
    return *this;
  }
  Bytes& guid(const Byte (&value)[16]) {
    for (const Byte byte : value) text_ += static_cast<char>(byte);
    return *this;
  }
  /// ASCII as UTF-16, and its end.
  Bytes& wide(std::string_view text) {
    for (const char c : text) u16(static_cast<Byte>(c));
    return u16(0);
  }
  Bytes& narrow(std::string_view text) {
    text_ += text;
    return u8(0);
  }
  Bytes& raw(std::string_view bytes) {
    text_ += bytes;
    return *this;
  }
  Bytes& align(std::size_t size) { return zeros((size - text_.size() % size) % size); }
  const std::string& text() const { return text_; }

 private:
  Bytes& number(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) text_ += static_cast<char>(value >> (8 * i) & 0xFF);
    return *this;
  }
  std::string text_;
};

std::string nt_path(std::string_view path) {
  if (path.starts_with("C:\\")) {
    return "\\Device\\HarddiskVolume3\\" + std::string(path.substr(3));
  }
  if (path.starts_with("D:\\")) {
    return "\\Device\\HarddiskVolume5\\" + std::string(path.substr(3));
  }
  return std::string(path);
}

std::string stream_payload(const RecordingBuilder::Stream& scan, std::int64_t at) {
  return Bytes()
      .u32(1)
      .wide(nt_path(scan.path))
      .wide(nt_path(scan.process))
      .u32(scan.reason)
      .u64(static_cast<std::uint64_t>(at))
      .u32(scan.process_id)
      .text();
}

/// A buffer's header; `body` is what stands in the file, `used` its size once expanded.
std::string buffer(std::string_view body, std::size_t used, std::size_t size, std::uint64_t number,
                   std::uint16_t type, std::uint16_t flags) {
  return Bytes()
      .u32(size)
      .u32(kBufferHeader + used)
      .u32(kBufferHeader + used)
      .zeros(4 + 8)
      .u64(number)
      .zeros(8)
      .u16(0)
      .u16(12)
      .u32(3)
      .u32(kBufferHeader + used)
      .u16(flags)
      .u16(type)
      .zeros(16)
      .raw(body)
      .zeros(size - kBufferHeader - body.size())
      .text();
}

std::string volume_record(std::string_view nt, std::string_view dos) {
  const std::string payload = Bytes().wide(nt).wide(dos).text();
  return Bytes()
      .u16(48 + payload.size())
      .u8(20)
      .u8(0xC0)
      .u8(35)
      .u8(0)
      .u16(0)
      .u32(0)
      .u32(0)
      .u64(kRawStart)
      .guid(kSystemConfig)
      .u64(0)
      .raw(payload)
      .align(8)
      .text();
}

}  // namespace

std::int64_t RecordingBuilder::raw(std::int64_t at) const { return kRawStart + at * 10; }

void RecordingBuilder::event(std::int64_t at, std::uint32_t thread, std::uint16_t id,
                             std::uint8_t version, const std::string& payload) {
  records_.push_back({at, Bytes()
                              .u16(80 + payload.size())
                              .u8(19)
                              .u8(0xC0)
                              .u16(0)
                              .u16(0)
                              .u32(thread)
                              .u32(kEngineProcess)
                              .u64(static_cast<std::uint64_t>(raw(at)))
                              .guid(kEngine)
                              .u16(id)
                              .u8(version)
                              .u8(0)
                              .u8(4)
                              .u8(0)
                              .u16(0)
                              .u64(std::uint64_t{1} << 63)
                              .u64(0)
                              .zeros(16)
                              .raw(payload)
                              .align(8)
                              .text()});
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
    return Bytes()
        .u64(kEngineId)
        .u8(1)
        .narrow("ResourceScan")
        .u32(0x21)
        .u32(source)
        .u32(1)
        .wide("file")
        .wide(nt_path(path))
        .u64(static_cast<std::uint64_t>(at));
  };
  event(from, thread, 1, 2, payload(from).text());
  event(to, thread, 2, 3, payload(to).u64(static_cast<std::uint64_t>(raw(from))).text());
}

void RecordingBuilder::file(std::uint32_t thread, std::int64_t from, std::int64_t to,
                            std::string_view path) {
  const auto payload = [&](std::int64_t at) {
    return Bytes().u64(kEngineId).wide(nt_path(path)).u64(static_cast<std::uint64_t>(at));
  };
  event(from, thread, 30, 2, payload(from).text());
  event(to, thread, 31, 3, payload(to).u64(static_cast<std::uint64_t>(raw(from))).text());
}

void RecordingBuilder::skipped(std::uint32_t thread, std::int64_t at, std::string_view path,
                               std::string_view reason) {
  event(at, thread, 7, 0, Bytes().wide(nt_path(path)).narrow(reason).text());
}

void RecordingBuilder::message(std::uint32_t thread, std::int64_t at, std::string_view text) {
  event(at, thread, 3, 0, Bytes().wide(text).text());
}

void RecordingBuilder::expensive(std::uint32_t thread, std::int64_t from, std::int64_t to,
                                 std::string_view name) {
  const auto payload = [&](bool start) {
    return Bytes().wide("Expensive").wide(name).u64(1).u32(start ? 1 : 0).u64(1);
  };
  const auto wall = static_cast<std::uint64_t>(to - from) * 10;
  event(from, thread, 43, 1, payload(true).text());
  event(to, thread, 67, 1, payload(false).u64(wall / 2).u64(wall).text());
}

std::string RecordingBuilder::header_buffer(std::uint32_t buffers, std::int64_t end) const {
  Bytes facts;
  facts.u32(kBufferSize).u8(10).u8(0).u8(2).u8(0).u32(26100).u32(1);
  facts.u64(static_cast<std::uint64_t>(start_ + end * 10)).u32(156250).u32(0);
  facts.u32(0x1 | 0x10000 | 0x4000000).u32(buffers).u32(1).u32(8).u32(events_lost_).u32(2995);
  facts.zeros(16).zeros(172).align(8);
  facts.u64(static_cast<std::uint64_t>(start_ - 36'000'000'000)).u64(kFrequency);
  facts.u64(static_cast<std::uint64_t>(start_)).u32(1).u32(0);
  facts.wide("Relogger").wide("[multiple files]");
  Bytes record;
  record.u16(2).u8(2).u8(0xC0).u16(32 + facts.text().size()).u8(0).u8(0).u32(5124).u32(5120);
  record.u64(kRawStart).u64(0).raw(facts.text()).align(8);
  return buffer(record.text(), record.text().size(), 0x400, 0, 4, 0x21);
}

std::string RecordingBuilder::bytes() const {
  std::vector<Record> ordered = records_;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Record& a, const Record& b) { return a.at < b.at; });
  const std::int64_t end = ordered.empty() ? 0 : ordered.back().at;
  ordered.insert(ordered.begin(), {{0, volume_record("\\Device\\HarddiskVolume3\\", "C:\\")},
                                   {0, volume_record("\\Device\\HarddiskVolume5\\", "D:\\")},
                                   {0, volume_record("\\Device\\Mup\\", "\\\\")}});
  std::string file;
  std::string open;
  std::uint32_t buffers = 1;
  const auto flush = [&] {
    if (open.empty()) return;
    const std::string small = lz77_compressed(open);
    file += buffer(small, open.size(), kBufferHeader + small.size(), buffers++, 0, 0x60);
    open.clear();
  };
  for (const Record& record : ordered) {
    if (open.size() + record.bytes.size() > kBufferSize - kBufferHeader) flush();
    open += record.bytes;
  }
  flush();
  return header_buffer(buffers, end) + file;
}

}  // namespace quarry::test
