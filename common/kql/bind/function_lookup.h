// How the binder learns about functions that lie in files. Implemented by the function library.
#pragma once

#include "common/kql/syntax/ast.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql {

struct LibraryFunction {
  const syntax::LetFunctionStatement* function = nullptr;  // null: broken, which was reported
};

class FunctionLookup {
 public:
  virtual ~FunctionLookup() = default;
  /// nullptr where there is none of that name. Its file is read when it is asked for first; errors
  /// in there are reported then. What is returned lives as long as this.
  virtual const LibraryFunction* find(std::string_view name) = 0;
  /// For suggestions: all that find() would give. May read every file.
  virtual std::vector<std::string> names() const = 0;
};

}  // namespace quarry::kql
