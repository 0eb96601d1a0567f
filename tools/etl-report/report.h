// A report: sections as they were asked for, each a list of groups or scans, or the overview.
// Views (views/) build it, forms (forms/) write it.
#pragma once

#include "tools/etl-report/scans/recordings.h"
#include "tools/etl-report/scans/scan.h"
#include "tools/etl-report/scans/time_filter.h"
#include "tools/etl-report/views/statistics.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace quarry::etl_report {

class Parameters;

/// What a list holds.
enum class Subject : std::uint8_t { kFiles, kFolders, kExtensions, kProcesses, kScans };
/// The member that names an entry: "Path", "Extension", "ProcessPath"; scans have none.
std::string_view key_name(Subject subject);

struct Entry;

/// Entries by TotalDuration, or scans by Duration, the dearest first.
struct List {
  std::string_view member;  // "TopFiles", "Scans", "Folder"
  Subject subject = Subject::kScans;
  std::vector<Entry> entries;      // unless they are scans
  std::vector<const Scan*> scans;  // owned by the recordings
};

/// A group of scans.
struct Entry {
  std::string key;
  Statistics statistics;
  std::vector<List> lists;  // what was asked for below it
};

/// A fact of the overview.
struct Figure {
  enum class Unit : std::uint8_t { kCount, kTicks, kTime };
  std::string_view name;
  std::int64_t value = 0;
  Unit unit = Unit::kCount;
};

struct Overview {
  std::vector<Figure> figures;  // those that are not 0
};

struct Section {
  std::string_view name;
  std::variant<List, Overview> body;
};

struct Report {
  std::vector<Section> sections;
};

/// The scans that the filter lets through, in their order.
std::vector<const Scan*> chosen_scans(const std::vector<Scan>& scans, const TimeFilter& times);

/// The sections that the parameters ask for, in the order of the views.
Report make_report(const std::vector<const Scan*>& scans, const Parameters& parameters);

}  // namespace quarry::etl_report
