// Binds one scalar expression in one scope.
#pragma once

#include "common/kql/bind/binder.h"

#include <string>
#include <vector>

namespace quarry::kql {

/// A constant whose value only a run can tell (toscalar() while checking): a call that is never
/// run.
ExpressionPtr unknown_constant(Type type, SourceSpan span);
bool is_unknown_constant(const Expression& expression);

class ExpressionBinder {
 public:
  ExpressionBinder(Binder& binder, const RowScope& scope) : binder_(binder), scope_(scope) {}

  ExpressionPtr bind(const syntax::Expression& expression);
  /// An operator over bound sides, with the conversions that it needs.
  ExpressionPtr binary(std::string_view op, ExpressionPtr left, ExpressionPtr right,
                       SourceSpan span);
  /// A function of the registry over bound arguments; reports what does not fit.
  ExpressionPtr call(std::string_view name, std::vector<ExpressionPtr> arguments, SourceSpan span,
                     SourceSpan name_span);
  /// The function where the expression calls one that may give several columns, else null.
  const FunctionDef* several_columns(const syntax::Expression& expression) const;
  /// The array of all its columns (of the value itself where it is one), and what each is called
  /// behind the function's name.
  struct Columns {
    ExpressionPtr all;
    std::vector<NamedValue> parts;
  };
  Columns bind_columns(const syntax::Call& call, const FunctionDef& def);

 private:
  ExpressionPtr broken(SourceSpan span) const;
  bool is_column(const syntax::Expression& expression) const;
  ExpressionPtr bind_literal(const syntax::Literal& literal) const;
  ExpressionPtr bind_name(const syntax::Name& name);
  ExpressionPtr bind_path(const syntax::Path& path);
  ExpressionPtr bind_element(const syntax::Element& element);
  ExpressionPtr bind_unary(const syntax::Unary& unary);
  ExpressionPtr bind_binary(const syntax::Binary& binary);
  ExpressionPtr bind_in(const syntax::In& in);
  ExpressionPtr bind_between(const syntax::Between& between);
  ExpressionPtr member(ExpressionPtr base, const std::string& name, SourceSpan span);

  ExpressionPtr bind_call(const syntax::Call& call);
  ExpressionPtr bind_special(const syntax::Call& call, bool& handled);
  ExpressionPtr bind_column_ifexists(const syntax::Call& call);
  ExpressionPtr bind_iscolumnexists(const syntax::Call& call);
  ExpressionPtr bind_pack_all(const syntax::Call& call);
  ExpressionPtr bind_pack_columns(const syntax::Call& call);
  ExpressionPtr bind_toscalar(const syntax::Call& call);
  ExpressionPtr bind_ingestion_time(const syntax::Call& call);
  ExpressionPtr bind_column_names_of(const syntax::Call& call);
  ExpressionPtr bind_estimate_data_size(const syntax::Call& call);
  ExpressionPtr bind_bin_auto(const syntax::Call& call);
  ExpressionPtr bind_assert(const syntax::Call& call);
  ExpressionPtr bind_only_column(const syntax::Call& call, const FunctionDef& def);
  ExpressionPtr bind_nth_column(const syntax::Element& element, const FunctionDef& def);
  ExpressionPtr bind_user_function(const syntax::Call& call, const LetValue& function);
  bool check_constants(const CollectedAggregate& aggregate);
  ExpressionPtr bind_aggregate(const syntax::Call& call, const AggregateDef& def,
                               bool predicate_form);
  std::vector<ExpressionPtr> bind_arguments(const syntax::Call& call);
  void unknown_function(const syntax::Call& call);
  bool compares_by_name(const syntax::Call& call);
  ExpressionPtr report_overloads(const FunctionDef& def, std::span<const Argument> arguments,
                                 SourceSpan span);

  void unknown_name(const syntax::Name& name);

  Binder& binder_;
  RowScope scope_;
  bool text_expected_ = false;                // what is bound now is compared with text
  const syntax::Binary* compared_ = nullptr;  // the comparison that is bound now, for its hints
};

/// What the overload choice and resolvers see of an expression.
Argument argument_of(const ExpressionPtr& expression);

}  // namespace quarry::kql
