#include "tools/etl-report/forms/rows.h"

#include "common/value/builder.h"
#include "common/value/dynamic.h"
#include "tools/etl-report/trace_labels.h"
#include "tools/etl-report/views/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace quarry::etl_report {
namespace {

/// A time as one of the two types a column of times may have.
class TimeColumn {
 public:
  explicit TimeColumn(TimeForm form) : form_(form) {}

  void append(etl::FileTime time) {
    if (form_ == TimeForm::kFileTime) {
      numbers_.append(time.ticks);
    } else if (const auto instant = etl::to_datetime(time)) {
      instants_.append(*instant);
    } else {
      instants_.append_null();
    }
  }
  Column finish() { return form_ == TimeForm::kFileTime ? numbers_.finish() : instants_.finish(); }

 private:
  TimeForm form_;
  ColumnBuilder<Type::kLong> numbers_;
  ColumnBuilder<Type::kDatetime> instants_;
};

class ScanColumns {
 public:
  explicit ScanColumns(TimeForm times) : times_(times), start_(times), end_(times) {}

  void append(const Scan& scan, const std::string& trace) {
    type_.append_copy(name_of(scan.type));
    start_.append(scan.start);
    end_.append(scan.end);
    duration_.append(scan.duration());
    reason_.append_copy(scan.reason);
    skip_reason_.append_copy(name_of(scan.skip_reason));
    path_.append_copy(scan.path);
    process_path_.append_copy(scan.process_path);
    image_.append_copy(image_of(scan));
    if (scan.process_id > 0) {
      process_id_.append(scan.process_id);
    } else {
      process_id_.append_null();
    }
    process_name_.append_copy(process_name_of(scan));
    append_comments(scan);
    trace_.append_copy(trace);
    ++rows_;
  }

  Batch finish() {
    std::vector<Column> columns;
    columns.push_back(type_.finish());
    columns.push_back(start_.finish());
    columns.push_back(end_.finish());
    columns.push_back(duration_.finish());
    columns.push_back(reason_.finish());
    columns.push_back(skip_reason_.finish());
    columns.push_back(path_.finish());
    columns.push_back(process_path_.finish());
    columns.push_back(image_.finish());
    columns.push_back(process_id_.finish());
    columns.push_back(process_name_.finish());
    columns.push_back(comments_.finish());
    columns.push_back(trace_.finish());
    return {std::move(columns), std::exchange(rows_, 0)};
  }

 private:
  void append_comments(const Scan& scan) {
    if (scan.comments.empty()) return comments_.append_null();
    std::string json;
    for (const Comment& comment : scan.comments) {
      json += json.empty() ? '[' : ',';
      append_json_string(json, text_of(comment, times_));
    }
    comments_.append_copy(json + ']');
  }

  TimeForm times_;
  ColumnBuilder<Type::kString> type_;
  TimeColumn start_;
  TimeColumn end_;
  ColumnBuilder<Type::kLong> duration_;
  ColumnBuilder<Type::kString> reason_;
  ColumnBuilder<Type::kString> skip_reason_;
  ColumnBuilder<Type::kString> path_;
  ColumnBuilder<Type::kString> process_path_;
  ColumnBuilder<Type::kString> image_;
  ColumnBuilder<Type::kLong> process_id_;
  ColumnBuilder<Type::kString> process_name_;
  ColumnBuilder<Type::kDynamic> comments_;
  ColumnBuilder<Type::kString> trace_;
  std::size_t rows_ = 0;
};

Result<void> write_entries(const List& list, BatchSink& sink) {
  Schema schema;
  std::vector<Column> columns;
  for (const StatisticDef& def : statistic_defs()) {
    schema.columns.push_back({std::string(def.name), Type::kLong});
    ColumnBuilder<Type::kLong> values;
    for (const Entry& entry : list.entries) {
      values.append(def.ticks == nullptr ? static_cast<std::int64_t>(entry.statistics.count)
                                         : entry.statistics.*def.ticks);
    }
    columns.push_back(values.finish());
  }
  schema.columns.push_back({std::string(key_name(list.subject)), Type::kString});
  ColumnBuilder<Type::kString> keys;
  for (const Entry& entry : list.entries) keys.append_copy(entry.key);
  columns.push_back(keys.finish());
  QUARRY_CHECK(sink.begin(schema, std::string(list.member)));
  if (!list.entries.empty()) {
    QUARRY_CHECK(sink.write(Batch(std::move(columns), list.entries.size())));
  }
  return sink.end();
}

/// One row, a column for each figure.
Result<void> write_overview(const Overview& overview, TimeForm times, BatchSink& sink) {
  Schema schema;
  std::vector<Column> columns;
  for (const Figure& figure : overview.figures) {
    const bool is_time = figure.unit == Figure::Unit::kTime && times == TimeForm::kIso;
    schema.columns.push_back({std::string(figure.name), is_time ? Type::kDatetime : Type::kLong});
    TimeColumn column(is_time ? TimeForm::kIso : TimeForm::kFileTime);
    column.append({figure.value});
    columns.push_back(column.finish());
  }
  QUARRY_CHECK(sink.begin(schema, "Overview"));
  if (!columns.empty()) QUARRY_CHECK(sink.write(Batch(std::move(columns), 1)));
  return sink.end();
}

/// What each entry of the list holds; "" where nothing.
std::string_view member_below(const Parameters& parameters, const ListDef& list) {
  if (list.subject == Subject::kFolders && parameters.depth() > 1) return "Folder";
  for (const ListDef* const below : list.below) {
    if (parameters.count_of(*below) > 0) return below->member;
  }
  return {};
}

}  // namespace

