// Start and stop events -> scans, by the thread of the engine that wrote them.
//
// Each thread has a stack of open frames. A request (1, 5) begins a new stack: a thread serves one
// at a time, so what is still open has lost its stop. Scans of files and processes (30, 32) nest
// inside. A stop ends the innermost frame of its kind and path; frames above it have lost their
// stop. A stop without a start counts where it tells when it began (StartQPC). What happens inside
// a frame becomes its comments, nested scans too, unless they are wanted as scans of their own.
//
// Cost: the open frames of all threads, and the scans. No event is kept.
#pragma once

#include "tools/etl-report/scans/engine_event.h"
#include "tools/etl-report/scans/path_mapping.h"
#include "tools/etl-report/scans/scan.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace quarry::etl_report {

/// Whether a scan of a file or a process inside a request is a comment of it or a scan of its own.
enum class Nested : std::uint8_t { kComments, kSeparate };

class ScanPairing {
 public:
  /// Deeper nesting is no nesting: the stops are lost. Bounds what a thread can hold.
  static constexpr std::size_t kMaxDepth = 256;

  /// Both must outlive the pairing; `texts` the scans too. `trace` is what scans say they are from.
  ScanPairing(Nested nested, const PathMapping& paths, TextPool& texts, std::uint32_t trace);

  /// In the order of their times.
  void take(const EngineEvent& event);
  /// The recording ends: open frames have lost their stop. The scans, in the order of their ends.
  std::vector<Scan> finish();
  /// Starts without a stop, and stops without a start that do not tell when it was.
  std::uint64_t incomplete() const { return incomplete_; }

 private:
  struct Operation {
    std::string name;
    etl::FileTime begin{};
  };
  struct Frame {
    RequestKind request = RequestKind::kStream;
    std::string path;  // as logged: what its stop must say too
    Scan scan;
    std::vector<Scan> nested;           // finished scans inside, with their comments
    std::vector<Operation> operations;  // expensive ones that have begun and not ended
  };
  using Stack = std::vector<Frame>;

  Scan scan_of(const EngineEvent& event);
  void start(Stack& stack, const EngineEvent& event);
  void stop(Stack& stack, const EngineEvent& event);
  void end(Frame frame, Stack& below, const EngineEvent& event);
  void drop(Frame& frame);
  void emit(Scan scan);
  static void skip(Stack& stack, const EngineEvent& event);
  static void end_operation(Stack& stack, const EngineEvent& event);

  Nested nested_;
  const PathMapping& paths_;
  TextPool& texts_;
  std::uint32_t trace_;
  std::unordered_map<std::uint64_t, Stack> stacks_;  // by process and thread; none is empty
  std::vector<Scan> scans_;
  std::uint64_t incomplete_ = 0;
};

}  // namespace quarry::etl_report
