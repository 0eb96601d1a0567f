// Rules out lines by their raw bytes before anything is parsed: a row that passes the filter must
// contain certain texts (see Needle). One needle is searched for through the whole block; only the
// lines it hits are looked at further. (Palkar et al., "Filter Before You Parse", VLDB 2018.) Which
// one, and whether searching helps at all, is decided for each block by its own first lines, so
// that neither rows nor counts depend on timing: reading a column at the front of a long line costs
// less than searching the whole line. Soundness in JSON: any character may be written as
// \uXXXX, so a line with such an escape counts as a hit.
#pragma once

#include "common/base/text_search.h"
#include "common/table/block_lines.h"
#include "common/table/reader.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace quarry::table {

/// What a format may do to hide a needle's characters.
enum class Escapes : std::uint8_t { kNone, kJson };

/// Reach of a filter where it is not known, or where finding a column costs as much as searching.
inline constexpr float kWholeLine = 1;

/// Immutable; shared by the workers of a scan.
class Prefilter {
 public:
  Prefilter(const std::vector<Needle>& needles, Escapes escapes);

  bool is_empty() const { return needles_.empty(); }
  /// Marks the lines that may pass: `hits` gets one byte a line. False when searching is not worth
  /// it: every line may pass. `reach` is which part of a line, of 1, has to be parsed for the
  /// filter's columns.
  bool run(std::string_view text, const std::vector<LineRef>& lines, float reach,
           std::vector<std::uint8_t>& hits) const;

 private:
  using Alternatives = std::vector<TextSearcher>;

  static bool contains_any(const Alternatives& needle, std::string_view line);
  bool has_hidden_text(std::string_view line) const;
  const Alternatives* choose(std::string_view text, const std::vector<LineRef>& lines,
                             float reach) const;
  void mark(const TextSearcher& searcher, std::string_view text, const std::vector<LineRef>& lines,
            std::vector<std::uint8_t>& hits) const;
  void mark_escapes(std::string_view text, const std::vector<LineRef>& lines,
                    std::vector<std::uint8_t>& hits) const;

  std::vector<Alternatives> needles_;
  TextSearcher escape_;
  Escapes escapes_;
};

}  // namespace quarry::table
