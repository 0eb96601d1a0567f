#include "tests/traces/sample_recordings.h"

#include "tests/traces/recording_builder.h"

#include <array>

namespace quarry::traces {
namespace {

// 2026-05-14 and 2026-05-15, 08:00 UTC.
constexpr std::int64_t kBefore = 134'232'192'000'000'000;
constexpr std::int64_t kAfter = kBefore + 864'000'000'000;
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMilli = 1'000;

constexpr std::uint32_t kOnOpen = 2;
constexpr std::uint32_t kOnWrite = 4;
constexpr std::uint32_t kOnClose = 5;
constexpr std::uint32_t kAmsi = 12;
constexpr std::uint32_t kScheduled = 1;

struct Program {
  std::string_view path;
  std::uint32_t id;
};
constexpr Program kBackup{"C:\\Program Files\\Backup\\agent.exe", 2210};
constexpr Program kNode{"C:\\Program Files\\nodejs\\node.exe", 6120};
constexpr Program kExplorer{"C:\\Windows\\explorer.exe", 4408};
constexpr Program kShell{"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe", 7312};
constexpr Program kIndexer{"C:\\ProgramData\\Indexer\\indexer.exe", 9044};

struct Request {
  std::uint32_t thread;
  std::int64_t from;
  std::int64_t lasts;
  std::string_view path;
  Program program;
  std::uint32_t reason;
};

void add(RecordingBuilder& recording, const Request& request) {
  recording.stream({request.thread, request.from, request.from + request.lasts,
                    std::string(request.path), std::string(request.program.path),
                    request.program.id, request.reason});
}

/// A build: short scans of many small files, some of them twice.
void add_build(RecordingBuilder& recording) {
  constexpr std::array<std::string_view, 8> kFiles{
      "index.js",     "router.js",     "left-pad.js",       "styles.css",
      "package.json", "bundle.min.js", "bundle.min.js.map", "Index.js"};
  for (std::int64_t i = 0; i < 24; ++i) {
    const std::string path = "D:\\build\\node_modules\\app\\" +
                             std::string(kFiles[static_cast<std::size_t>(i) % kFiles.size()]);
    add(recording, {7004, 2 * kSecond + i * 450 * kMilli, (4 + i * 7 % 23) * kMilli, path, kNode,
                    i % 3 == 0 ? kOnClose : kOnOpen});
  }
}

/// A download: a long scan with what the engine did inside it.
void add_download(RecordingBuilder& recording, std::int64_t at) {
  constexpr std::string_view kSetup = "C:\\Users\\anna\\Downloads\\setup.exe";
  add(recording, {7008, at, 940 * kMilli, kSetup, kExplorer, kOnOpen});
  recording.file(7008, at + 20 * kMilli, at + 610 * kMilli, kSetup);
  recording.expensive(7008, at + 100 * kMilli, at + 420 * kMilli, "SigTreeLookup");
  recording.message(7008, at + 650 * kMilli, "internal detection subtype=Lowfi name=Made!1");
}

void add_script(RecordingBuilder& recording, std::int64_t at) {
  add(recording, {7012, at, 85 * kMilli, "C:\\Users\\anna\\AppData\\Local\\Temp\\setup.ps1", kShell,
                  kOnWrite});
  add(recording, {7012, at + 200 * kMilli, 31 * kMilli, "", kShell, kAmsi});
}

/// A scheduled scan of a folder: one request, its files inside.
void add_scheduled(RecordingBuilder& recording, std::int64_t at) {
  recording.request(7016, at, at + 700 * kMilli, "C:\\Windows\\System32", kScheduled);
  recording.file(7016, at + 50 * kMilli, at + 240 * kMilli, "C:\\Windows\\System32\\a.dll");
  recording.file(7016, at + 300 * kMilli, at + 660 * kMilli, "C:\\Windows\\System32\\b.dll");
}

RecordingBuilder before() {
  RecordingBuilder recording(kBefore);
  for (std::int64_t i = 0; i < 6; ++i) {
    add(recording, {7000, 1 * kSecond + i * 3 * kSecond, (1180 + i * 37) * kMilli,
                    "D:\\data\\ledger.mdb", kBackup, kOnOpen});
  }
  add_build(recording);
  add_download(recording, 5 * kSecond);
  add_script(recording, 9 * kSecond);
  add_scheduled(recording, 12 * kSecond);
  const Request skipped{7020, 14 * kSecond, 2 * kMilli, "D:\\data\\cache.bin", kBackup, kOnOpen};
  add(recording, skipped);
  recording.skipped(7020, skipped.from + kMilli, skipped.path, "PathExclusion");
  // Still running when the recording was stopped.
  recording.stream_start({7024, 19 * kSecond, 20 * kSecond, "D:\\data\\journal.log",
                          std::string(kBackup.path), kBackup.id, kOnOpen});
  return recording;
}

RecordingBuilder after() {
  RecordingBuilder recording(kAfter);
  add(recording, {7000, 1 * kSecond, 1205 * kMilli, "D:\\data\\ledger.mdb", kBackup, kOnOpen});
  add_build(recording);
  add_script(recording, 9 * kSecond);
  for (std::int64_t i = 0; i < 4; ++i) {
    add(recording, {7008, 10 * kSecond + i * kSecond, (60 + i * 15) * kMilli,
                    "C:\\ProgramData\\Indexer\\index.db", kIndexer, kOnClose});
  }
  return recording;
}

}  // namespace

std::string scans_before() { return before().bytes(); }
std::string scans_after() { return after().bytes(); }
std::string scans_none() { return RecordingBuilder(kBefore).bytes(); }

std::string scans_cut() {
  RecordingBuilder recording = before();
  recording.lose_events(17);
  const std::string whole = recording.bytes();
  return whole.substr(0, whole.size() - 1000);
}

}  // namespace quarry::traces
