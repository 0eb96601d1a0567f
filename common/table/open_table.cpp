#include "common/table/open_table.h"

#include "common/base/text.h"
#include "common/io/block_reader.h"
#include "common/io/open_input.h"
#include "common/json/element_stream.h"
#include "common/table/csv_reader.h"
#include "common/table/csv_records.h"
#include "common/table/json_array_reader.h"
#include "common/table/memory_reader.h"
#include "common/table/multi_reader.h"
#include "common/table/ndjson_reader.h"

#include <utility>

namespace quarry::table {
namespace {

bool is_delimited(Format format) { return format == Format::kCsv || format == Format::kTsv; }

/// By its ending, in front of that of a compression: logons.csv, logons.tsv.gz.
bool is_named_delimited(const std::string& name) {
  std::string lower = text::lower_ascii(name);
  for (const char* const packing : {".gz", ".zst", ".xz", ".bz2", ".lz4"}) {
    if (lower.ends_with(packing)) lower.resize(lower.rfind('.'));
  }
  return lower.ends_with(".csv") || lower.ends_with(".tsv");
}

// Looks at one input; every part reads what it needs by itself (a stream keeps what was peeked).
class Look {
 public:
  Look(io::Input input, const InputOptions& options, const CancelToken& cancel)
      : options_(options), interrupts_{.run = &cancel} {
    found_.input = std::move(input);
  }
  Result<std::optional<OpenedInput>> run();

 private:
  Result<void> look_at_ndjson();
  Result<void> look_at_json();
  Result<void> look_at_csv(char separator);
  Result<std::vector<std::string>> stretches() const;
  Result<void> sample_every_line(JsonSampler& sampler);
  bool samples_all() const {
    return options_.sample_all && found_.input.kind != io::InputKind::kStream;
  }
  Result<std::unique_ptr<io::ByteSource>> open() const {
    return io::open_input(found_.input, interrupts_);
  }

