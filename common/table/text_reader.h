// A table over the lines of text files: each line is the value of the first column, the others are
// null. Nothing is quoted, blank lines are passed over.
#pragma once

#include "common/io/input_set.h"
#include "common/table/input_options.h"
#include "common/table/reader.h"

#include <memory>
#include <vector>

namespace quarry::table {

/// `skip_first`: the first line of each input is no row.
std::shared_ptr<const Reader> make_text_reader(std::vector<io::Input> inputs, Schema schema,
                                               InputOptions options, bool skip_first);

}  // namespace quarry::table
