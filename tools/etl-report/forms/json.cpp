#include "tools/etl-report/forms/json.h"

#include "common/base/text.h"
#include "common/value/dynamic.h"

#include <utility>

namespace quarry::etl_report {
namespace {

void append_time(std::string& out, etl::FileTime time, TimeForm form) {
  if (form == TimeForm::kFileTime) {
    text::append_int(out, time.ticks);
  } else if (etl::to_datetime(time)) {
    out += '"';
    etl::append_filetime(out, time);
    out += '"';
  } else {
    out += "null";  // a damaged record's time is no date
  }
}

/// Writes the members of one object.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  ~Object() { out_ += '}'; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  std::string& key(std::string_view name) {
    if (!std::exchange(first_, false)) out_ += ',';
    append_json_string(out_, name);
    return out_ += ':';
  }
  void number(std::string_view name, std::int64_t value) { text::append_int(key(name), value); }
  void text(std::string_view name, std::string_view value) { append_json_string(key(name), value); }
  void text_unless_empty(std::string_view name, std::string_view value) {
    if (!value.empty()) text(name, value);
  }

 private:
  std::string& out_;
  bool first_ = true;
};

class ReportWriter {
 public:
  ReportWriter(const Recordings& recordings, TimeForm times)
      : recordings_(recordings), times_(times) {}

  std::string write(const Report& report) {
    {
      Object object(out_);
      for (const Section& section : report.sections) {
        object.key(section.name);
        std::visit([this](const auto& body) { append(body); }, section.body);
      }
    }
    return std::move(out_) + "\n";
  }

 private:
  void append(const List& list) {
    out_ += '[';
    bool first = true;
    for (const Entry& entry : list.entries) {
      if (!std::exchange(first, false)) out_ += ',';
      append(entry, list.subject);
    }
    for (const Scan* const scan : list.scans) {
      if (!std::exchange(first, false)) out_ += ',';
      append_scan(out_, *scan, times_,
                  recordings_.facts.size() > 1 ? recordings_.facts[scan->trace].label : "");
    }
    out_ += ']';
  }

  void append(const Entry& entry, Subject subject) {
    Object object(out_);
    for (const StatisticDef& def : statistic_defs()) {
      object.number(def.name, def.ticks == nullptr
                                  ? static_cast<std::int64_t>(entry.statistics.count)
                                  : entry.statistics.*def.ticks);
    }
    object.text(key_name(subject), entry.key);
    for (const List& list : entry.lists) {
      object.key(list.member);
      append(list);
    }
  }

  void append(const Overview& overview) {
    Object object(out_);
    for (const Figure& figure : overview.figures) {
      if (figure.unit == Figure::Unit::kTime) {
        append_time(object.key(figure.name), {figure.value}, times_);
      } else {
        object.number(figure.name, figure.value);
      }
    }
  }

  const Recordings& recordings_;
  TimeForm times_;
  std::string out_;
};

}  // namespace

void append_scan(std::string& out, const Scan& scan, TimeForm times, std::string_view trace) {
  Object object(out);
  object.text("ScanType", name_of(scan.type));
  append_time(object.key("StartTime"), scan.start, times);
  append_time(object.key("EndTime"), scan.end, times);
  object.number("Duration", scan.duration());
  object.text("Reason", scan.reason);
  object.text("SkipReason", name_of(scan.skip_reason));
  object.text_unless_empty("Path", scan.path);
  object.text_unless_empty("ProcessPath", scan.process_path);
  object.text_unless_empty("Image", image_of(scan));
  if (scan.process_id > 0) object.number("ProcessId", scan.process_id);
  object.text_unless_empty("ProcessName", process_name_of(scan));
  if (!scan.comments.empty()) {
    std::string& array = object.key("Comments");
    for (std::size_t i = 0; i < scan.comments.size(); ++i) {
      array += i == 0 ? '[' : ',';
      append_json_string(array, text_of(scan.comments[i], times));
    }
    array += ']';
  }
  object.text_unless_empty("trace", trace);
}

std::string to_json(const Report& report, const Recordings& recordings, TimeForm times) {
  return ReportWriter(recordings, times).write(report);
}

}  // namespace quarry::etl_report
