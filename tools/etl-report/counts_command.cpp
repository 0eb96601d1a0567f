// etl-report providers and events: counts from the survey, most frequent first.
#include "common/base/text.h"
#include "common/cli/result_output.h"
#include "common/value/builder.h"
#include "tools/etl-report/etl_report_app.h"
#include "tools/etl-report/event_names.h"
#include "tools/etl-report/recording.h"
#include "tools/etl-report/trace_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace quarry::etl_report {
namespace {

using Strings = ColumnBuilder<Type::kString>;
using Longs = ColumnBuilder<Type::kLong>;
using Guids = ColumnBuilder<Type::kGuid>;

void append_number(Longs& column, std::uint64_t number) {
  column.append(static_cast<std::int64_t>(number));
}
void append_provider(Guids& column, const Guid& provider) {
  provider == Guid{} ? column.append_null() : column.append(provider);
}

/// A trace made of ever new events: more sorts of them than are told apart.
void tell_uncounted(cli::Invocation& invocation, const etl::Trace& trace) {
  const std::uint64_t events = trace.survey().uncounted;
  if (events == 0) return;
  invocation.diagnostics().add(
      {.level = Level::kWarning,
       .kind = DiagnosticClass::kData,
       .message =
           fmt::format("{} events are not counted: only the first {} sorts are told apart",
                       text::with_thousands(events), text::with_thousands(etl::Survey::kMaxKeys)),
       .hint = {},
       .where = std::nullopt,
       .file = trace.name()});
}

struct ProviderCount {
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;
  std::uint64_t sorts = 0;
  std::uint64_t decodable = 0;
};

std::map<Guid, ProviderCount> by_provider(const etl::Trace& trace) {
  std::map<Guid, ProviderCount> counts;
  for (const auto& [key, count] : trace.survey().by_key) {
    ProviderCount& provider = counts[key.provider];
    provider.events += count.count;
    provider.bytes += count.bytes;
    provider.sorts += 1;
    if (is_decodable(trace, key)) provider.decodable += count.count;
  }
  return counts;
}

/// Most frequent first; equal counts in the order of the map.
template <class Map, class Count>
auto by_frequency(const Map& counts, Count count) {
  std::vector<const typename Map::value_type*> order;
  for (const auto& entry : counts) order.push_back(&entry);
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) {
    return count(a->second) > count(b->second);
  });
  return order;
}

std::string_view kind_of(const etl::EventKey& key) {
  if (etl::is_event_header(key.kind)) return key.name_hash != 0 ? "tracelogging" : "manifest";
  if (etl::is_kernel(key.kind)) return "kernel";
  if (etl::is_classic(key.kind)) return "classic";
  return etl::name_of(key.kind);
}

}  // namespace

Result<int> providers_command(cli::Invocation& invocation) {
  Guids provider;
  Strings name;
  Longs events;
  Longs bytes;
  Longs sorts;
  Longs decodable;
  Strings label;
  const TraceLabels labels(invocation.arguments());
  QUARRY_TRY(const int status, for_each_recording(invocation, [&](const etl::Trace& trace) {
               tell_uncounted(invocation, trace);
               const std::map<Guid, ProviderCount> counts = by_provider(trace);
               for (const auto* const entry :
                    by_frequency(counts, [](const auto& c) { return c.events; })) {
                 append_provider(provider, entry->first);
                 name.append_copy(provider_name(trace, entry->first));
                 append_number(events, entry->second.events);
                 append_number(bytes, entry->second.bytes);
                 append_number(sorts, entry->second.sorts);
                 append_number(decodable, entry->second.decodable);
                 label.append_copy(labels.of(trace.name()));
               }
               return ok();
             }));
  const Schema schema{{{"ProviderName", Type::kString},
                       {"Provider", Type::kGuid},
                       {"Events", Type::kLong},
                       {"Bytes", Type::kLong},
                       {"Sorts", Type::kLong},
                       {"Decodable", Type::kLong},
                       {kTraceColumn, Type::kString}}};
  QUARRY_TRY(const int shown,
             cli::show_rows(invocation, schema,
                            {name.finish(), provider.finish(), events.finish(), bytes.finish(),
                             sorts.finish(), decodable.finish(), label.finish()}));
  return status != 0 ? status : shown;
}

Result<int> events_command(cli::Invocation& invocation) {
  Strings provider_names;
  Strings names;
  Longs ids;
  Longs versions;
  Longs counts;
  Longs bytes;
  Strings kinds;
  Guids providers;
  Longs groups;
  Strings label;
  const TraceLabels labels(invocation.arguments());
  QUARRY_TRY(const int status, for_each_recording(invocation, [&](const etl::Trace& trace) {
               tell_uncounted(invocation, trace);
               const auto& survey = trace.survey();
               for (const auto* const entry :
                    by_frequency(survey.by_key, [](const auto& c) { return c.count; })) {
                 const auto& [key, count] = *entry;
                 provider_names.append_copy(provider_name(trace, key.provider));
                 names.append_copy(event_name(trace, key, count));
                 append_number(ids, key.id);
                 append_number(versions, key.version);
                 append_number(counts, count.count);
                 append_number(bytes, count.bytes);
                 kinds.append_copy(kind_of(key));
                 append_provider(providers, key.provider);
                 etl::is_kernel(key.kind) ? append_number(groups, key.group) : groups.append_null();
                 label.append_copy(labels.of(trace.name()));
               }
               return ok();
             }));
  const Schema schema{{{"ProviderName", Type::kString},
                       {"EventName", Type::kString},
                       {"Id", Type::kLong},
                       {"Version", Type::kLong},
                       {"Count", Type::kLong},
                       {"Bytes", Type::kLong},
                       {"Kind", Type::kString},
                       {"Provider", Type::kGuid},
                       {"Group", Type::kLong},
                       {kTraceColumn, Type::kString}}};
  QUARRY_TRY(const int shown,
             cli::show_rows(invocation, schema,
                            {provider_names.finish(), names.finish(), ids.finish(),
                             versions.finish(), counts.finish(), bytes.finish(), kinds.finish(),
                             providers.finish(), groups.finish(), label.finish()}));
  return status != 0 ? status : shown;
}

}  // namespace quarry::etl_report
