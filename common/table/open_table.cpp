#include "common/table/open_table.h"

#include "common/base/text.h"
#include "common/base/thread_pool.h"
#include "common/io/block_reader.h"
#include "common/io/open_input.h"
#include "common/json/element_stream.h"
#include "common/table/block_lines.h"
#include "common/table/csv_reader.h"
#include "common/table/csv_records.h"
#include "common/table/json_array_reader.h"
#include "common/table/memory_reader.h"
#include "common/table/multi_reader.h"
#include "common/table/ndjson_reader.h"
#include "common/table/prefilter.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

namespace quarry::table {
namespace {

bool is_delimited(Format format) { return format == Format::kCsv || format == Format::kTsv; }

/// Of a text called CSV: a header without commas that has semicolons (spreadsheets of many
/// countries write these) or bars is separated by them.
char separator_of(std::string_view head) {
  const std::string_view first = head.substr(0, head.find('\n'));
  if (first.find(',') != std::string_view::npos) return ',';
  for (const char separator : {';', '|'}) {
    if (first.find(separator) != std::string_view::npos) return separator;
  }
  return ',';
}

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
  Result<void> sample_every_line();
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
      return fail(Error(ErrorCode::kData, "the input is binary: neither text nor a known archive")
                      .at(found_.input.name));
  }
  found_.sampled_all = samples_all();
  switch (found_.format) {
    case Format::kAuto:
    case Format::kNdjson:
      QUARRY_CHECK(look_at_ndjson());
      break;
    case Format::kJson:
      QUARRY_CHECK(look_at_json());
      break;
    case Format::kCsv:
      QUARRY_CHECK(look_at_csv(separator_of(head_)));
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
  if (samples_all()) return sample_every_line();
  JsonSampler sampler;
  QUARRY_TRY(const auto texts, stretches());
  const std::uint64_t each = options_.sample_rows / std::max<std::size_t>(1, texts.size()) + 1;
  for (const std::string& text : texts)
    sampler.add_lines(text, options_.sample_rows > 0 ? each : UINT64_MAX);
  found_.tables = sampler.tables();
  found_.envelopes = sampler.saw_envelopes();
  return ok();
}

// The lines of a block that are worth sampling, each with its newline.
std::string chosen_lines(const io::Block& block, const Prefilter& prefilter) {
  std::vector<LineRef> lines;
  std::vector<std::uint8_t> hits;
  split_rows(block.text, lines);
  const bool chosen = prefilter.run(block.text, lines, kWholeLine, hits);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!chosen || hits[i] != 0) text.append(lines[i].in(block.text)) += '\n';
  }
  return text;
}

// Blocks are sampled by several threads and put together in their order, so that columns come in
// order of first appearance. The first lines are always looked at: they show the usual columns.
Result<void> Look::sample_every_line() {
  std::vector<Needle> needles;
  if (!options_.sample_only.empty())
    needles.push_back({.any_of = options_.sample_only, .mode = CaseMode::kIgnoreAscii});
  const Prefilter prefilter(needles, Escapes::kJson);
  const int workers = std::max(options_.threads, 1);
  io::BlockReader blocks(
      {found_.input},
      {.block_size = options_.block_size, .max_line = options_.max_line, .workers = workers},
      *interrupts_.run);
  std::mutex mutex;
  std::map<std::uint64_t, JsonSampler> samples;
  Result<void> status;
  run_on_threads(workers, [&](int) {
    while (true) {
      const auto block = blocks.next();
      if (!block || !*block) {
        const std::lock_guard lock(mutex);
        if (!block) status = fail(block.error());
        return;
      }
      JsonSampler sampler;
      const std::string_view text = (*block)->text;
      if (prefilter.is_empty()) {
        sampler.add_lines(text, UINT64_MAX);
      } else {
        if ((*block)->starts_input) sampler.add_lines(text, options_.sample_rows);
        sampler.add_lines(chosen_lines(**block, prefilter), UINT64_MAX);
      }
      if (sampler.rows() == 0) continue;
      const std::lock_guard lock(mutex);
      samples.emplace((*block)->number, std::move(sampler));
    }
  });
  for (auto& [number, sampler] : samples) {
    found_.envelopes = found_.envelopes || sampler.saw_envelopes();
    for (const FoundTable& table : sampler.tables()) {
      const auto known = std::ranges::find(found_.tables, table.tag, &FoundTable::tag);
      if (known != found_.tables.end())
        known->merge(table);
      else
        found_.tables.push_back(table);
    }
  }
  std::ranges::stable_partition(found_.tables,
                                [](const FoundTable& table) { return table.tag.empty(); });
  return status;
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
  found_.separator = separator;
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

/// Are the inputs small enough, all together, to be sampled to the last row? What is packed counts
/// ten times.
bool all_small(const std::vector<io::Input>& inputs, const InputOptions& options) {
  std::uint64_t bytes = 0;
  for (const io::Input& input : inputs) {
    if (input.kind == io::InputKind::kStream) continue;
    const bool packed =
        input.kind == io::InputKind::kGzip || input.kind == io::InputKind::kFiltered;
    bytes += input.bytes * (packed ? 10 : 1);
  }
  return bytes <= options.sample_all_below;
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
  return a.format == b.format && a.separator == b.separator && a.header == b.header &&
         a.schema_line == b.schema_line;
}

std::shared_ptr<const Reader> make_like_reader(const OpenedInput& like,
                                               std::vector<io::Input> inputs, const Schema& schema,
                                               const RowsWanted& rows,
                                               const InputOptions& options) {
  if (is_delimited(like.format)) {
    return make_csv_reader(std::move(inputs), schema,
                           {.separator = like.separator, .header = like.header, .input = options});
  }
  NdjsonOptions json_options{.rows = rows, .schema_line = like.schema_line, .input = options};
  if (like.format == Format::kJson)
    return make_json_array_reader(std::move(inputs), schema, std::move(json_options));
  return make_ndjson_reader(std::move(inputs), schema, std::move(json_options));
}

}  // namespace

FoundTable OpenedInput::found(const RowsWanted& rows) const {
  FoundTable wanted;
  for (const FoundTable& table : tables) {
    if (rows.accepts(table.tag)) wanted.merge(table);
  }
  return wanted;
}

Schema OpenedInput::schema_of(const RowsWanted& rows) const {
  const FoundTable wanted = found(rows);
  return schema_line ? with_found_columns(schema_line->schema, wanted.schema()) : wanted.schema();
}

Result<std::optional<OpenedInput>> open_table(io::Input input, const InputOptions& options,
                                              const CancelToken& cancel) {
  return Look(std::move(input), options, cancel).run();
}

OpenedInputs open_tables(const std::vector<io::Input>& inputs, const InputOptions& options,
                         const CancelToken& cancel) {
  InputOptions each = share_of(options, inputs.size());
  if (options.sample_rows > 0 && all_small(inputs, options)) each.sample_all = true;
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
