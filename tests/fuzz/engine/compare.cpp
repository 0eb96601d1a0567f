#include "tests/fuzz/engine/compare.h"

#include "common/base/unicode.h"
#include "common/kql/operators/operator.h"
#include "common/kql/syntax/formatter.h"
#include "common/kql/syntax/highlight.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::fuzz {
namespace {

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

std::string difference(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty() && first_line(a) == first_line(b)) {
    a.remove_prefix(std::min(a.size(), first_line(a).size() + 1));
    b.remove_prefix(std::min(b.size(), first_line(b).size() + 1));
  }
  return fmt::format("  first: {}\n  now:   {}", first_line(a), first_line(b));
}

std::string print(const Shape& shape) {
  return fmt::format("batches of {}, {} threads, blocks of {}{}{}", shape.batch_rows, shape.threads,
                     shape.block_bytes, shape.use_needles ? "" : ", no needles",
                     shape.spill ? ", spilled" : "");
}

/// What no run may say or write.
std::string unsound(const Ran& ran) {
  if ((ran.errors + ran.warnings).find("internal error") != std::string::npos)
    return "an internal error:\n" + ran.errors + ran.warnings;
  std::string_view rest = ran.bytes;
  while (!rest.empty()) {
    const std::string_view line = first_line(rest);
    if (!is_valid_json(line)) return fmt::format("a line is no JSON: {}", line);
    if (!unicode::is_valid(line)) return fmt::format("a line is no UTF-8: {}", line);
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return {};
}

}  // namespace

Compared compare_shapes(const std::string& query, std::span<const InputTable> tables,
                        const std::filesystem::path& folder, std::span<const Shape> shapes,
                        bool repeatable) {
  Compared compared;
  compared.first = run_query(query, tables, folder, {.batch_rows = 1, .threads = 1});
  const Ran& first = compared.first;
  compared.finding = unsound(first);
  if (!first.accepted) return compared;
  for (const Shape& shape : shapes) {
    if (!compared.finding.empty()) return compared;
    const Ran now = run_query(query, tables, folder, shape);
    compared.finding = unsound(now);
    if (!compared.finding.empty() || first.limited || now.limited || !repeatable) continue;
    if (first.finished != now.finished) {
      compared.finding = fmt::format("fails in one shape only: {}\n{}", print(shape),
                                     difference(first.errors, now.errors));
    } else if (first.finished && first.bytes != now.bytes) {
      compared.finding = fmt::format("other bytes than batches of 1, 1 thread: {}\n{}",
                                     print(shape), difference(first.bytes, now.bytes));
    } else if (first_line(first.errors) != first_line(now.errors)) {
      compared.finding = fmt::format("another error than batches of 1, 1 thread: {}\n{}",
                                     print(shape), difference(first.errors, now.errors));
    }
  }
  return compared;
}

std::string check_layout(const std::string& query, std::span<const InputTable> tables) {
  std::uint32_t end = 0;
  for (const kql::syntax::HighlightedSpan& span :
       kql::syntax::highlight(query, kql::operator_syntax_table())) {
    if (span.span.start < end || span.span.start + span.span.length > query.size())
      return fmt::format("a coloured span at {} overlaps or leaves the text", span.span.start);
    end = span.span.start + span.span.length;
  }
  Diagnostics diagnostics;
  const auto once = kql::syntax::format_query(query, diagnostics);
  if (!once) return {};
  const auto twice = kql::syntax::format_query(*once, diagnostics);
  if (!twice || *twice != *once)
    return fmt::format("formatting twice gives another text\n{}",
                       difference(*once, twice.value_or("(nothing)")));
  if (check_query(query, tables).accepted != check_query(*once, tables).accepted)
    return fmt::format("the formatted text is judged otherwise:\n{}", *once);
  return {};
}

}  // namespace quarry::fuzz
