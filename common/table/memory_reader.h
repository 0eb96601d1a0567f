// A table that is already in memory: datatable, a breaker's result, print.
#pragma once

#include "common/table/reader.h"

#include <memory>
#include <vector>

namespace quarry::table {

/// The batches have the schema's columns, in order. Each batch is a morsel.
std::shared_ptr<const Reader> make_memory_reader(Schema schema, std::vector<Batch> batches);

}  // namespace quarry::table
