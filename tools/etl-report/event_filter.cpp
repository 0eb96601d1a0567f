#include "tools/etl-report/event_filter.h"

#include "common/base/suggest.h"
#include "common/base/text.h"
#include "common/base/wildcard.h"
#include "tools/etl-report/event_names.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::etl_report {
namespace {

std::optional<std::uint32_t> parse_number(std::string_view text) {
  const auto number = text::parse_int64(text);
  if (!number || *number < 0 || *number > 0xFFFFFFFF) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

/// "5", "1-7".
Result<std::vector<std::pair<std::uint32_t, std::uint32_t>>> parse_ranges(
    const cli::Invocation& invocation, std::string_view option) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  for (const std::string& text : invocation.list(option)) {
    const std::string_view whole = text;
    const std::size_t dash = whole.find('-');
    const auto first = parse_number(whole.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_number(whole.substr(dash + 1));
    if (!first || !last || *last < *first) {
      return fail(ErrorCode::kUsage,
                  fmt::format("--{} wants a number or a range, not '{}'", option, text),
                  fmt::format("--{} 5, --{} 1-7", option, option));
    }
    ranges.emplace_back(*first, *last);
  }
  return ranges;
}

Result<std::optional<etl::FileTime>> parse_time(const cli::Invocation& invocation,
                                                std::string_view option) {
  QUARRY_TRY(const std::optional<Datetime> instant, invocation.options().instant(option));
  if (!instant) return std::optional<etl::FileTime>();
  return std::optional(etl::from_datetime(*instant));
}

bool is_in(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& ranges,
           std::uint32_t number) {
  return std::any_of(ranges.begin(), ranges.end(), [number](const auto& range) {
    return range.first <= number && number <= range.second;
  });
}

}  // namespace

Result<EventFilter> EventFilter::from_options(const cli::Invocation& invocation) {
  EventFilter filter;
  filter.providers_ = invocation.list("provider");
  QUARRY_TRY(filter.ids_, parse_ranges(invocation, "id"));
  QUARRY_TRY(filter.pids_, parse_ranges(invocation, "pid"));
  QUARRY_TRY(filter.from_, parse_time(invocation, "from"));
  QUARRY_TRY(filter.to_, parse_time(invocation, "to"));
  return filter;
}

void EventFilter::bind(const etl::Trace& trace, Diagnostics& diagnostics) {
  guids_.clear();
  std::set<Guid> present;
  for (const auto& entry : trace.survey().by_key) present.insert(entry.first.provider);
  std::vector<std::string> names;
  for (const Guid& guid : present) names.emplace_back(provider_name(trace, guid));
  for (const std::string& wanted : providers_) {
    if (const auto guid = parse_guid(wanted)) {
      guids_.insert(*guid);
      continue;
    }
    bool found = false;
    std::size_t i = 0;
    for (const Guid& guid : present) {
      const std::string& name = names[i++];
      if (name.empty() || !fits_wildcard(text::lower_ascii(wanted), text::lower_ascii(name)))
        continue;
      guids_.insert(guid);
      found = true;
    }
    if (found) continue;
    const auto near = nearest(wanted, names);
    diagnostics.add({.level = Level::kWarning,
                     .kind = DiagnosticClass::kUsage,
                     .message = fmt::format("holds no event of a provider '{}'", wanted),
                     .hint = (near ? "did you mean '" + *near + "'?  " : std::string()) +
                             "etl-report providers lists them",
                     .where = std::nullopt,
                     .file = trace.name()});
  }
}

bool EventFilter::accepts(const etl::Event& event) const {
  if (from_ && event.time < *from_) return false;
  if (is_past(event)) return false;
  if (!providers_.empty() && !guids_.contains(event.provider)) return false;
  if (!pids_.empty() && !is_in(pids_, event.process_id)) return false;
  if (ids_.empty()) return true;
  const bool has_type = etl::is_kernel(event.kind) || etl::is_classic(event.kind);
  return is_in(ids_, has_type ? event.opcode : event.id);
}

}  // namespace quarry::etl_report
