#include "tools/incident-link/forms/timeline_lines.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/output/cell_text.h"
#include "common/output/column_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::incident_link {
namespace {

constexpr std::size_t kDigits = 12;     // of a digest; --row takes them
constexpr std::size_t kLeastText = 20;  // narrower than this nothing can be read

/// To the second: seven digits are for machines, and --format list shows them.
std::string instant_in_words(Datetime time, const std::optional<TimeZone>& zone) {
  std::string text;
  output::append_instant(text, time, zone);
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return text;
  return text.erase(dot, text.find_first_not_of("0123456789", dot + 1) - dot);
}

/// "DeviceEvents · device:d1 · by ann · flag red: look here"
std::string beside(const TimelineItem& item) {
  std::string words = item.source;
  const auto add = [&words](std::string_view what, const std::string& text) {
    if (!text.empty()) words += fmt::format(" · {}{}", what, text);
  };
  add("", item.entities);
  add("by ", item.by);
  add("flag ", item.flag);
  return words;
}

void add_folded(std::vector<std::string>& lines, const std::string& text, std::size_t width) {
  for (std::string& line : folded(unicode::escape_for_terminal(text), width))
    lines.push_back(std::move(line));
}

/// Too narrow for what stands side by side: one below the other.
ResultTable one_column(const std::vector<TimelineItem>& items,
                       const std::vector<std::string>& times, std::size_t width, bool rows) {
  ResultTable table({{"Timeline", Type::kString}});
  for (std::size_t i = 0; i < items.size(); ++i) {
    const TimelineItem& item = items[i];
    std::vector<std::string> lines;
    add_folded(lines, times[i], width);
    add_folded(lines, item.what, width);
    add_folded(lines, beside(item), width);
    if (item.row != nullptr) add_folded(lines, "row " + item.row->sha256.substr(0, kDigits), width);
    if (rows && item.row != nullptr) add_folded(lines, item.row->json, width);
    for (std::string& line : lines) table.add({text_cell(std::move(line))});
  }
  return table;
}

}  // namespace

std::vector<std::string> folded(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t used = 0;
  const auto end_line = [&] {
    lines.push_back(std::exchange(line, {}));
    used = 0;
  };
  for (std::string_view word : text::split(text, ' ')) {
    const std::size_t needed = unicode::display_width(word);
    if (used > 0 && used + 1 + needed > width) end_line();
    if (used > 0) {
      line += ' ';
      ++used;
    }
    for (std::size_t at = 0; at < word.size();) {
      const std::size_t start = at;
      const std::size_t columns = unicode::display_width(unicode::decode(word, at));
      if (used > 0 && used + columns > width) end_line();
      line += word.substr(start, at - start);
      used += columns;
    }
  }
  if (used > 0) end_line();
  return lines;
}

ResultTable timeline_lines(const std::vector<TimelineItem>& items, std::size_t width,
                           const std::optional<TimeZone>& zone, bool rows) {
  std::vector<std::string> times;
  std::size_t beside_text = kDigits + 2 * output::kColumnGap;
  std::size_t longest_time = 0;
  for (const TimelineItem& item : items) {
    times.push_back(instant_in_words(item.time, zone));
    longest_time = std::max(longest_time, unicode::display_width(times.back()));
  }
  beside_text += longest_time;
  if (width < beside_text + kLeastText) return one_column(items, times, width, rows);
  const std::size_t room = width - beside_text;
  ResultTable table({{"Time", Type::kString}, {"What", Type::kString}, {"Row", Type::kString}});
  for (std::size_t i = 0; i < items.size(); ++i) {
    const TimelineItem& item = items[i];
    std::vector<std::string> lines;
    add_folded(lines, item.what, room);
    add_folded(lines, beside(item), room);
    if (rows && item.row != nullptr) add_folded(lines, item.row->json, room);
    const std::string digest = item.row == nullptr ? "" : item.row->sha256.substr(0, kDigits);
    for (std::size_t k = 0; k < lines.size(); ++k)
      table.add({text_cell(k == 0 ? times[i] : ""), text_cell(std::move(lines[k])),
                 text_cell(k == 0 ? digest : "")});
  }
  return table;
}

}  // namespace quarry::incident_link
