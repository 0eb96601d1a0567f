#include "tools/etl-report/scans/scan.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

namespace quarry::etl_report {

std::string_view name_of(ScanType type) {
  switch (type) {
    case ScanType::kFile:
      return "FileScan";
    case ScanType::kOnDemand:
      return "OnDemandScan";
    case ScanType::kProcess:
      return "ProcessScan";
    case ScanType::kRealTime:
      break;
  }
  return "RealTimeScan";
}

std::string_view name_of(SkipReason reason) {
  switch (reason) {
    case SkipReason::kOptimization:
      return "Optimization";
    case SkipReason::kUser:
      return "User skipped";
    case SkipReason::kNotSkipped:
      break;
  }
  return "Not skipped";
}

std::int64_t ticks_between(etl::FileTime start, etl::FileTime end) {
  std::int64_t ticks = 0;
  // Damaged records hold any time.
  if (__builtin_sub_overflow(end.ticks, start.ticks, &ticks)) {
    return end > start ? std::numeric_limits<std::int64_t>::max() : 0;
  }
  return std::max<std::int64_t>(ticks, 0);
}

std::string text_of(const Comment& comment, TimeForm times) {
  switch (comment.kind) {
    case Comment::Kind::kMessage:
      return comment.text;
    case Comment::Kind::kNested:
      return fmt::format("{} lasted {}", comment.text, comment.duration);
    case Comment::Kind::kExpensive:
      break;
  }
  std::string time = std::to_string(comment.time.ticks);
  if (times == TimeForm::kIso) {
    time.clear();
    etl::append_filetime(time, comment.time);
  }
  return fmt::format("Expensive operation \"{}\" started at {} lasted {}", comment.text, time,
                     comment.duration);
}

std::string_view image_of(const Scan& scan) {
  const std::string_view path = scan.process_path;
  const std::string_view name = path.substr(path.find_last_of("\\/") + 1);
  return text::iequals_ascii(path.substr(0, 3), "pid") ? std::string_view() : name;
}

std::string process_name_of(const Scan& scan) {
  const std::string_view image = image_of(scan);
  if (image.empty() || scan.process_id == 0) return "";
  return fmt::format("{} ({})", image, scan.process_id);
}

bool earlier(const Scan& a, const Scan& b) {
  return std::tie(a.start, a.end, a.type, a.path) < std::tie(b.start, b.end, b.type, b.path);
}

std::string_view TextPool::keep(std::string_view text) {
  if (text.empty()) return {};
  const auto found = known_.find(text);
  if (found != known_.end()) return *found;
  return *known_.insert(texts_.emplace_back(text)).first;
}

}  // namespace quarry::etl_report
