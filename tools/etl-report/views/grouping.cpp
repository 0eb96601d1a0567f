#include "tools/etl-report/views/grouping.h"

#include "common/base/unicode.h"
#include "tools/etl-report/parameters/parameters.h"
#include "tools/etl-report/views/path_parts.h"
#include "tools/etl-report/views/view.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quarry::etl_report {
namespace {

using Scans = std::span<const Scan* const>;

/// What names the scan's group; nullopt: it is in none. `level` is the depth of directories.
std::optional<std::string> key_of(const Scan& scan, Subject subject, std::size_t level) {
  if (subject == Subject::kProcesses) {
    return scan.process_path.empty() ? std::nullopt : std::optional(std::string(scan.process_path));
  }
  if (scan.path.empty()) return std::nullopt;
  if (subject == Subject::kExtensions) return extension_of(scan.path);
  if (subject == Subject::kFolders) return folder_of(scan.path, level);
  return std::string(scan.path);
}

template <class T>
void keep_first(std::vector<T>& all, std::size_t count) {
  if (all.size() > count) all.erase(all.begin() + static_cast<std::ptrdiff_t>(count), all.end());
}

class ListBuilder {
 public:
  explicit ListBuilder(const Parameters& parameters) : parameters_(parameters) {}

  List build(const ListDef& def, std::string_view member, Scans scans, std::size_t level) const {
    List list{.member = member, .subject = def.subject, .entries = {}, .scans = {}};
    if (def.subject == Subject::kScans) {
      list.scans = dearest_scans(scans, count_of(def));
      return list;
    }
    for (Group& one : dearest_groups(def, scans, level)) {
      list.entries.push_back({std::move(one.key), one.statistics, lists_below(def, one, level)});
    }
    return list;
  }

 private:
  std::size_t count_of(const ListDef& def) const { return parameters_.count_of(def); }

  std::vector<const Scan*> dearest_scans(Scans scans, std::size_t count) const {
    std::vector<const Scan*> kept;
    std::copy_if(scans.begin(), scans.end(), std::back_inserter(kept),
                 [&](const Scan* scan) { return scan->duration() >= parameters_.min_duration(); });
    std::stable_sort(kept.begin(), kept.end(), [](const Scan* a, const Scan* b) {
      return std::tuple(b->duration(), a->start, a->path) <
             std::tuple(a->duration(), b->start, b->path);
    });
    keep_first(kept, count);
    return kept;
  }

  std::vector<Group> dearest_groups(const ListDef& def, Scans scans, std::size_t level) const {
    std::vector<Group> groups = group(scans, def.subject, level);
    std::erase_if(groups, [&](const Group& one) {
      return one.statistics.total < parameters_.min_duration();
    });
    std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
      return std::tie(b.statistics.total, b.statistics.count, a.folded) <
             std::tie(a.statistics.total, a.statistics.count, b.folded);
    });
    keep_first(groups, count_of(def));
    return groups;
  }

  /// A directory that may have directories shows them, also where it has none.
  std::vector<List> lists_below(const ListDef& def, const Group& one, std::size_t level) const {
    std::vector<List> lists;
    for (const ListDef* const below : def.below) {
      if (count_of(*below) > 0) lists.push_back(build(*below, below->member, one.scans, 1));
    }
    if (def.subject == Subject::kFolders && level < parameters_.depth()) {
      lists.push_back(build(def, "Folder", one.scans, level + 1));
    }
    return lists;
  }

  const Parameters& parameters_;
};

}  // namespace

std::vector<Group> group(Scans scans, Subject subject, std::size_t level) {
  std::vector<Group> groups;
  std::unordered_map<std::string, std::size_t> index;
  for (const Scan* const scan : scans) {
    std::optional<std::string> key = key_of(*scan, subject, level);
    if (!key) continue;
    std::string folded = unicode::to_lower(*key);
    const auto [found, is_new] = index.try_emplace(folded, groups.size());
    if (is_new) groups.push_back({*std::move(key), std::move(folded), {}, {}});
    groups[found->second].scans.push_back(scan);
  }
  for (Group& one : groups) one.statistics = statistics_of(one.scans);
  return groups;
}

std::variant<List, Overview> build_list(const View& view, Scans scans,
                                        const Parameters& parameters) {
  return ListBuilder(parameters).build(*view.list, view.list->member, scans, 1);
}

}  // namespace quarry::etl_report
