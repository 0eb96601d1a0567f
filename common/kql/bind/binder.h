// From syntax to meaning: resolves names, chooses overloads, writes conversions out, folds
// constants, builds the plan tree. Reports every error to Diagnostics and goes on; what is broken
// has the type kUnknown, which silences its followers.
//
// Operators bind themselves (operators/*.cpp) with the pieces that this class offers.
#pragma once

#include "common/base/diagnostics.h"
#include "common/kql/bind/scope.h"
#include "common/kql/bind/table_lookup.h"
#include "common/kql/bind/type_rules.h"
#include "common/kql/bound/plan_node.h"
#include "common/kql/syntax/ast.h"
#include "common/kql/syntax/operator_syntax.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quarry::kql {

class Binder;

/// What an operator means: given its input (null for one that makes its own rows) it returns the
/// plan behind it, or null after an error was reported.
struct OperatorBinding {
  const syntax::OperatorSyntax* syntax = nullptr;
  PlanNodePtr (*bind)(Binder& binder, const syntax::OperatorNode& node,
                      PlanNodePtr input) = nullptr;
};

/// Runs a finished part of the query while the rest is being bound: toscalar(), materialize(),
/// plugins without a known schema.
class SubqueryRunner {
 public:
  virtual ~SubqueryRunner() = default;
  virtual Result<std::shared_ptr<const std::vector<Batch>>> run(PlanNodePtr plan) = 0;
};

/// What a binder works with. All outlive it.
struct BinderContext {
  std::span<const OperatorBinding> operators;
  TableLookup& tables;
  Diagnostics& diagnostics;
  const RunContext& run;
  SubqueryRunner* runner =
      nullptr;  // null: check only; toscalar() and the like stay unknown constants of their type
  FunctionLookup* functions = nullptr;  // that lie in files; null: none
  bool schemas_only = false;  // no plan is wanted: columns that a table may have beside those it
                              // lists can be taken for granted
};

/// A column of a project, extend or by list.
struct NamedValue {
  std::string name;
  ExpressionPtr value;
  SourceSpan span;
  bool named = false;              // the query gave the name
  ExpressionPtr shared = nullptr;  // the call that this is a part of, where it gives several
                                   // columns: computed once for all of them
};

/// What becomes of result columns that `(a, b) = f()` gives no name: extend and print drop them,
/// project adds them by their own names.
enum class MoreColumns : std::uint8_t { kDrop, kAdd };

class Binder {
 public:
  explicit Binder(const BinderContext& context);
  ~Binder();

  /// --param name=value: a literal of KQL, else a string; becomes a let.
  void define_parameters(const std::vector<std::pair<std::string, std::string>>& parameters);
  /// All tabular results of the text, in order; let and set statements take effect on what follows.
  std::vector<PlanNodePtr> bind_query(const syntax::Ast& ast);

  // Columns.
  BoundColumn new_column(std::string name, Type type) {
    return {next_id_++, std::move(name), type};
  }
  /// The column of this name; TimeGenerated and Timestamp stand for each other where only one is
  /// there. Does not report.
  const BoundColumn* find_column(const std::vector<BoundColumn>& columns,
                                 std::string_view name) const;
  /// As find_column; of a table with unlisted columns, while only schemas count, any name is one.
  const BoundColumn* find_or_take(const PlanNode& input, std::string_view name);
  /// As find_column, reporting an unknown name with the nearest one.
  const BoundColumn* column(const PlanNode& input, const syntax::Name& name);
  /// Columns that a name or wildcard (`Device*`) means; reports when none does.
  std::vector<BoundColumn> columns_like(const PlanNode& input, const syntax::Name& name);

