#include "tools/etl-report/diff/diff.h"

#include "common/value/builder.h"
#include "tools/etl-report/forms/tables.h"
#include "tools/etl-report/views/grouping.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace quarry::etl_report {
namespace {

struct SubjectDef {
  Subject subject;
  std::string_view title;
  std::string_view kind;  // of one of them, in rows
};
constexpr SubjectDef kSubjects[]{{Subject::kFiles, "Files", "File"},
                                 {Subject::kProcesses, "Processes", "Process"},
                                 {Subject::kExtensions, "Extensions", "Extension"}};

const SubjectDef& def_of(Subject subject) {
  return *std::find_if(std::begin(kSubjects), std::end(kSubjects) - 1,
                       [&](const SubjectDef& def) { return def.subject == subject; });
}

Change change_of(Group group) {
  std::vector<const Scan*> before;
  std::vector<const Scan*> after;
  for (const Scan* const scan : group.scans) (scan->trace == 0 ? before : after).push_back(scan);
  return {std::move(group.key), statistics_of(before), statistics_of(after)};
}

bool larger(const Change& a, const Change& b) {
  const std::int64_t of_a = std::abs(a.ticks());
  const std::int64_t of_b = std::abs(b.ticks());
  return of_a != of_b ? of_a > of_b : a.key < b.key;
}

std::string signed_text(std::int64_t ticks) {
  return (ticks < 0 ? "-" : "+") + duration_text(std::abs(ticks));
}

}  // namespace

std::vector<Changes> compare(std::span<const Scan* const> scans, std::size_t top) {
  // Groups are called as their first scan spells them: the first recording's come first.
  std::vector<const Scan*> ordered(scans.begin(), scans.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Scan* a, const Scan* b) { return a->trace < b->trace; });
  std::vector<Changes> result;
  for (const SubjectDef& def : kSubjects) {
    Changes changes{.subject = def.subject, .all = {}};
    for (Group& one : group(ordered, def.subject, 1)) {
      Change change = change_of(std::move(one));
      if (change.before != change.after) changes.all.push_back(std::move(change));
    }
    std::sort(changes.all.begin(), changes.all.end(), larger);
    if (top > 0 && changes.all.size() > top) {
      changes.all.erase(changes.all.begin() + static_cast<std::ptrdiff_t>(top), changes.all.end());
    }
    result.push_back(std::move(changes));
  }
  return result;
}

std::string_view title_of(Subject subject) { return def_of(subject).title; }

output::ReportTable change_table(const Changes& changes) {
  output::ReportTable table;
  table.columns = {{"Change", true},     {"TotalBefore", true},
                   {"TotalAfter", true}, {"CountBefore", true},
                   {"CountAfter", true}, {std::string(key_name(changes.subject)), false}};
  for (const Change& change : changes.all) {
    table.rows.push_back({{signed_text(change.ticks()), duration_text(change.before.total),
                           duration_text(change.after.total), std::to_string(change.before.count),
                           std::to_string(change.after.count), change.key},
                          {}});
  }
  return table;
}

Result<void> write_changes(const std::vector<Changes>& changes, BatchSink& sink) {
  const Schema schema{{{"Kind", Type::kString},
                       {"Name", Type::kString},
                       {"CountBefore", Type::kLong},
                       {"CountAfter", Type::kLong},
                       {"TotalBefore", Type::kLong},
                       {"TotalAfter", Type::kLong},
                       {"Change", Type::kLong}}};
  ColumnBuilder<Type::kString> kinds;
  ColumnBuilder<Type::kString> names;
  ColumnBuilder<Type::kLong> numbers[5];
  for (const Changes& subject : changes) {
    for (const Change& change : subject.all) {
      kinds.append_copy(def_of(subject.subject).kind);
      names.append_copy(change.key);
      numbers[0].append(static_cast<std::int64_t>(change.before.count));
      numbers[1].append(static_cast<std::int64_t>(change.after.count));
      numbers[2].append(change.before.total);
      numbers[3].append(change.after.total);
      numbers[4].append(change.ticks());
    }
  }
  const std::size_t rows = kinds.rows();
  std::vector<Column> columns;
  columns.push_back(kinds.finish());
  columns.push_back(names.finish());
  for (auto& column : numbers) columns.push_back(column.finish());
  QUARRY_CHECK(sink.begin(schema, "DefenderScanChanges"));
  if (rows > 0) QUARRY_CHECK(sink.write(Batch(std::move(columns), rows)));
  return sink.end();
}

}  // namespace quarry::etl_report
