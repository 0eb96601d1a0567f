// The output formats, one table: every tool's --format, its help and completions derive from it.
#pragma once

#include "common/io/sink.h"
#include "common/time/zone.h"
#include "common/value/batch_sink.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace quarry::output {

/// How results should look; each format heeds what concerns it.
struct FormatOptions {
  std::size_t width = 0;  // columns of the terminal; 0: no limit
  bool color = false;
  bool typed = false;          // ndjson: schema line first
  bool csv_safe = false;       // csv, tsv: guard cells that a spreadsheet would run as a formula
  bool line_buffered = false;  // flush after every batch
  std::optional<TimeZone>
      zone{};  // table and list: show instants in this zone; data formats stay UTC
};

struct FormatDef {
  std::string_view name;
  std::string_view summary;
  std::string_view endings;  // of files that hold it, separated by blanks: ".ndjson .jsonl"
  /// `out` outlives the sink.
  std::unique_ptr<BatchSink> (*make)(io::Sink& out, const FormatOptions& options);
};

/// table, ndjson, csv, tsv, json, markdown, html, list.
std::span<const FormatDef> formats();
const FormatDef* find_format(std::string_view name);
/// What a file of this name should hold, by its ending in any case; nullptr where no format has the
/// ending.
const FormatDef* find_format_of_file(std::string_view path);
/// The ending of a file's name that says what it should hold: ".pdf". "" where it has none, or one
/// without a letter: a date, a number.
std::string_view ending_of_file(std::string_view path);
/// All endings of formats(), separated by blanks.
std::string known_endings();

std::unique_ptr<BatchSink> make_box_table(io::Sink& out, const FormatOptions& options);
std::unique_ptr<BatchSink> make_ndjson(io::Sink& out, const FormatOptions& options);
std::unique_ptr<BatchSink> make_csv(io::Sink& out, const FormatOptions& options);
std::unique_ptr<BatchSink> make_tsv(io::Sink& out, const FormatOptions& options);
std::unique_ptr<BatchSink> make_json_array(io::Sink& out, const FormatOptions& options);
std::unique_ptr<BatchSink> make_markdown(io::Sink& out, const FormatOptions& options);
std::unique_ptr<BatchSink> make_html(io::Sink& out, const FormatOptions& options);
std::unique_ptr<BatchSink> make_list(io::Sink& out, const FormatOptions& options);

}  // namespace quarry::output
