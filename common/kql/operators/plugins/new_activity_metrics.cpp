// new_activity_metrics(id, timeline, start, end, window, [cohort], [dim, …], [lookback]): the ids
// first seen in one window (a cohort), and how many of them were seen in each window from there on.
//
// A row for every pair of windows between `start` and `end`, also for cohorts of nobody, whose
// rates are NaN: the documentation's example filters such rows away. Ids of the table `lookback`
// are in no cohort.
#include "common/kql/operators/plugins/activity.h"

#include <fmt/format.h>

#include <limits>
#include <unordered_map>

namespace quarry::kql::operators {
namespace {

constexpr std::int64_t kMostWindows = 3000;

/// The optional arguments: a constant, columns, a table.
struct Extras {
  const syntax::Expression* cohort = nullptr;
  const syntax::Expression* lookback = nullptr;
  std::vector<const syntax::Expression*> dimensions;
};

Extras sort_out(const PluginCall& call, const PlanNode& input) {
  Extras extras;
  const auto is_column = [&](const syntax::Expression& written) {
    return written.kind == syntax::ExpressionKind::kName &&
           call.binder().find_column(input.columns,
                                     static_cast<const syntax::Name&>(written).name) != nullptr;
  };
  std::vector<const syntax::Expression*> rest = call.rest();
  if (!rest.empty() && !is_column(*rest.back()) && call.binder().is_tabular(*rest.back())) {
    extras.lookback = rest.back();
    rest.pop_back();
  }
  if (!rest.empty() && !is_column(*rest.front())) {
    extras.cohort = rest.front();
    rest.erase(rest.begin());
  }
  extras.dimensions = std::move(rest);
  return extras;
}

/// The ids of the lookback table, as texts; nullopt after an error.
std::optional<std::set<std::string>> known_ids(const PluginCall& call,
                                               const syntax::Expression* written,
                                               const BoundColumn& id) {
  std::set<std::string> known;
  if (written == nullptr) return known;
  Binder& binder = call.binder();
  PlanNodePtr table = binder.bind_table(*written);
  if (table == nullptr) return std::nullopt;
  const BoundColumn* column = binder.find_column(table->columns, id.name);
  if (column == nullptr && table->columns.size() == 1) column = &table->columns[0];
  if (column == nullptr) {
    binder.error(written->span,
                 fmt::format("the lookback table needs a column '{}' with the ids", id.name));
    return std::nullopt;
  }
  const NamedValue ids{"id", make_column(*column), written->span, true};
  const auto rows = rows_of(binder, binder.project(std::move(table), {ids}), written->span);
  if (!rows) return std::nullopt;
  for (std::size_t row = 0; row < rows->all.rows(); ++row) known.insert(text_of(rows->at(0, row)));
  return known;
}

struct Cohorts {
  const Bins& bins;
  std::int64_t first, last;           // windows
  std::optional<std::int64_t> only;   // cohort
  const std::vector<bool>& is_known;  // by id

