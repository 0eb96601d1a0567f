// Is a name that an operator gives used in the rest of the query? Rows are only kept where it is.
#pragma once

#include "common/kql/syntax/parser.h"

namespace quarry::kql::operators {

/// Does the text behind the name hold it as a word? While parsing.
bool is_used_later(const syntax::Parser& parser, const syntax::Name& name);

}  // namespace quarry::kql::operators
