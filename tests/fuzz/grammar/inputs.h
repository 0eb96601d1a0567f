// Small tables: schemas that share column names, records that mostly fit them.
#pragma once

#include "tests/fuzz/engine/run.h"
#include "tests/fuzz/random.h"

#include <vector>

namespace quarry::fuzz {

/// One to three tables; some are of the catalogue, with a few of their columns.
std::vector<InputTable> random_tables(Random& random);

/// "datatable(a:long, …)[…]"
std::string random_datatable(Random& random);

Schema random_schema(Random& random);
std::string random_records(Random& random, const Schema& schema);

}  // namespace quarry::fuzz
