// What names mean at a place of the query: columns of the rows at hand, and lets.
#pragma once

#include "common/kql/bind/function_lookup.h"
#include "common/kql/bound/plan_node.h"
#include "common/kql/functions/registry.h"
#include "common/kql/syntax/ast.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql {

/// What an operator adds to the language inside its own expressions: names before a dot (the steps
/// of scan, the elements of graph-match) and functions of its own.
class ScopeExtension {
 public:
  virtual ~ScopeExtension() = default;
  /// `base.member`; null where the base is none of its names.
  virtual ExpressionPtr member(const syntax::Name& base, const syntax::Name& member) = 0;
  /// A call; null where the function is none of its own.
  virtual ExpressionPtr call(const syntax::Call& call) {
    static_cast<void>(call);
    return nullptr;
  }
};

/// The columns that an expression may read. In join conditions `left` and `right` are what $left
/// and $right mean.
struct RowScope {
  const std::vector<BoundColumn>* columns = nullptr;  // null: none (constants)
  const std::vector<BoundColumn>* left = nullptr;
  const std::vector<BoundColumn>* right = nullptr;
  const std::vector<BoundColumn>* ungrouped =
      nullptr;  // of the rows before a summarize: there, but only inside aggregates
  const std::vector<syntax::Expression*>* beside =
      nullptr;        // the list that an expression stands in: it cannot read what others make
  bool open = false;  // unknown names are dynamic columns that are always null (tables with
                      // unlisted columns)
  ScopeExtension* extension = nullptr;

  static RowScope none() { return {}; }
  static RowScope of(const PlanNode& input);
};

/// Aggregate calls met inside an expression of summarize, and the columns that stand for their
/// results.
struct CollectedAggregate {
  std::string name;  // as called
  const AggregateDef* def = nullptr;
  AggregateKernel kernel;
  std::vector<ExpressionPtr> arguments;
  ExpressionPtr predicate;  // null: none
  std::vector<BoundColumn> results;
  std::vector<std::string>
      result_names;  // implicit names of the result columns ("count_", "sum_x", "" for none)
};
struct AggregateCollector {
  RowScope input;  // what arguments read
  ColumnSet keys;  // plain columns of the by list: `*` leaves them out
  std::vector<CollectedAggregate> calls;
};

/// What a let stands for.
struct LetValue {
  enum class Kind : std::uint8_t {
    kScalar,
    kTable,
    kFunction,
    kEntity,
    kBroken
  };  // kEntity: databases, all of which are here
  Kind kind = Kind::kBroken;
  ExpressionPtr scalar;  // kScalar: a literal, or a constant only known when run
  const syntax::Expression* table =
      nullptr;  // kTable: bound anew at each use, in the scope of its definition
  const syntax::LetFunctionStatement* function = nullptr;  // kFunction
  std::shared_ptr<const std::vector<Batch>>
      rows;  // kTable: already there (materialize, as, a tabular argument)
  std::vector<BoundColumn> row_columns;  // of `rows`, or the schema alone while checking
  bool schema_known = false;             // kTable, while only schemas count: row_columns will do
  bool open = false;                     // of a known schema: there may be unlisted columns
  class LetScope* home = nullptr;        // where names inside are looked up
};

/// Lets by name; a function's body sees those of the place where it was defined. The outermost
/// scope may have functions from files behind it, whose bodies see nothing but each other.
class LetScope {
 public:
  /// A function whose body this is the scope of, and the scope in which the call of it is written.
  struct CallSite {
    const syntax::LetFunctionStatement* function = nullptr;
    const LetScope* caller = nullptr;
  };

  explicit LetScope(const LetScope* outer = nullptr) : outer_(outer) {}
  LetScope(const LetScope* outer, CallSite site) : outer_(outer), site_(site) {}
  /// The scope around all others: functions from files. `library` may be null.
  explicit LetScope(FunctionLookup* library) : library_(library), library_home_(this) {}
  LetScope(const LetScope&) = delete;
  LetScope& operator=(const LetScope&) = delete;

  void define(std::string name, LetValue value) {
    values_.insert_or_assign(std::move(name), std::move(value));
  }
  /// nullptr where the name means nothing.
  const LetValue* find(std::string_view name) const;
  void collect_names(std::vector<std::string>& names) const;  ///< of lets
  void collect_library_names(std::vector<std::string>& names) const;
  /// Does a call from here lie in the body of this function, directly or through others? Then it
  /// gives the way: "a > b > a"; else "".
  std::string way_back_to(const syntax::LetFunctionStatement& function) const;

 private:
  const LetValue* from_library(std::string_view name) const;
  const LetScope* enclosing_body() const;

  const LetScope* outer_ = nullptr;
  FunctionLookup* library_ = nullptr;
  LetScope* library_home_ = nullptr;  // this, where there is a library: what its bodies see
  CallSite site_;
  std::map<std::string, LetValue, std::less<>> values_;
  mutable std::map<std::string, LetValue, std::less<>> loaded_;  // of the library
};

}  // namespace quarry::kql