  // Expressions over the columns of a scope.
  ExpressionPtr bind(const syntax::Expression& expression, const RowScope& scope);
  /// As bind, converted to the wanted type; reports where that is impossible. `what` names the
  /// thing: "the row count of take".
  ExpressionPtr bind_as(const syntax::Expression& expression, const RowScope& scope, Type wanted,
                        std::string_view what);
  ExpressionPtr bind_predicate(const syntax::Expression& expression, const RowScope& scope);
  /// A constant of the wanted type; nullopt after reporting, and while checking where only a run
  /// can tell the value.
  std::optional<Scalar> constant(const syntax::Expression& expression, Type wanted,
                                 std::string_view what);
  /// Names and values of `a, b = x + 1, (p, q) = f()` with KQL's rules for implicit names (Column1,
  /// bin_…): `prefix` is "Column", for print "print_" (numbered from 0). Duplicates are left to the
  /// caller.
  std::vector<NamedValue> bind_named_list(const std::vector<syntax::Expression*>& list,
                                          const RowScope& scope, std::string_view prefix = "Column",
                                          MoreColumns more = MoreColumns::kDrop);
  /// The columns of a call that gives several, named as KQL names them; nullopt for everything
  /// else.
  std::optional<std::vector<NamedValue>> result_columns(const syntax::Expression& expression,
                                                        const RowScope& scope);
  /// Gives them the names of `(a, b) = …`; reports names that are too many.
  void give_names(const syntax::Named& named, std::vector<NamedValue>& columns, MoreColumns more);
  /// The name that a column of this expression gets without `name =`; empty: none (Column1).
  std::string implicit_name(const syntax::Expression& expression, const ExpressionPtr& bound) const;

  // Aggregates: while a collector is set, aggregate calls inside expressions become columns of it.
  AggregateCollector* collect_aggregates(AggregateCollector* collector) {
    return std::exchange(aggregates_, collector);
  }

  // Tables.
  /// A tabular expression: a table, a let, a call of a tabular function, a parenthesised pipeline,
  /// datatable. Null after an error.
  PlanNodePtr bind_table(const syntax::Expression& expression);
  /// As bind_table; tables that no input holds are empty.
  PlanNodePtr bind_optional_table(const syntax::Expression& expression);
  /// What comes looks into every column: see TableLookup::want_every_column.
  void want_every_column(const std::vector<std::string>& texts) {
    context_.tables.want_every_column(texts);
  }
  /// All tables that a wildcard means.
  std::vector<std::string> tables_like(const syntax::Name& wildcard);
  /// Does the table exist that a tabular expression begins with? Does not report.
  bool has_table(const syntax::Expression& expression) const;
  /// The query's views (let F = view () { … }) that a wildcard means.
  std::vector<std::string> views_like(const syntax::Name& wildcard) const;
  /// Is it a function of a let or a file whose first parameter is a table?
  bool takes_table(std::string_view name) const;
  /// T | invoke F(…): a function whose first parameter is the input. Null after an error.
  PlanNodePtr invoke(const syntax::Call& call, PlanNodePtr input);
  PlanNodePtr scan(const TableInfo& table, SourceSpan span);
  PlanNodePtr bind_operators(PlanNodePtr input,
                             const std::vector<syntax::OperatorNode*>& operators);
  bool is_tabular(const syntax::Expression& expression) const;
  /// A table in whose text `name` means something: the key of partition, the databases of
  /// macro-expand.
  PlanNodePtr bind_table_with(const std::string& name, LetValue value,
                              const syntax::Expression& table);
  /// May this operator give results of its own beside the one that it returns (fork, facet)? Only
  /// the last operator of a query may; reports.
  bool may_give_results(const syntax::OperatorNode& node);
  /// A result of the query of its own, behind those before.
  void add_result(PlanNodePtr result) { further_results_.push_back(std::move(result)); }
  /// `T | as Name`: from here on the name means these rows.
  void define_table(const std::string& name, std::shared_ptr<const std::vector<Batch>> rows,
                    const std::vector<BoundColumn>& columns);

