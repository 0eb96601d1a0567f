// The values of hll(): a HyperLogLog as a dynamic array.
//
//   [[1,p],["hash",…],""]         few values: their hashes, 16 hexadecimal digits each, in rising
//   order
//   [[1,p],[],"registers"]        many: 2^p registers, each one digit of base64's alphabet
//
// 1 is the version of this layout, p the precision (12 … 18). A higher version is refused, so that
// an old program never misreads what a newer one stored. Kusto's own values look alike but hold
// other hashes: they are refused, too.
#pragma once

#include "common/kql/functions/sketch/hyperloglog.h"
#include "common/value/dynamic.h"

#include <optional>
#include <string>

namespace quarry::kql::functions {

void append_hll(std::string& json, const HyperLogLog& sketch);
/// nullopt for whatever append_hll() did not write.
std::optional<HyperLogLog> read_hll(const DynamicView& value);

}  // namespace quarry::kql::functions