Schema scan_schema(TimeForm times) {
  const Type time = times == TimeForm::kIso ? Type::kDatetime : Type::kLong;
  return {{{"ScanType", Type::kString},
           {"StartTime", time},
           {"EndTime", time},
           {"Duration", Type::kLong},
           {"Reason", Type::kString},
           {"SkipReason", Type::kString},
           {"Path", Type::kString},
           {"ProcessPath", Type::kString},
           {"Image", Type::kString},
           {"ProcessId", Type::kLong},
           {"ProcessName", Type::kString},
           {"Comments", Type::kDynamic},
           {kTraceColumn, Type::kString}}};
}

Result<void> write_scans(std::span<const Scan* const> scans, const Recordings& recordings,
                         TimeForm times, BatchSink& sink) {
  QUARRY_CHECK(sink.begin(scan_schema(times), "DefenderScans"));
  ScanColumns columns(times);
  for (std::size_t at = 0; at < scans.size(); at += kDefaultBatchRows) {
    const std::size_t count = std::min(kDefaultBatchRows, scans.size() - at);
    for (const Scan* const scan : scans.subspan(at, count)) {
      columns.append(*scan, recordings.facts[scan->trace].label);
    }
    QUARRY_CHECK(sink.write(columns.finish()));
  }
  return sink.end();
}

Result<void> write_scans_for_screen(std::span<const Scan* const> scans,
                                    const Recordings& recordings, TimeForm times, BatchSink& sink) {
  // Of a row that has no place, its end goes.
  constexpr std::array<std::string_view, 6> kFirst{"StartTime", "Duration", "Path",
                                                   "Image",     "ScanType", "Reason"};
  const Schema all = scan_schema(times);
  std::vector<std::size_t> order;
  for (const std::string_view name : kFirst) order.push_back(*all.find(name));
  for (std::size_t i = 0; i < all.columns.size(); ++i) {
    if (std::ranges::find(order, i) == order.end()) order.push_back(i);
  }
  Schema schema;
  for (const std::size_t i : order) schema.columns.push_back(all.columns[i]);
  QUARRY_CHECK(sink.begin(schema, "DefenderScans"));
  ScanColumns rows(times);
  for (const Scan* const scan : scans) rows.append(*scan, recordings.facts[scan->trace].label);
  const Batch batch = rows.finish();
  std::vector<Column> columns;
  for (const std::size_t i : order) columns.push_back(batch.column(i));
  QUARRY_CHECK(sink.write(Batch(std::move(columns), batch.rows())));
  return sink.end();
}

Result<void> check_flat(const Parameters& parameters) {
  for (const View* const view : kViews) {
    if (view->list == nullptr || !parameters.asks_for(*view)) continue;
    const std::string_view below = member_below(parameters, *view->list);
    if (below.empty()) continue;
    return fail(ErrorCode::kUsage,
                fmt::format("this format has no place for the list '{}' of each entry of {}", below,
                            view->list->member),
                "--format json, markdown or html; of TopPaths --top-paths-depth 1 is flat");
  }
  return ok();
}

Result<void> write_report(const Report& report, const Recordings& recordings, TimeForm times,
                          BatchSink& sink) {
  for (const Section& section : report.sections) {
    const auto* const list = std::get_if<List>(&section.body);
    if (list == nullptr) {
      QUARRY_CHECK(write_overview(std::get<Overview>(section.body), times, sink));
    } else if (list->subject == Subject::kScans) {
      QUARRY_CHECK(write_scans(list->scans, recordings, times, sink));
    } else {
      QUARRY_CHECK(write_entries(*list, sink));
    }
  }
  return ok();
}

}  // namespace quarry::etl_report
