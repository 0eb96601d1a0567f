#include "tools/etl-report/parameters/parameters.h"

#include "tools/etl-report/parameters/min_duration.h"
#include "tools/etl-report/views/tables.h"

#include <fmt/format.h>

#include <array>
#include <span>

namespace quarry::etl_report {
namespace {

using config::OptionDef;
using config::OptionKind;

constexpr ParameterName kMinStartTime{"MinStartTime"};
constexpr ParameterName kMaxStartTime{"MaxStartTime"};
constexpr ParameterName kMinEndTime{"MinEndTime"};
constexpr ParameterName kMaxEndTime{"MaxEndTime"};
constexpr ParameterName kRaw{"Raw"};
constexpr ParameterName kTopPathsDepth{"TopPathsDepth"};
constexpr ParameterName kMinDuration{"MinDuration"};
constexpr ParameterName kOverviewSwitch{"Overview"};

std::span<const std::string_view> nested_words() {
  static constexpr std::array<std::string_view, 2> kWords{"comments", "separate"};
  return kWords;
}

constexpr OptionDef kScan[]{
    {.name = kMinStartTime.option(),
     .metavar = "TIME",
     .help = "Only scans that began then or later: 2026-05-14T08:00:00Z, or a FILETIME number; "
             "without a zone it is UTC",
     .kind = OptionKind::kValue},
    {.name = kMaxStartTime.option(),
     .metavar = "TIME",
     .help = "Only scans that began then or earlier; a whole second is all of it",
     .kind = OptionKind::kValue},
    {.name = kMinEndTime.option(),
     .metavar = "TIME",
     .help = "Only scans that ended then or later",
     .kind = OptionKind::kValue},
    {.name = kMaxEndTime.option(),
     .metavar = "TIME",
     .help = "Only scans that ended then or earlier; a whole second is all of it",
     .kind = OptionKind::kValue},
    {.name = "nested",
     .metavar = "HOW",
     .help = "Show a scan inside a scan as a comment of it, or as a scan of its own",
     .kind = OptionKind::kChoice,
     .default_text = "comments",
     .choices = nested_words},
};

constexpr OptionDef kRawSwitch[]{
    {.name = kRaw.option(),
     .help = "Print JSON for machines: times as FILETIME numbers, durations in ticks of 100 ns"},
};

constexpr OptionDef kDiff[]{
    {.name = "top",
     .metavar = "N",
     .help = "Show the N largest changes of files, of processes and of extensions; 0: all",
     .kind = OptionKind::kValue,
     .default_text = "10"},
};

constexpr OptionDef kLimits[]{
    {.name = kTopPathsDepth.option(),
     .metavar = "N",
     .help = "How deep directories are shown: C:\\ is 1; 1 to 1024, 3 without it",
     .kind = OptionKind::kValue},
    {.name = kMinDuration.option(),
     .metavar = "TIME",
     .help = "Leave out scans that took less, and groups that took less in all: 1.5sec, 10ms, "
             "500us, 0:01:30, 2m; a bare number is days",
     .kind = OptionKind::kValue},
};

Failure bad_value(std::string_view option, const std::string& value, std::string_view what) {
  return fail(ErrorCode::kUsage, fmt::format("--{}: '{}' is not {}", option, value, what));
}

Result<std::optional<etl::FileTime>> time_option(const cli::Options& options,
                                                 std::string_view name) {
  if (!options.is_set(name)) return std::nullopt;
  const auto time = parse_filetime(options.text(name));
  if (!time) {
    return bad_value(name, options.text(name), "a time such as 2026-05-14T08:00:00Z");
  }
  return *time;
}

/// 0 to `most`; nullopt where the option is not given.
Result<std::optional<std::size_t>> count_option(const cli::Options& options, std::string_view name,
                                                std::uint64_t least, std::uint64_t most) {
  QUARRY_TRY(const std::optional<std::uint64_t> count, options.number(name));
  if (!count) return std::nullopt;
  if (*count < least || *count > most) {
    return bad_value(name, options.text(name), fmt::format("between {} and {}", least, most));
  }
  return static_cast<std::size_t>(*count);
}

Result<void> read_counts(const cli::Options& options, const ListDef& list, Parameters& into) {
  QUARRY_TRY(const auto count, count_option(options, list.parameter.option(), 0, kMaxCount));
  into.set_count(list, count.value_or(0));
  for (const ListDef* const below : list.below) {
    QUARRY_CHECK(read_counts(options, *below, into));
  }
  return ok();
}

Failure needs(std::string_view parameter, std::string_view needed, std::string_view option) {
  return fail(ErrorCode::kUsage,
              fmt::format("Parameter '{}' requires parameter '{}'", parameter, needed),
              fmt::format("add --{} N", option));
}

Result<void> check_needs(const Parameters& parameters, const ListDef& list) {
  for (const ListDef* const below : list.below) {
    if (parameters.count_of(*below) > 0 && parameters.count_of(list) == 0) {
      return needs(below->parameter.pascal(), list.parameter.pascal(), list.parameter.option());
    }
    QUARRY_CHECK(check_needs(parameters, *below));
  }
  return ok();
}

/// Is a list of directories asked for, anywhere in the tree?
bool shows_folders(const Parameters& parameters, const ListDef& list) {
  if (list.subject == Subject::kFolders && parameters.count_of(list) > 0) return true;
  for (const ListDef* const below : list.below) {
    if (shows_folders(parameters, *below)) return true;
  }
  return false;
}

std::string names_of_views() {
  std::string names;
  for (const View* const view : kViews) {
    names += view == kViews.front() ? "" : view == kViews.back() ? " or " : ", ";
    names += view->name;
  }
  return names;
}

void add_parameters(const ListDef& list, std::vector<ParameterDef>& all) {
  all.push_back({list.parameter.pascal(), list.parameter.option()});
  for (const ListDef* const below : list.below) add_parameters(*below, all);
}

}  // namespace

constinit const config::OptionTable kScanOptions{"Scan", kScan};
constinit const config::OptionTable kRawOptions{"Machine", kRawSwitch};
constinit const config::OptionTable kDiffOptions{"Diff", kDiff};
constinit const config::OptionTable kLimitOptions{"Limit", kLimits};

Result<ScanChoice> read_scan_choice(const cli::Options& options) {
  ScanChoice choice;
  QUARRY_TRY(choice.times.min_start, time_option(options, kMinStartTime.option()));
  QUARRY_TRY(choice.times.max_start, time_option(options, kMaxStartTime.option()));
  QUARRY_TRY(choice.times.min_end, time_option(options, kMinEndTime.option()));
  QUARRY_TRY(choice.times.max_end, time_option(options, kMaxEndTime.option()));
  for (auto* const latest : {&choice.times.max_start, &choice.times.max_end}) {
    if (*latest) *latest = cover_second(**latest);
  }
  QUARRY_CHECK(choice.times.check());
  choice.nested = options.text("nested") == "separate" ? Nested::kSeparate : Nested::kComments;
  choice.raw = options.is_declared(kRaw.option()) && options.flag(kRaw.option());
  return choice;
}

Result<Parameters> Parameters::read(const cli::Options& options) {
  Parameters parameters;
  for (const View* const view : kViews) {
    if (view->list != nullptr) QUARRY_CHECK(read_counts(options, *view->list, parameters));
  }
  parameters.overview_ = options.flag(kOverviewSwitch.option());
  QUARRY_TRY(const auto depth, count_option(options, kTopPathsDepth.option(), 1, kMaxDepth));
  parameters.depth_given_ = depth.has_value();
  parameters.depth_ = depth.value_or(kDefaultDepth);
  const std::string& least = options.text(kMinDuration.option());
  if (!least.empty()) {
    const auto ticks = parse_min_duration(least);
    if (!ticks) {
      return bad_value(kMinDuration.option(), least, "a duration such as 1.5sec, 10ms or 0:01:30");
    }
    parameters.min_duration_ = *ticks;
  }
  QUARRY_CHECK(parameters.check());
  return parameters;
}

std::size_t Parameters::count_of(const ListDef& list) const {
  const auto found = counts_.find(list.parameter.option());
  return found == counts_.end() ? 0 : found->second;
}

bool Parameters::asks_for(const View& view) const {
  return view.list == nullptr ? overview_ : count_of(*view.list) > 0;
}

void Parameters::set_count(const ListDef& list, std::size_t count) {
  counts_[list.parameter.option()] = count;
}

Result<void> Parameters::check() const {
  bool any = false;
  bool folders = false;
  for (const View* const view : kViews) {
    any = any || asks_for(*view);
    if (view->list == nullptr) continue;
    QUARRY_CHECK(check_needs(*this, *view->list));
    folders = folders || shows_folders(*this, *view->list);
  }
  if (depth_given_ && !folders) {
    return needs(kTopPathsDepth.pascal(), kTopPaths.list->parameter.pascal(),
                 kTopPaths.list->parameter.option());
  }
  if (any) return ok();
  return fail(ErrorCode::kUsage,
              fmt::format("at least one of {} must be present", names_of_views()),
              "etl-report --top-files 10 --top-processes 10 FILE.etl");
}

std::vector<ParameterDef> all_parameters() {
  std::vector<ParameterDef> all{{"Path", ""}};
  for (const View* const view : kViews) {
    if (view->list != nullptr) add_parameters(*view->list, all);
  }
  for (const ParameterName* const name : {&kTopPathsDepth, &kMinDuration, &kMinStartTime,
                                          &kMinEndTime, &kMaxStartTime, &kMaxEndTime}) {
    all.push_back({name->pascal(), name->option()});
  }
  for (const ParameterName* const name : {&kOverviewSwitch, &kRaw}) {
    all.push_back({name->pascal(), name->option(), false});
  }
  return all;
}

}  // namespace quarry::etl_report
