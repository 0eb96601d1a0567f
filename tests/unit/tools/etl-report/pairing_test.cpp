#include "tools/etl-report/scans/pairing.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace quarry::etl_report {
namespace {

using Kind = EngineEventKind;

/// One line a scan: "FileScan C:\a 10+5 OnOpen [comment; comment]".
class Pairer {
 public:
  explicit Pairer(Nested nested = Nested::kComments, PathMapping paths = {})
      : paths_(std::move(paths)), pairing_(nested, paths_, texts_, 0) {}

  EngineEvent event(Kind kind, RequestKind request, std::int64_t at, std::string path) {
    EngineEvent event;
    event.kind = kind;
    event.request = request;
    event.process = 1;
    event.thread = thread;
    event.time = {at};
    event.path = std::move(path);
    event.reason = 2;
    return event;
  }
  Pairer& start(RequestKind request, std::int64_t at, std::string path) {
    pairing_.take(event(Kind::kStart, request, at, std::move(path)));
    return *this;
  }
  Pairer& stop(RequestKind request, std::int64_t at, std::string path, std::int64_t started = 0) {
    EngineEvent stop = event(Kind::kStop, request, at, std::move(path));
    if (started != 0) stop.started = etl::FileTime{started};
    pairing_.take(stop);
    return *this;
  }
  Pairer& text(Kind kind, std::int64_t at, std::string text) {
    EngineEvent event = this->event(kind, RequestKind::kStream, at, "");
    event.text = std::move(text);
    pairing_.take(event);
    return *this;
  }
  Pairer& on(std::uint32_t other) {
    thread = other;
    return *this;
  }

