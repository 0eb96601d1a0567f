// Operators as texts, made of the form that their documentation shows.
#pragma once

#include "tests/fuzz/grammar/expressions.h"
#include "tests/fuzz/random.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace quarry::fuzz {

class OperatorMaker {
 public:
  OperatorMaker(Random& random, const Scope& scope, int depth)
      : random_(random), scope_(scope), depth_(depth), expressions_(random, scope) {}

  /// The operator of this index in kql::all_operators(), without the bar before it.
  std::string write(std::uint32_t index);
  /// Any operator that goes on after rows.
  std::string any();

  std::set<std::uint32_t> functions;
  std::set<std::uint32_t> operators;
  std::set<std::uint32_t> plugins;
  bool repeatable = true;

 private:
  std::string fill(std::string_view hole, std::string_view before);
  std::string fill_plugin();
  std::string graph(std::uint32_t index);
  std::string pipeline(int most);
  std::string new_name();
  std::string prefix();
  std::string aggregate();
  std::string expression(Type type);

  Random& random_;
  const Scope& scope_;
  int depth_;
  ExpressionMaker expressions_;
  Type axis_ = Type::kLong;
  Type declared_type_ = Type::kLong;  // of the column that was declared last, or is set
  std::vector<ColumnSchema> declared_;
};

/// True for operators that work on graphs, which only make-graph gives.
bool is_of_graphs(std::string_view name);

}  // namespace quarry::fuzz
