// Tables over NDJSON: a block of whole lines is a morsel. Lines are found in one pass over the
// block, ruled out by their raw bytes where the filter allows it (prefilter.h), and parsed no
// further than the wanted keys reach (json/row_parser.h).
#pragma once

#include "common/io/input_set.h"
#include "common/table/input_options.h"
#include "common/table/reader.h"
#include "common/table/record.h"
#include "common/table/schema_line.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quarry::table {

struct NdjsonOptions {
  RowsWanted rows;
  std::optional<SchemaLine>
      schema_line;  ///< of the inputs' start: a later one that differs is an error
  InputOptions input;
};

/// Columns are found by name; values that do not fit their type become null and are counted.
std::shared_ptr<const Reader> make_ndjson_reader(std::vector<io::Input> inputs, Schema schema,
                                                 NdjsonOptions options);

}  // namespace quarry::table
