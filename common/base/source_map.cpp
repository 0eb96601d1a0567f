#include "common/base/source_map.h"

#include "common/base/assert.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace quarry {

std::uint32_t SourceMap::add(std::string_view text, Origin origin) {
  const auto start = static_cast<std::uint32_t>(text_.size());
  sources_.push_back({std::move(origin), start, static_cast<std::uint32_t>(text.size())});
  text_ += text;
  text_ += '\n';
  return start;
}

void SourceMap::clear() {
  text_.clear();
  sources_.clear();
}

std::string_view SourceMap::text_so_far() const {
  return std::string_view(text_).substr(0, text_.empty() ? 0 : text_.size() - 1);
}

const SourceMap::Source& SourceMap::source_of(std::uint32_t offset) const {
  QUARRY_ASSERT(!sources_.empty(), "a source map that is asked has a source");
  const auto behind = std::upper_bound(
      sources_.begin(), sources_.end(), offset,
      [](std::uint32_t wanted, const Source& source) { return wanted < source.start; });
  return behind == sources_.begin() ? sources_.front() : *std::prev(behind);
}

bool SourceMap::is_first(SourceSpan span) const {
  return !sources_.empty() && &source_of(span.start) == &sources_.front();
}

SourceMap::Place SourceMap::place(SourceSpan span) const {
  const Source& source = source_of(span.start);
  Place place;
  place.name = source.origin.name;
  place.text = std::string_view(text_).substr(source.start, source.length);
  place.span.start = std::min(span.start - source.start, source.length);
  place.span.length = std::min(span.length, source.length - place.span.start);
  place.at = line_column(place.text, place.span.start);
  place.at.line += source.origin.lines_before;
  place.at.column += source.origin.columns_before;
  return place;
}

}  // namespace quarry
