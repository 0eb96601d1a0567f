// Writes Defender performance recordings for tests and examples: the container that merging makes
// (one stream of compressed buffers), volume mappings, and events of the engine in the layouts of
// Windows 11 26H1, without their metadata.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::traces {

class RecordingBuilder {
 public:
  /// `start` is a FILETIME; all other times are microseconds from it.
  explicit RecordingBuilder(std::int64_t start) : start_(start) {}

  /// A real-time scan: Streamscanrequest start and stop.
  struct Stream {
    std::uint32_t thread;
    std::int64_t from;
    std::int64_t to;
    std::string path;
    std::string process;
    std::uint32_t process_id;
    std::uint32_t reason;
  };
  void stream(const Stream& scan);
  /// The two halves alone, for what the other one is lost of.
  void stream_start(const Stream& scan);
  void stream_stop(const Stream& scan);
  /// An on-demand scan: Scanrequest start and stop.
  void request(std::uint32_t thread, std::int64_t from, std::int64_t to, std::string_view path,
               std::uint32_t source);
  /// UfsScanFile start and stop: nested where another scan of the thread is open.
  void file(std::uint32_t thread, std::int64_t from, std::int64_t to, std::string_view path);
  void skipped(std::uint32_t thread, std::int64_t at, std::string_view path,
               std::string_view reason);
  void message(std::uint32_t thread, std::int64_t at, std::string_view text);
  void expensive(std::uint32_t thread, std::int64_t from, std::int64_t to, std::string_view name);
  /// What the header says was lost.
  void lose_events(std::uint32_t count) { events_lost_ = count; }

  /// The file. Paths on C: and D: are written as NT paths of volumes 3 and 5.
  std::string bytes() const;

 private:
  struct Record {
    std::int64_t at;
    std::string bytes;
  };
  void event(std::int64_t at, std::uint32_t thread, std::uint16_t id, std::uint8_t version,
             const std::string& payload);

  std::int64_t start_;
  std::uint32_t events_lost_ = 0;
  std::vector<Record> records_;
};

}  // namespace quarry::traces