  const InputOptions& options_;
  io::Interrupts interrupts_;
  OpenedInput found_;
  std::string head_;
};

Result<std::optional<OpenedInput>> Look::run() {
  QUARRY_TRY(head_, io::peek(found_.input, interrupts_));
  found_.format = options_.format == Format::kAuto ? detect_format(head_) : options_.format;
  // Any text could be CSV, so the guess needs support where nobody vouches for it.
  if (options_.format == Format::kAuto && is_delimited(found_.format)) {
    if (found_.input.found && !is_named_delimited(found_.input.name)) return std::nullopt;
    if (head_.find('\0') != std::string::npos)
      return fail(Error(ErrorCode::kData, "the input is binary: neither text nor a known archive").at(found_.input.name));
  }
  switch (found_.format) {
    case Format::kAuto:
    case Format::kNdjson:
      QUARRY_CHECK(look_at_ndjson());
      break;
    case Format::kJson:
      QUARRY_CHECK(look_at_json());
      break;
    case Format::kCsv:
      QUARRY_CHECK(look_at_csv(','));
      break;
    case Format::kTsv:
      QUARRY_CHECK(look_at_csv('\t'));
      break;
  }
  return std::move(found_);
}

// Stretches of lines; without a wish for rows, those of the first bytes do.
Result<std::vector<std::string>> Look::stretches() const {
  if (options_.sample_rows > 0)
    return io::sample_lines(found_.input, interrupts_, options_.sample_bytes);
  std::string start = head_;
  if (const std::size_t newline = start.rfind('\n'); newline != std::string::npos)
    start.resize(newline + 1);
  return std::vector<std::string>{std::move(start)};
}

Result<void> Look::look_at_ndjson() {
  const std::size_t start = std::min(head_.find_first_not_of(" \t\r\n"), head_.size());
  const std::string_view first =
      std::string_view(head_).substr(start, head_.find('\n', start) - start);
  if (is_schema_line(first)) {
    auto line = read_schema_line(first);
    if (!line) return fail(Error(std::move(line).error()).at(found_.input.name));
    found_.schema_line = std::move(*line);
  }
  JsonSampler sampler;
  if (samples_all()) {
    QUARRY_CHECK(sample_every_line(sampler));
  } else {
    QUARRY_TRY(const auto texts, stretches());
    const std::uint64_t each = options_.sample_rows / std::max<std::size_t>(1, texts.size()) + 1;
    for (const std::string& text : texts)
      sampler.add_lines(text, options_.sample_rows > 0 ? each : UINT64_MAX);
  }
  found_.tables = sampler.tables();
  found_.envelopes = sampler.saw_envelopes();
  return ok();
}

Result<void> Look::sample_every_line(JsonSampler& sampler) {
  io::BlockReader blocks({found_.input},
                         {.block_size = options_.block_size, .max_line = options_.max_line},
                         *interrupts_.run);
  while (true) {
    QUARRY_TRY(const auto block, blocks.next());
    if (!block) return ok();
    sampler.add_lines(block->text, UINT64_MAX);
  }
}

// The start only: an array has no lines to find one's way by.
Result<void> Look::look_at_json() {
  JsonSampler sampler;
  const std::uint64_t rows = options_.sample_rows > 0 ? options_.sample_rows : UINT64_MAX;
  const auto take = [&](const json::Element& element) -> Result<bool> {
    sampler.add(element.text);
    return samples_all() || sampler.rows() < rows;
  };
  json::ElementStream stream(options_.max_line);
  if (samples_all()) {
    QUARRY_TRY(auto source, open());
    std::string chunk(std::size_t{256} << 10, '\0');
    while (true) {
      const auto count = source->read(chunk.data(), chunk.size());
      if (!count || *count == 0) break;  // damage is the scan's to tell
      if (auto fed = stream.feed(std::string_view(chunk).substr(0, *count), take); !fed) break;
    }
  } else {
    std::string start = head_;
    if (options_.sample_rows > 0) {
      QUARRY_TRY(start, io::peek(found_.input, interrupts_, 3 * options_.sample_bytes));
    }
    if (auto fed = stream.feed(start, take); fed && *fed)
      static_cast<void>(stream.finish(take).has_value());
  }
  found_.tables = sampler.tables();
  found_.envelopes = sampler.saw_envelopes();
  return ok();
}

/// Evidence of the fields of a text's records; those with another number of fields than the header
/// are passed over.
void sample_records(std::string text, char separator, bool has_header, std::uint64_t at_most,
                    FoundTable& table) {
  const std::size_t size = text.size();
  text.append(json::kScanPadding, '\0');
  std::vector<CsvRecord> records;
  split_records(std::string_view(text).substr(0, size), separator, records);
  for (std::size_t i = has_header ? 1 : 0; i < records.size() && at_most > 0; ++i) {
    if (records[i].separators + std::size_t{1} != table.columns.size()) continue;
    FieldCursor cursor(records[i].line.in(text), separator);
    for (std::uint32_t field = 0; field < table.columns.size(); ++field) {
      bool doubled = false;
      table.columns[field].seen |= evidence_of_plain_text(bare_field(cursor.field(field), doubled));
    }
    ++table.rows;
    --at_most;
  }
}

Result<void> Look::look_at_csv(char separator) {
  std::string padded = head_ + std::string(json::kScanPadding, '\0');
  std::vector<CsvRecord> records;
  split_records(std::string_view(padded).substr(0, head_.size()), separator, records);
  if (records.empty()) return ok();
  found_.header = column_names(read_fields(records[0].line.in(padded), separator));
  FoundTable table;
  for (const std::string& name : found_.header) table.columns.push_back({name, 0});
  if (samples_all()) {
    io::BlockReader blocks({found_.input},
                           {.block_size = options_.block_size,
                            .max_line = options_.max_line,
                            .boundary = io::Boundary::kQuotedRecord},
                           *interrupts_.run);
    while (true) {
      QUARRY_TRY(const auto block, blocks.next());
      if (!block) break;
      sample_records(std::string(block->text), separator, block->starts_input, UINT64_MAX, table);
    }
  } else {
    QUARRY_TRY(auto texts, stretches());
    const std::uint64_t each =
        options_.sample_rows > 0 ? options_.sample_rows / std::max<std::size_t>(1, texts.size()) + 1
                                 : UINT64_MAX;
    for (std::size_t i = 0; i < texts.size(); ++i)
      sample_records(std::move(texts[i]), separator, i == 0, each, table);
  }
  found_.tables.push_back(std::move(table));
  return ok();
}

// What each of so many inputs is sampled: all together about what a handful would be, but a few
// rows of every one.
InputOptions share_of(InputOptions options, std::size_t inputs) {
  constexpr std::size_t kSampledInFull = 3;
  constexpr std::size_t kLeastBytes = std::size_t{16} << 10;
  constexpr std::uint64_t kLeastRows = 5;
  if (inputs <= kSampledInFull || options.sample_rows == 0) return options;
  options.sample_bytes = std::max(std::min(kLeastBytes, options.sample_bytes),
                                  kSampledInFull * options.sample_bytes / inputs);
  options.sample_rows = std::max(std::min(kLeastRows, options.sample_rows),
                                 kSampledInFull * options.sample_rows / inputs);
  return options;
}

bool read_alike(const OpenedInput& a, const OpenedInput& b) {
  return a.format == b.format && a.header == b.header && a.schema_line == b.schema_line;
}

std::shared_ptr<const Reader> make_like_reader(const OpenedInput& like,
                                               std::vector<io::Input> inputs, const Schema& schema,
                                               const RowsWanted& rows,
                                               const InputOptions& options) {
  if (is_delimited(like.format)) {
    return make_csv_reader(std::move(inputs), schema,
                           {.separator = like.format == Format::kCsv ? ',' : '\t',
                            .header = like.header,
                            .input = options});
  }
  NdjsonOptions json_options{.rows = rows, .schema_line = like.schema_line, .input = options};
  if (like.format == Format::kJson)
    return make_json_array_reader(std::move(inputs), schema, std::move(json_options));
  return make_ndjson_reader(std::move(inputs), schema, std::move(json_options));
}

}  // namespace

Schema OpenedInput::schema_of(const RowsWanted& rows) const {
  FoundTable wanted;
  for (const FoundTable& table : tables) {
    if (rows.accepts(table.tag)) wanted.merge(table);
  }
  return schema_line ? with_found_columns(schema_line->schema, wanted.schema()) : wanted.schema();
}

Result<std::optional<OpenedInput>> open_table(io::Input input, const InputOptions& options,
                               const CancelToken& cancel) {
  return Look(std::move(input), options, cancel).run();
}

OpenedInputs open_tables(const std::vector<io::Input>& inputs, const InputOptions& options,
                         const CancelToken& cancel) {
  const InputOptions each = share_of(options, inputs.size());
  OpenedInputs opened;
  for (const io::Input& input : inputs) {
    if (cancel.cancelled()) break;
    auto one = open_table(input, each, cancel);
    if (one && *one) {
      opened.inputs.push_back(std::move(**one));
    } else if (one) {
      opened.passed_over.push_back(input.name);
    } else {
      opened.errors.push_back(std::move(one).error());
    }
  }
  return opened;
}

std::shared_ptr<const Reader> make_reader(const std::vector<OpenedInput>& inputs, Schema schema,
                                          const RowsWanted& rows, const InputOptions& options) {
  std::vector<std::shared_ptr<const Reader>> readers;
  for (std::size_t i = 0; i < inputs.size();) {
    std::vector<io::Input> alike;
    const OpenedInput& first = inputs[i];
    for (; i < inputs.size() && read_alike(inputs[i], first); ++i) alike.push_back(inputs[i].input);
    readers.push_back(make_like_reader(first, std::move(alike), schema, rows, options));
  }
  if (readers.empty()) return make_memory_reader(std::move(schema), {});
  return make_multi_reader(std::move(schema), std::move(readers));
}

}  // namespace quarry::table
