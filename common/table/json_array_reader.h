// Tables over JSON documents: arrays of objects, objects that wrap a list of them
// (json/element_stream.h), documents over several lines. One worker at a time cuts the text into
// elements; they are parsed by all.
#pragma once

#include "common/io/input_set.h"
#include "common/table/ndjson_reader.h"
#include "common/table/reader.h"

#include <memory>
#include <vector>

namespace quarry::table {

std::shared_ptr<const Reader> make_json_array_reader(std::vector<io::Input> inputs, Schema schema,
                                                     NdjsonOptions options);

}  // namespace quarry::table
