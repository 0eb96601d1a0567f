// A scan: what the engine did for one request, from its start record to its stop record.
#pragma once

#include "common/etl/filetime.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace quarry::etl_report {

/// In alphabetical order of their names.
enum class ScanType : std::uint8_t { kFile, kOnDemand, kProcess, kRealTime };
/// "FileScan", "OnDemandScan", "ProcessScan", "RealTimeScan": ours, the real texts are not public.
std::string_view name_of(ScanType type);

enum class SkipReason : std::uint8_t { kNotSkipped, kOptimization, kUser };
/// "Not skipped", "Optimization", "User skipped".
std::string_view name_of(SkipReason reason);

/// In 100 ns ticks, never below 0; the largest number there is where it does not fit.
std::int64_t ticks_between(etl::FileTime start, etl::FileTime end);

/// What happened during a scan: a message of the engine, an expensive operation, a scan inside.
struct Comment {
  /// Comments of one time are in this order.
  enum class Kind : std::uint8_t { kMessage, kExpensive, kNested };
  Kind kind = Kind::kMessage;
  etl::FileTime time{};       // of the beginning
  std::int64_t duration = 0;  // of kExpensive and kNested, in ticks
  std::string text;           // the message; the operation's name; type and path of the scan
};

/// Plain data; texts belong to the TextPool that the scan was made with and may be empty.
struct Scan {
  ScanType type = ScanType::kRealTime;
  SkipReason skip_reason = SkipReason::kNotSkipped;
  std::uint32_t process_id = 0;  // 0: not known
  std::uint32_t trace = 0;       // number of the recording, from 0
  etl::FileTime start{};
  etl::FileTime end{};
  std::string_view reason;
  std::string_view path;
  std::string_view process_path;
  std::vector<Comment> comments;  // in the order of their times

  std::int64_t duration() const { return ticks_between(start, end); }
};

/// FILETIME numbers, or "2026-05-14T08:00:00.0000000Z".
enum class TimeForm : std::uint8_t { kFileTime, kIso };
/// As the cmdlet words it: "Expensive operation "NAME" started at TIME lasted TICKS".
std::string text_of(const Comment& comment, TimeForm times);

/// Base name of the process's path; "" where the path is empty or only a number ("pid:812").
std::string_view image_of(const Scan& scan);
/// "git.exe (2288)"; "" unless both are known.
std::string process_name_of(const Scan& scan);

/// Start, end, type, path: the order of every list that is not sorted by cost.
bool earlier(const Scan& a, const Scan& b);

/// Keeps each text once: a recording names the same files and processes over and over.
class TextPool {
 public:
  /// A view that is valid while the pool lives.
  std::string_view keep(std::string_view text);

 private:
  std::deque<std::string> texts_;
  std::unordered_set<std::string_view> known_;
};

}  // namespace quarry::etl_report
