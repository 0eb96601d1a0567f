// Tables over CSV and TSV: the first record names the columns. Blocks end at a newline outside
// quotes (io::Boundary::kQuotedRecord: a file is cut in sequence, which costs one look at its
// quotes) and are parsed by all workers.
#pragma once

#include "common/io/input_set.h"
#include "common/table/input_options.h"
#include "common/table/reader.h"

#include <memory>
#include <string>
#include <vector>

namespace quarry::table {

struct CsvOptions {
  char separator = ',';
  std::vector<std::string>
      header;              ///< names of the inputs' fields, in order (csv_records.h: column_names)
  bool skip_first = true;  ///< the first record of each input is its header
  bool any_width = false;  ///< records with fewer or more fields than the header are rows too
  InputOptions input;
};

/// Columns are found by name in the header. An empty field is "" in a string column and null in any
/// other; records with more or fewer fields than the header are bad lines, unless any_width. In a
/// dynamic column text that is JSON is that JSON.
std::shared_ptr<const Reader> make_csv_reader(std::vector<io::Input> inputs, Schema schema,
                                              CsvOptions options);

}  // namespace quarry::table
