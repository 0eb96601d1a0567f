// Several tables of one schema read one after the other as if they were one: inputs of different
// formats, union of like tables.
#pragma once

#include "common/table/reader.h"

#include <memory>
#include <vector>

namespace quarry::table {

/// Morsels are numbered through without gaps, in the order of the readers. The next reader's scan
/// is opened when a worker finds the current one used up; slower workers finish their morsels
/// meanwhile. One reader alone is returned as it is.
std::shared_ptr<const Reader> make_multi_reader(Schema schema,
                                                std::vector<std::shared_ptr<const Reader>> readers);

}  // namespace quarry::table
