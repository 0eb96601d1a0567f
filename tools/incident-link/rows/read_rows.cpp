#include "tools/incident-link/rows/read_rows.h"

#include "common/io/block_reader.h"
#include "common/io/input_set.h"
#include "common/io/line_splitter.h"
#include "common/io/open_input.h"
#include "common/json/element_stream.h"
#include "common/table/open_table.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

namespace quarry::incident_link {
namespace {

/// Fields of a megabyte are rows too; a line beyond this is none.
constexpr std::size_t kMaxRow = std::size_t{64} << 20;

class RowCollector {
 public:
  Result<void> add(std::string_view text, std::string place) {
    QUARRY_TRY(Row row, Row::parse(std::string(text), std::move(place)));
    const std::string type = row.type();
    if (type == "schema" || type == "summary") return ok();
    if (type == "error")
      return fail(Error(ErrorCode::kData,
                        "the program before this one reported an error: " + row.text("message"))
                      .at(row.place()));
    if (seen_.insert(row.sha256()).second) rows_.push_back(std::move(row));
    return ok();
  }
  std::vector<Row> take() { return std::move(rows_); }

 private:
  std::set<std::string> seen_;
  std::vector<Row> rows_;
};

/// In single quotes, as a shell takes it word for word.
std::string shell_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

/// The hint is a command that can be run, but for what comes behind it.
Failure not_rows(const io::Input& input, std::size_t line = 0) {
  const std::string hint =
      input.path == "-" ? std::string("put hq between: … | hq 'where true' | incident-link …")
                        : fmt::format("let hq read it: hq 'where true' {} | incident-link …",
                                      shell_word(input.path));
  return fail(Error(ErrorCode::kData, "not rows in JSON", hint)
                  .at(line == 0 ? input.name : fmt::format("{}:{}", input.name, line)));
}

Failure placed(const Error& error, const std::string& name) {
  return fail(error.file().empty() ? Error(error).at(name) : error);
}

std::string_view trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r\n") - first + 1);
}

/// A byte-order mark may stand before the first line; block text is without it.
Result<void> read_lines(const io::Input& input, const CancelToken& cancel, RowCollector& rows) {
  io::BlockReader reader({input}, {.max_line = kMaxRow, .keep_going = false}, cancel);
  std::size_t number = 0;
  for (;;) {
    QUARRY_TRY(const std::optional<io::Block> block, reader.next());
    if (!block) return ok();
    io::LineSplitter lines(block->text);
    for (std::string_view line; lines.next(line);) {
      ++number;
      const std::string_view text = trimmed(line);
      if (text.empty()) continue;
      if (text.front() != '{') return not_rows(input, number);
      QUARRY_CHECK(rows.add(text, fmt::format("{}:{}", input.name, number)));
    }
    if (block->over_long_line_follows)
      return fail(Error(ErrorCode::kData, "a row of more than 64 MiB")
                      .at(fmt::format("{}:{}", input.name, number + 1)));
  }
}

Result<void> read_elements(const io::Input& input, const CancelToken& cancel, RowCollector& rows) {
  QUARRY_TRY(const auto source, io::open_input(input, io::Interrupts{&cancel}));
  json::ElementStream stream(kMaxRow);
  const auto take = [&](const json::Element& element) -> Result<bool> {
    QUARRY_CHECK(
        rows.add(json::compact(element.text), fmt::format("{}:{}", input.name, element.line)));
    return true;
  };
  std::string buffer(std::size_t{1} << 16, '\0');
  for (;;) {
    QUARRY_TRY(const std::size_t size, source->read(buffer.data(), buffer.size()));
    if (size == 0) break;
    const Result<bool> fed = stream.feed(std::string_view(buffer).substr(0, size), take);
    if (!fed) return placed(fed.error(), input.name);
  }
  const Result<void> finished = stream.finish(take);
  return finished ? ok() : placed(finished.error(), input.name);
}

Result<void> read_input(const io::Input& input, const CancelToken& cancel, RowCollector& rows) {
  QUARRY_TRY(const std::string head, io::peek(input, io::Interrupts{&cancel}));
  const std::string_view start = trimmed(head);
  if (start.empty()) return ok();
  // A first row longer than the head is a row all the same.
  const bool one_line = start.front() == '{' && head.find('\n') == std::string::npos;
  switch (one_line ? table::Format::kNdjson : table::detect_format(head)) {
    case table::Format::kNdjson:
      return read_lines(input, cancel, rows);
    case table::Format::kJson:
      return read_elements(input, cancel, rows);
    default:
      return not_rows(input);
  }
}

}  // namespace

Result<std::vector<Row>> read_rows(cli::Invocation& invocation) {
  std::vector<std::string> names(invocation.arguments().begin(), invocation.arguments().end());
  if (names.empty()) names.emplace_back("-");
  for (const std::string& name : names) {
    if (name == "-" && invocation.streams().stdin_is_terminal)
      return fail(ErrorCode::kUsage, "standard input is a terminal",
                  "pipe rows into incident-link, or name a file of them");
  }
  const io::InputSet inputs = io::expand_inputs(names, invocation.cancel());
  if (!inputs.errors.empty()) return fail(inputs.errors.front());
  RowCollector rows;
  for (const io::Input& input : inputs.inputs)
    QUARRY_CHECK(read_input(input, invocation.cancel(), rows));
  if (const auto error = invocation.cancel().error()) return fail(*error);
  return rows.take();
}

}  // namespace quarry::incident_link
