// Several texts in one row of offsets: the query, then the functions that it loads from files. A
// span is one pair of numbers wherever its text came from; here it finds the way back.
#pragma once

#include "common/base/source_span.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace quarry {

class SourceMap {
 public:
  /// How a text lies in its file: what stands before it, and what was cut from each of its lines (a
  /// block of YAML is indented).
  struct Origin {
    std::string name;  // "triage.kql", "query"
    std::uint32_t lines_before = 0;
    std::uint32_t columns_before = 0;
  };
  /// Where a span lies. The views live as long as nothing is added.
  struct Place {
    std::string_view name;
    std::string_view text;  // of this source alone
    SourceSpan span;        // in `text`
    LineColumn at;          // in the file
  };

  /// Puts the text behind those that are there; returns its first offset. Offsets stay valid,
  /// views of text() do not.
  std::uint32_t add(std::string_view text, Origin origin);
  void clear();

  bool empty() const { return sources_.empty(); }
  /// All texts, each followed by a line end.
  std::string_view text() const { return text_; }
  /// text() up to the end of the last source: what a parser reads that begins at its offset.
  std::string_view text_so_far() const;
  /// True for spans of the first source, the query.
  bool is_first(SourceSpan span) const;
  /// A span behind all sources lies at the end of the last. There is at least one source.
  Place place(SourceSpan span) const;

 private:
  struct Source {
    Origin origin;
    std::uint32_t start = 0;
    std::uint32_t length = 0;
  };
  const Source& source_of(std::uint32_t offset) const;

  std::string text_;
  std::deque<Source> sources_;  // in order of their offsets
};

}  // namespace quarry
