#include "common/cli/show_config.h"

#include "common/base/unicode.h"
#include "common/io/sink.h"
#include "common/output/format.h"
#include "common/value/builder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace quarry::cli {
namespace {

struct Line {
  std::string name;
  std::string value;
  std::string origin;
};

// Options that ask for something else than a run are no settings.
bool is_setting(const OptionDef& option) {
  static constexpr std::array<std::string_view, 4> kQuestions{"help", "version", "show-config",
                                                              "generate"};
  return std::find(kQuestions.begin(), kQuestions.end(), option.name) == kQuestions.end();
}

std::string value_of(const Options::Item& item) {
  if (item.option->kind == OptionKind::kList)
    return fmt::format("{}", fmt::join(item.setting.values, ", "));
  if (item.setting.is_set()) return item.setting.text();
  if (item.option->is_switch()) return "false";
  return item.option->kind == OptionKind::kCount ? "0" : "";
}

std::vector<Line> lines_of(const Options& options) {
  std::vector<Line> lines;
  for (const Options::Item& item : options.items()) {
    if (is_setting(*item.option)) {
      lines.push_back({std::string(item.option->name), value_of(item), item.setting.origin});
    }
  }
  return lines;
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t used = unicode::display_width(text);
  return text + std::string(width > used ? width - used : 0, ' ');
}

Column text_column(const std::vector<Line>& lines, std::string Line::*part) {
  ColumnBuilder<Type::kString> builder(lines.size());
  for (const Line& line : lines) builder.append_copy(line.*part);
  return builder.finish();
}

Result<void> write_rows(const Options& options, const output::FormatDef& format,
                        const Streams& streams, io::Sink& out) {
  const std::vector<Line> lines = lines_of(options);
  const output::FormatOptions look{.width = streams.stdout_is_terminal ? streams.width : 0,
                                   .color = streams.color};
  const std::unique_ptr<BatchSink> sink = format.make(out, look);
  const Schema schema{
      .columns = {{"name", Type::kString}, {"value", Type::kString}, {"origin", Type::kString}}};
  std::vector<Column> columns;
  for (const auto part : {&Line::name, &Line::value, &Line::origin}) {
    columns.push_back(text_column(lines, part));
  }
  QUARRY_CHECK(sink->begin(schema, ""));
  QUARRY_CHECK(sink->write(Batch(std::move(columns), lines.size())));
  return sink->end();
}

}  // namespace

std::string config_text(const Options& options) {
  const std::vector<Line> lines = lines_of(options);
  std::size_t names = 0;
  std::size_t values = 0;
  for (const Line& line : lines) {
    names = std::max(names, unicode::display_width(line.name));
    values = std::max(values, std::min<std::size_t>(40, unicode::display_width(line.value)));
  }
  std::string out;
  for (const Line& line : lines) {
    out += fmt::format("{} = {}  # {}\n", padded(line.name, names),
                       padded(unicode::escape_for_terminal(line.value), values), line.origin);
  }
  return out;
}

Result<void> show_config(const Invocation& invocation) {
  const Options& options = invocation.options();
  io::Sink out(STDOUT_FILENO, "stdout");
  if (options.is_declared("format") && options.is_given("format")) {
    const output::FormatDef* const format = output::find_format(options.text("format"));
    QUARRY_CHECK(write_rows(options, *format, invocation.streams(), out));
  } else {
    QUARRY_CHECK(out.write(config_text(options)));
  }
  return out.flush();
}

}  // namespace quarry::cli