  std::vector<std::string> finish() {
    std::vector<std::string> lines;
    scans = pairing_.finish();
    for (const Scan& scan : scans) {
      std::string line(name_of(scan.type));
      line += " " + std::string(scan.path) + " " + std::to_string(scan.start.ticks) + "+" +
              std::to_string(scan.duration()) + " " + std::string(scan.reason);
      for (const Comment& comment : scan.comments) {
        line += " [" + text_of(comment, TimeForm::kFileTime) + "]";
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }
  std::uint64_t incomplete() const { return pairing_.incomplete(); }

  std::uint32_t thread = 1;
  std::vector<Scan> scans;

 private:
  PathMapping paths_;
  TextPool texts_;
  ScanPairing pairing_;
};

using Lines = std::vector<std::string>;
constexpr RequestKind kStream = RequestKind::kStream;
constexpr RequestKind kResources = RequestKind::kResources;
constexpr RequestKind kFile = RequestKind::kFile;
constexpr RequestKind kProcess = RequestKind::kProcess;

TEST_CASE("a start and its stop are a scan, each thread by itself") {
  Pairer pairer;
  pairer.on(1).start(kStream, 10, "a").on(2).start(kStream, 11, "b");
  pairer.on(1).stop(kStream, 15, "a").on(2).stop(kStream, 31, "b");
  CHECK(pairer.finish() == Lines{"RealTimeScan a 10+5 OnOpen", "RealTimeScan b 11+20 OnOpen"});
  CHECK(pairer.incomplete() == 0);
}

TEST_CASE("scans of files inside a request are its comments, in the order of their starts") {
  Pairer pairer;
  pairer.start(kResources, 10, "a").start(kFile, 12, "x").stop(kFile, 15, "x");
  pairer.start(kFile, 16, "y").stop(kFile, 18, "y").text(Kind::kMessage, 14, "m subtype=Lowfi");
  pairer.stop(kResources, 20, "a");
  CHECK(pairer.finish() == Lines{"OnDemandScan a 10+10 OnDemand [FileScan x lasted 3] "
                                 "[m Low-fidelity detection] [FileScan y lasted 2]"});
}

TEST_CASE("nested scans are scans of their own where that is wanted") {
  Pairer pairer(Nested::kSeparate);
  pairer.start(kStream, 10, "a").start(kFile, 12, "a").stop(kFile, 15, "a").stop(kStream, 20, "a");
  CHECK(pairer.finish() == Lines{"FileScan a 12+3 ", "RealTimeScan a 10+10 OnOpen"});
}

TEST_CASE("what is nested twice comments the outermost scan") {
  Pairer pairer;
  pairer.start(kResources, 1, "a").start(kFile, 2, "z.zip").start(kFile, 3, "z.zip->b");
  pairer.stop(kFile, 4, "z.zip->b").stop(kFile, 6, "z.zip").stop(kResources, 9, "a");
  CHECK(pairer.finish() == Lines{"OnDemandScan a 1+8 OnDemand [FileScan z.zip lasted 4] "
                                 "[FileScan z.zip->b lasted 1]"});
}

TEST_CASE("a new request drops what is open on its thread; what ended inside stays") {
  Pairer pairer;
  pairer.start(kStream, 10, "a").start(kFile, 11, "x").stop(kFile, 12, "x");
  pairer.start(kStream, 20, "b").stop(kStream, 21, "b");
  CHECK(pairer.finish() == Lines{"FileScan x 11+1 ", "RealTimeScan b 20+1 OnOpen"});
  CHECK(pairer.incomplete() == 1);
}

TEST_CASE("a stop ends the innermost frame of its kind and path and drops those above") {
  Pairer pairer;
  pairer.start(kStream, 10, "a").start(kFile, 11, "x").start(kProcess, 12, "x");
  pairer.stop(kFile, 15, "x").stop(kStream, 20, "a");
  CHECK(pairer.finish() == Lines{"RealTimeScan a 10+10 OnOpen [FileScan x lasted 4]"});
  CHECK(pairer.incomplete() == 1);
}

TEST_CASE("paths pair by their exact text") {
  Pairer pairer;
  pairer.start(kStream, 10, "A").stop(kStream, 11, "a");
  CHECK(pairer.finish().empty());
  CHECK(pairer.incomplete() == 2);
}

TEST_CASE("a stop without a start counts where it tells when it began") {
  Pairer pairer;
  pairer.stop(kFile, 20, "x", 15).stop(kFile, 30, "y").stop(kFile, 40, "z", 45);
  CHECK(pairer.finish() == Lines{"FileScan x 15+5 ", "FileScan z 45+0 "});
  CHECK(pairer.incomplete() == 1);
}

TEST_CASE("open frames at the end are no scans") {
  Pairer pairer;
  pairer.start(kStream, 10, "a").start(kFile, 11, "x");
  CHECK(pairer.finish().empty());
  CHECK(pairer.incomplete() == 2);
}

TEST_CASE("expensive operations pair by name and comment what was outermost at their begin") {
  Pairer pairer;
  pairer.start(kStream, 10, "a").text(Kind::kExpensiveBegin, 11, "T");
  pairer.text(Kind::kExpensiveBegin, 12, "T").text(Kind::kExpensiveEnd, 13, "T");
  pairer.text(Kind::kExpensiveEnd, 14, "other").text(Kind::kExpensiveEnd, 16, "T");
  pairer.stop(kStream, 20, "a").text(Kind::kExpensiveBegin, 21, "T");
  pairer.text(Kind::kExpensiveEnd, 22, "T");
  CHECK(pairer.finish() ==
        Lines{"RealTimeScan a 10+10 OnOpen [Expensive operation \"T\" started at 11 lasted 5] "
              "[Expensive operation \"T\" started at 12 lasted 1]"});
}

TEST_CASE("a skip belongs to the innermost stream, also from inside a file") {
  Pairer pairer;
  pairer.start(kStream, 10, "a").start(kFile, 11, "x").text(Kind::kSkippedFile, 12, "CacheHit");
  pairer.stop(kFile, 13, "x").stop(kStream, 20, "a");
  pairer.start(kFile, 30, "y").text(Kind::kSkippedFile, 31, "UserChoice").stop(kFile, 32, "y");
  pairer.start(kFile, 33, "z").text(Kind::kSkippedFile, 34, "PathExclusion").stop(kFile, 35, "z");
  pairer.finish();
  REQUIRE(pairer.scans.size() == 3);
  CHECK(pairer.scans[0].skip_reason == SkipReason::kOptimization);
  CHECK(pairer.scans[1].skip_reason == SkipReason::kUser);
  CHECK(pairer.scans[2].skip_reason == SkipReason::kUser);
}

TEST_CASE("a thread that loses every stop holds a bounded number of frames") {
  Pairer pairer;
  for (std::int64_t i = 0; i < 10'000; ++i) pairer.start(kFile, i, "x");
  CHECK(pairer.incomplete() == 10'000 - ScanPairing::kMaxDepth);
  CHECK(pairer.finish().empty());
  CHECK(pairer.incomplete() == 10'000);
}

TEST_CASE("paths are written with drive letters, but pair as they were logged") {
  Pairer pairer(Nested::kComments, PathMapping({{"\\Device\\HarddiskVolume1\\", "X:\\"},
                                                {"\\Device\\HarddiskVolume1\\mount\\", "D:\\"},
                                                {"\\??\\", ""}}));
  const auto scan = [&](const std::string& path) {
    pairer.start(kStream, 1, path).stop(kStream, 2, path);
  };
  scan("\\device\\harddiskvolume1\\a");
  scan("\\Device\\HarddiskVolume1\\mount\\a->b");
  scan("\\??\\E:\\c");
  scan("\\Device\\HarddiskVolume12\\d");
  scan("pid:812");
  pairer.finish();
  std::string paths;
  for (const Scan& one : pairer.scans) paths += std::string(one.path) + " ";
  CHECK(paths == "X:\\a D:\\a->b E:\\c \\Device\\HarddiskVolume12\\d pid:812 ");
}

TEST_CASE("durations of impossible times are 0 or the longest there is") {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  CHECK(ticks_between({kLeast}, {kMost}) == kMost);
  CHECK(ticks_between({kMost}, {kLeast}) == 0);
  CHECK(ticks_between({5}, {3}) == 0);
}

TEST_CASE("a comment's time is a number or a date, as the others are") {
  const Comment comment{Comment::Kind::kExpensive, {133'600'000'000'000'000}, 5, "T"};
  CHECK(text_of(comment, TimeForm::kFileTime) ==
        "Expensive operation \"T\" started at 133600000000000000 lasted 5");
  CHECK(text_of(comment, TimeForm::kIso) ==
        "Expensive operation \"T\" started at 2024-05-12T15:06:40.0000000Z lasted 5");
}

TEST_CASE("names of processes need both a program and a number") {
  Scan scan;
  scan.process_path = "C:\\Windows\\explorer.exe";
  CHECK(image_of(scan) == "explorer.exe");
  CHECK(process_name_of(scan).empty());
  scan.process_id = 12;
  CHECK(process_name_of(scan) == "explorer.exe (12)");
  scan.process_path = "C:\\x\\pidgin.exe";
  CHECK(image_of(scan) == "pidgin.exe");
  scan.process_path = "pid:12";
  CHECK(image_of(scan).empty());
  CHECK(process_name_of(scan).empty());
}

}  // namespace
}  // namespace quarry::etl_report
