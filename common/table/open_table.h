// From an input to a table: tells the format by the first bytes, samples names and types, and makes
// readers.
#pragma once

#include "common/base/result.h"
#include "common/io/input_set.h"
#include "common/io/interrupts.h"
#include "common/table/infer.h"
#include "common/table/input_options.h"
#include "common/table/reader.h"
#include "common/table/record.h"
#include "common/table/schema_line.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarry::table {

/// What a look at an input found. A value: keep it, ask it for readers as often as needed (a stream
/// can be scanned once).
struct OpenedInput {
  io::Input input;
  Format format = Format::kNdjson;  ///< never kAuto
  std::vector<FoundTable> tables;   ///< untagged rows first; empty where the input holds no row
  std::optional<SchemaLine> schema_line;  ///< the first line of an NDJSON input
  std::vector<std::string> header;        ///< CSV, TSV: column names in file order
  bool sampled_all = false;               ///< no column or type can be missing
  char separator = ',';                   ///< CSV and TSV
  bool envelopes = false;                 ///< records carry tags or are wrapped (see record.h)

  /// Without rows and without anything that names columns.
  bool is_empty() const { return tables.empty() && !schema_line && header.empty(); }
  /// What the sample held of the wanted rows.
  FoundTable found(const RowsWanted& rows) const;
  /// Their names and types: the schema line's where there is one, with what the sample added.
  Schema schema_of(const RowsWanted& rows) const;
};

/// Format by content: CSV and TSV by a first line that is no JSON, JSON by an array or a document
/// over several lines, else NDJSON.
Format detect_format(std::string_view head);

/// Looks at the input's first bytes and samples it (see InputOptions). kData where it cannot be
/// read or is no text. nullopt for what was found, not named, and looks like no table: a folder may
/// hold a README, whose lines are no CSV.
Result<std::optional<OpenedInput>> open_table(io::Input input, const InputOptions& options,
                                              const CancelToken& cancel);

struct OpenedInputs {
  std::vector<OpenedInput> inputs;
  std::vector<Error> errors;             ///< of those that cannot be read; the rest is there
  std::vector<std::string> passed_over;  ///< names of those that are no tables
};

/// open_table() for many inputs, which share the effort: together they are sampled about as much as
/// a few would be.
OpenedInputs open_tables(const std::vector<io::Input>& inputs, const InputOptions& options,
                         const CancelToken& cancel);

/// A table over the wanted rows of the inputs, in their order. Columns are found by name; those
/// that an input lacks are null there. Inputs of one format share one pass, so thousands of small
/// files are cheap.
std::shared_ptr<const Reader> make_reader(const std::vector<OpenedInput>& inputs, Schema schema,
                                          const RowsWanted& rows, const InputOptions& options);

}  // namespace quarry::table