  // Nodes.
  /// Window functions in the expressions become columns of nodes that are put on the input.
  /// project() and filter() do it; in expressions of other nodes they are an error when the plan is
  /// built.
  PlanNodePtr lift_windows(PlanNodePtr input, std::vector<ExpressionPtr>& expressions);
  /// columns[i] = values; pass-through columns keep their id.
  PlanNodePtr project(PlanNodePtr input, const std::vector<NamedValue>& values);
  PlanNodePtr filter(PlanNodePtr input, const ExpressionPtr& predicate);
  /// A node over rows in memory.
  PlanNodePtr rows(std::string label, std::shared_ptr<const std::vector<Batch>> batches,
                   const Schema& schema);
  /// The same rows with fresh ids for all columns (a table used twice).
  PlanNodePtr with_fresh_ids(PlanNodePtr input);
  /// Runs a plan now; nullptr while only checking, or after an error was reported.
  std::shared_ptr<const std::vector<Batch>> run_now(PlanNodePtr plan, SourceSpan span);
  bool checking() const { return context_.runner == nullptr; }
  /// Shall the run stop? What is being bound is given up without a message then.
  bool is_cancelled() const;
  /// The value of a set statement that a function reads; null where the query sets none.
  ExpressionPtr setting(std::string_view name) const;

  // Messages.
  void error(SourceSpan span, std::string message, std::string hint = {});
  void warning(SourceSpan span, std::string message, std::string hint = {});
  Diagnostics& diagnostics() { return context_.diagnostics; }
  const RunContext& run_context() const { return context_.run; }

 private:
  friend class ExpressionBinder;
  friend class ScopeSwitch;
  PlanNodePtr compute_shared(PlanNodePtr input, std::vector<NamedValue>& values);
  void unknown_column(const std::vector<BoundColumn>& columns, std::string_view name,
                      SourceSpan span);
  void bind_let(const syntax::LetStatement& let);
  void bind_set(const syntax::SetStatement& set);
  void bind_parameters(const syntax::OtherStatement& declare);
  PlanNodePtr bind_result(const syntax::Expression& expression);
  PlanNodePtr bind_named_table(const syntax::Name& name);
  PlanNodePtr bind_let_table(const LetValue& value, std::string_view name, SourceSpan span);
  PlanNodePtr bind_table_call(const syntax::Call& call);
  PlanNodePtr bind_table_function(const syntax::Call& call, const LetValue& function);
  PlanNodePtr bind_materialize(const syntax::Call& call);
  ExpressionPtr bind_argument(const syntax::Expression& written, const RowScope& scope,
                              const syntax::FunctionParameter& parameter);
  PlanNodePtr bind_watchlist(const syntax::Call& call);
  PlanNodePtr bind_watchlist_aliases();
  PlanNodePtr bind_datatable(const syntax::Datatable& table);
  PlanNodePtr bind_external_data(const syntax::ExternalData& data);
  ExpressionPtr datatable_cell(const ExpressionPtr& value, Type type);
  PlanNodePtr bind_wildcard(const syntax::Name& name);
  PlanNodePtr unknown_table(std::string_view name, SourceSpan span);
  bool define_arguments(const syntax::Call& call, const syntax::LetFunctionStatement& function,
                        const RowScope& scope, LetScope& inner);
  bool has_tabular_result(const syntax::LetFunctionStatement& function, const LetScope& home) const;
  bool is_tabular_inside(const syntax::Expression& result,
                         const syntax::LetFunctionStatement& function, const LetScope& home,
                         int depth) const;
  const syntax::Expression* bind_names_of(const syntax::LetFunctionStatement& function);
  void define_function(const syntax::LetFunctionStatement& function);

  BinderContext context_;
  ColumnId next_id_ = 1;
  AggregateCollector* aggregates_ = nullptr;
  std::unique_ptr<LetScope> library_;  // functions from files
  std::unique_ptr<LetScope> lets_;     // of the query itself
  LetScope* scope_ = nullptr;          // where names are looked up now: lets_, or inside a function
  std::vector<std::unique_ptr<LetScope>>
      inner_scopes_;  // of functions' calls; their tables are bound later
  std::map<std::string, ExpressionPtr, std::less<>> settings_;
  std::map<std::string, BoundColumn, std::less<>> taken_;  // columns that find_or_take() made
  int call_depth_ = 0;
  int optional_depth_ = 0;
  bool muted_ = false;  // inside an operator whose syntax is broken, reported
  const syntax::OperatorNode* last_operator_ = nullptr;  // of the query's statement at hand
  std::vector<PlanNodePtr> further_results_;             // of the statement at hand
};

}  // namespace quarry::kql