  void add(Events group, ActivityTable& table) const {
    const auto windows = static_cast<std::size_t>(last - first + 1);
    std::unordered_map<std::uint32_t, std::size_t> home;  // id -> its cohort
    std::vector<std::int64_t> sizes(windows);
    std::vector<std::vector<std::int64_t>> seen(
        windows, std::vector<std::int64_t>(windows));  // window -> cohort -> ids of it
    for_each_run(
        group, [&](const Event& event) { return bins.bin(event.time); },
        [&](std::int64_t bin, Events events) {
          const auto window = static_cast<std::size_t>(bin - first);
          for (const std::uint32_t id : distinct_ids(events)) {
            if (is_known[id]) continue;
            const auto [at, is_new] = home.emplace(id, window);
            if (is_new) ++sizes[window];
            ++seen[window][at->second];
          }
        });
    for (std::size_t to = 0; to < windows && !table.is_full(); ++to) {
      std::int64_t later = 0;  // ids of cohorts behind `from`
      for (std::size_t from = to + 1; from-- > 0;) {
        const std::int64_t size = sizes[from], back = seen[to][from];
        const auto rate = [&](std::int64_t part) {
          return size == 0 ? std::numeric_limits<double>::quiet_NaN()
                           : static_cast<double>(part) / static_cast<double>(size);
        };
        const std::int64_t bin = first + static_cast<std::int64_t>(from);
        if (!only || *only == bin) {
          table.add({bins.start(bin), bins.start(first + static_cast<std::int64_t>(to))},
                    group[0].group,
                    {from == to ? size : later, back, size - back, rate(back), rate(size - back)});
        }
        later += back;
      }
    }
  }
};

PlanNodePtr bind_new_activity_metrics(const PluginCall& call, PlanNodePtr input) {
  const Extras extras = sort_out(call, *input);
  auto source = activity_source(
      call, *input,
      {.id = "IdColumn", .timeline = "TimelineColumn", .dimensions = extras.dimensions});
  if (!source) return nullptr;
  TimelineArguments arguments(call, source->timeline());
  const Position start = arguments.point("Start"), end = arguments.point("End");
  const Bins bins = arguments.bins("Window", start);
  if (!arguments.sound()) return nullptr;
  std::optional<std::int64_t> only;
  if (extras.cohort != nullptr) {
    const auto cohort = call.binder().constant(
        *extras.cohort, source->timeline() == Type::kInt ? Type::kLong : source->timeline(),
        "the cohort of new_activity_metrics");
    if (!cohort && !call.binder().checking()) return nullptr;
    const auto position = cohort ? position_of(*cohort) : std::nullopt;
    if (position) only = bins.bin(*position);
  }
  const auto known = known_ids(call, extras.lookback, source->columns[0]);
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity || !known) return nullptr;
  std::vector<bool> is_known;
  for (std::uint32_t id = 0; id < activity->ids.first_row.size(); ++id)
    is_known.push_back(known->contains(text_of(activity->id(id))));
  ActivityTable table(call, "new_activity_metrics");
  const Cohorts cohorts{bins, bins.bin(start), bins.bin(end), only, is_known};
  if (cohorts.last - cohorts.first >= kMostWindows) {
    call.binder().error(
        call.span(),
        fmt::format("new_activity_metrics would compare more than {} windows with each other",
                    kMostWindows),
        "take a longer window, or a shorter time from start to end");
    return nullptr;
  }
  for (const Events group : activity->by_group(start, end)) {
    if (!table.is_full()) cohorts.add(group, table);
  }
  const std::string& name = activity->source.timeline_name();
  return table.finish(*activity, {"from_" + name, "to_" + name},
                      {{"dcount_new_values", Type::kLong},
                       {"dcount_retained_values", Type::kLong},
                       {"dcount_churn_values", Type::kLong},
                       {"retention_rate", Type::kReal},
                       {"churn_rate", Type::kReal}});
}

constexpr Param kParams[]{
    {.name = "IdColumn", .help = "Who was active."},
    {.name = "TimelineColumn", .help = "When."},
    {.name = "Start", .help = "The first moment to look at; windows count from here."},
    {.name = "End", .help = "The last moment to look at."},
    {.name = "Window", .help = "The length of a window, or 'week', 'month', 'year'."},
    {.name = "more",
     .help = "A moment whose cohort alone is wanted; then columns whose values are counted apart; "
             "then a table of ids that are not new.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kNewActivityMetrics{
    .name = "new_activity_metrics",
    .summary = "How many of the ids that were new in one window of time come back in later ones.",
    .params = kParams,
    .example =
        "datatable (id: string, t: long) ['a', 0, 'b', 0, 'a', 10, 'c', 10] | evaluate "
        "new_activity_metrics(id, t, 0, 19, 10, 0) | where to_t == 10 | project retention_rate",
    .example_result = "0.5",
    .bind = bind_new_activity_metrics,
};

}  // namespace quarry::kql::operators
