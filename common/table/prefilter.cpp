#include "common/table/prefilter.h"

#include <algorithm>

namespace quarry::table {
namespace {

constexpr std::size_t kMaxAlternatives =
    8;  // more passes over a block cost more than parsing its lines
constexpr std::size_t kProbedLines = 64;  // of each block, to judge a needle
constexpr float kParseCost = 6;           // of a byte, in passes of a search over it
constexpr std::uint8_t kHit = 1;
constexpr std::uint8_t kEscaped = 2;  // may hide anything

std::size_t shortest(const Needle& needle) {
  std::size_t least = std::string_view::npos;
  for (const std::string& text : needle.any_of) least = std::min(least, text.size());
  return least;
}

// An odd number of backslashes up to and including the one at `at` makes it an escape.
bool is_escape(std::string_view text, std::size_t at) {
  std::size_t run = 1;
  while (run <= at && text[at - run] == '\\') ++run;
  return run % 2 != 0;
}

// The first line, from `from` on, that ends behind `offset`.
std::size_t line_at(const std::vector<LineRef>& lines, std::size_t from, std::size_t offset) {
  const auto found = std::upper_bound(
      lines.begin() + static_cast<std::ptrdiff_t>(from), lines.end(), offset,
      [](std::size_t at, const LineRef& line) { return at < std::size_t{line.begin} + line.size; });
  return static_cast<std::size_t>(found - lines.begin());
}

}  // namespace

Prefilter::Prefilter(const std::vector<Needle>& needles, Escapes escapes)
    : escape_("\\u", CaseMode::kSensitive), escapes_(escapes) {
  std::vector<const Needle*> usable;
  for (const Needle& needle : needles) {
    if (needle.any_of.size() <= kMaxAlternatives && shortest(needle) > 0) usable.push_back(&needle);
  }
  // Few and long texts first: they are the likeliest to be rare.
  std::ranges::stable_sort(usable, [](const Needle* a, const Needle* b) {
    return a->any_of.size() != b->any_of.size() ? a->any_of.size() < b->any_of.size()
                                                : shortest(*a) > shortest(*b);
  });
  for (const Needle* needle : usable) {
    Alternatives alternatives;
    for (const std::string& text : needle->any_of) alternatives.emplace_back(text, needle->mode);
    needles_.push_back(std::move(alternatives));
  }
}

bool Prefilter::contains_any(const Alternatives& needle, std::string_view line) {
  return std::ranges::any_of(
      needle, [&](const TextSearcher& text) { return text.find(line) != std::string_view::npos; });
}

bool Prefilter::has_hidden_text(std::string_view line) const {
  if (escapes_ == Escapes::kNone) return false;
  for (std::size_t at = escape_.find(line); at != std::string_view::npos;
       at = escape_.find(line, at + 1)) {
    if (is_escape(line, at)) return true;
  }
  return false;
}

// The first needle that rules out at least half of the first lines for less than parsing costs.
const Prefilter::Alternatives* Prefilter::choose(std::string_view text,
                                                 const std::vector<LineRef>& lines,
                                                 float reach) const {
  const std::size_t probed = std::min(lines.size(), kProbedLines);
  const std::size_t escape_passes = escapes_ == Escapes::kJson ? 1 : 0;
  for (const Alternatives& needle : needles_) {
    if (static_cast<float>(needle.size() + escape_passes) > kParseCost * reach) continue;
    std::size_t hits = 0;
    for (std::size_t i = 0; i < probed; ++i) {
      const std::string_view line = lines[i].in(text);
      hits += contains_any(needle, line) || has_hidden_text(line) ? 1 : 0;
    }
    if (2 * hits <= probed) return &needle;
  }
  return nullptr;
}

void Prefilter::mark(const TextSearcher& searcher, std::string_view text,
                     const std::vector<LineRef>& lines, std::vector<std::uint8_t>& hits) const {
  std::size_t line = 0;
  for (std::size_t at = searcher.find(text); at != std::string_view::npos;
       at = searcher.find(text, at)) {
    line = line_at(lines, line, at);
    if (line == lines.size()) return;
    hits[line] |= kHit;
    at = lines[line].begin + std::size_t{lines[line].size};
  }
}

void Prefilter::mark_escapes(std::string_view text, const std::vector<LineRef>& lines,
                             std::vector<std::uint8_t>& hits) const {
  std::size_t line = 0;
  for (std::size_t at = escape_.find(text); at != std::string_view::npos;) {
    if (!is_escape(text, at)) {
      at = escape_.find(text, at + 1);
      continue;
    }
    line = line_at(lines, line, at);
    if (line == lines.size()) return;
    hits[line] |= kEscaped;
    at = escape_.find(text, lines[line].begin + std::size_t{lines[line].size});
  }
}

bool Prefilter::run(std::string_view text, const std::vector<LineRef>& lines, float reach,
                    std::vector<std::uint8_t>& hits) const {
  if (needles_.empty()) return false;
  const Alternatives* const chosen = choose(text, lines, reach);
  if (chosen == nullptr) return false;
  hits.assign(lines.size(), 0);
  for (const TextSearcher& searcher : *chosen) mark(searcher, text, lines, hits);
  if (escapes_ == Escapes::kJson) mark_escapes(text, lines, hits);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (hits[i] != kHit) continue;  // ruled out, or may hide the other needles too
    const std::string_view line = lines[i].in(text);
    const bool all = std::ranges::all_of(needles_, [&](const Alternatives& needle) {
      return &needle == chosen || contains_any(needle, line);
    });
    if (!all) hits[i] = 0;
  }
  return true;
}

}  // namespace quarry::table
