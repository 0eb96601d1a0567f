#include "common/table/bad_lines.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace quarry::table {
namespace {

constexpr std::size_t kTold = 5;

}  // namespace

BadLineLog::BadLineLog(const ScanContext& context,
                       std::function<std::string(std::uint32_t)> name_of,
                       std::function<std::uint64_t(const BadPlace&)> line_of)
    : context_(context), name_of_(std::move(name_of)), line_of_(std::move(line_of)) {}

Result<void> BadLineLog::note(BadPlace place, std::string_view text, std::string why) {
  if (context_.strict) {
    return fail(Error(ErrorCode::kData, why, "without --strict such lines are skipped and counted")
                    .at(place_text(place)));
  }
  if (context_.bad_lines != nullptr) {
    if (place.line == 0) place.line = line_of_(place);
    context_.bad_lines->keep(name_of_(place.input), place.line, text, why);
    if (context_.report != nullptr)
      context_.report->kept_bad_lines.fetch_add(1, std::memory_order_relaxed);
  } else if (context_.report != nullptr) {
    context_.report->bad_lines.fetch_add(1, std::memory_order_relaxed);
  }
  const std::lock_guard lock(mutex_);
  ++noted_;
  Entry entry{place, std::move(why)};
  if (at_once_) {
    if (told_ < kTold) tell(entry);
    return ok();
  }
  const auto position = std::ranges::upper_bound(
      first_, std::pair(place.order, place.start), {},
      [](const Entry& other) { return std::pair(other.place.order, other.place.start); });
  first_.insert(position, std::move(entry));
  if (first_.size() > kTold) first_.pop_back();
  return ok();
}

void BadLineLog::report() {
  const std::lock_guard lock(mutex_);
  for (const Entry& entry : std::exchange(first_, {})) tell(entry);
  const std::uint64_t more = std::exchange(noted_, 0) - std::exchange(told_, 0);
  if (more == 0 || context_.diagnostics == nullptr) return;
  Diagnostic rest;
  rest.level = Level::kWarning;
  rest.kind = DiagnosticClass::kData;
  rest.message = fmt::format("{} more broken {} skipped", text::with_thousands(more),
                             more == 1 ? "line was" : "lines were");
  context_.diagnostics->add(std::move(rest));
}

void BadLineLog::tell(const Entry& entry) {
  ++told_;
  if (context_.diagnostics == nullptr) return;
  const bool kept = context_.bad_lines != nullptr;
  Diagnostic diagnostic;
  diagnostic.level = Level::kWarning;
  diagnostic.kind = DiagnosticClass::kData;
  diagnostic.message = entry.why + (kept ? "; line kept" : "; line skipped");
  if (!kept) diagnostic.hint = "--bad-lines FILE keeps such lines";
  diagnostic.file = place_text(entry.place);
  context_.diagnostics->add(std::move(diagnostic));
}

std::string BadLineLog::place_text(BadPlace place) const {
  if (place.line == 0) place.line = line_of_(place);
  return fmt::format("{}:{}:{}", name_of_(place.input), place.line, place.byte);
}

}  // namespace quarry::table
