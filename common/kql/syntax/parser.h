// Text -> Ast. Collects all errors and goes on after each; never fails as a whole. Operators are
// parsed by functions from a table.
#pragma once

#include "common/base/diagnostics.h"
#include "common/kql/syntax/ast.h"
#include "common/kql/syntax/operator_syntax.h"
#include "common/kql/syntax/token.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::syntax {

/// What datetime(2026-06-33) is: Kusto's parser reads it, so a check accepts it with a warning; a
/// run would compare with null and find nothing.
enum class WrongTimes : std::uint8_t { kWarning, kError };

/// `text` outlives the result only as far as spans are resolved against it. What stands before
/// `begin` is passed over: places count from the beginning of `text` all the same.
void parse(std::string_view text, const OperatorTable& operators, Diagnostics& diagnostics,
           Ast& ast, WrongTimes wrong_times = WrongTimes::kWarning, std::uint32_t begin = 0);
/// As parse(), of a text that consists of commands `.create function Name(…) { … }`, which become
/// LetFunctionStatements; also `.create-or-alter` and `.alter`.
void parse_function_commands(std::string_view text, const OperatorTable& operators,
                             Diagnostics& diagnostics, Ast& ast, WrongTimes wrong_times,
                             std::uint32_t begin);

/// Handed to operators' parse functions.
class Parser {
 public:
  Parser(std::string_view text, const OperatorTable& operators, Diagnostics& diagnostics, Ast& ast,
         WrongTimes wrong_times, std::uint32_t begin);
  void parse_query();
  void parse_commands();

  // Tokens.
  const Token& peek(std::size_t ahead = 0) const;
  Token next();
  bool at(TokenKind kind) const { return peek().kind == kind; }
  bool at_keyword(std::string_view word) const;  ///< an unbracketed name spelled so
  bool accept(TokenKind kind);
  bool accept_keyword(std::string_view word);
  /// Takes the token or reports "expected …".
  bool expect(TokenKind kind, std::string_view what);
  bool expect_keyword(std::string_view word);
  /// As expect for ')'; where something else stands, the rest up to the next one or the operator's
  /// end is passed over.
  bool close(std::string_view what);
  bool at_operator_end() const;  ///< | ; ) } or the end
  void skip_operator();          ///< to there, over brackets and what is in them

  // Pieces of operators.
  Expression* parse_expression();
  /// A condition: `a = 1` is reported, not taken for a name that nobody would see.
  Expression* parse_predicate();
  /// A call without what may follow it (a ':' would be an operator). Whatever else stands there is
  /// returned as it is.
  Expression* parse_call();
  Expression* parse_named_expression();         ///< expr, name = expr, (a, b) = expr
  std::vector<Expression*> parse_named_list();  ///< one or more, by commas
  std::vector<Expression*> parse_expression_list();
  OrderedExpression parse_ordered();
  std::vector<OrderedExpression> parse_ordered_list();
  Name* parse_name(
      std::string_view what);  ///< reports and returns an empty name where there is none
  Name* parse_wildcard_name(std::string_view what);  ///< Device*, *
  std::vector<Name*> parse_wildcard_names();
  std::vector<OperatorParameter>
  parse_parameters();  ///< kind=inner hint.strategy=x … as many as there are
  void parse_hints();  ///< hint.strategy=x …, which change nothing here
  std::vector<OperatorParameter> parse_parameter_list();  ///< ( a=b, c=d )
  Expression*
  parse_pipeline();  ///< up to ) ; } or the end; the source alone where no operator follows
  Expression* parse_table();  ///< a table name, call or ( pipeline ), as join and union take
  Pipeline*
  parse_subpipeline();  ///< ( operator | operator … ), over rows that the operator around it gives
  std::vector<ColumnDeclaration> parse_column_declarations();  ///< ( a:string, ['b c']:long )
  std::string parse_type_name();

  template <class T>
  T* make() {
    return ast_.make<T>();
  }
  /// Makes an operator's node; span and keyword are set by the caller of parse.
  SourceSpan span_from(SourceSpan first) const;  ///< to the end of the last token taken
  void error(SourceSpan where, std::string message, std::string hint = {});
  /// An error of a query that Kusto's parser reads and its binder refuses.
  void semantic_error(SourceSpan where, std::string message, std::string hint = {});
  std::string_view text() const { return text_; }
  std::string written(SourceSpan span) const;  ///< the text there

 private:
  friend class DepthGuard;
  Statement* parse_statement();
  std::string hint_before_statement() const;
  std::string hint_in_operator(std::string_view name) const;
  void recover();
  Statement* parse_let();
  Statement* parse_declare();
  LetFunctionStatement* parse_command();
  LetFunctionStatement* parse_function(Token name, bool view);
  std::vector<FunctionParameter> parse_function_parameters();
  bool looks_like_function() const;
  void parse_operators(Pipeline& pipeline);
  OperatorNode* parse_operator();
  std::string unsupported(std::string_view name, std::string_view behind) const;
  std::string hyphenated_word(std::size_t& tokens) const;
  std::string operator_keyword(std::size_t& tokens) const;
  bool starts_table_operator() const;
  bool starts_bare_operator() const;
  Expression* start_pipeline(bool allow_bare_operator);

  // What other languages write (foreign_forms.cpp): reported once, with KQL's form as the hint.
  std::optional<SourceSpan> take_connective(std::string_view word);
  Expression* parse_foreign_test(Expression* left);
  bool at_bare_not() const;
  Expression* parse_bare_not(Token word);
  bool at_sql_select() const;
  bool at_foreign_operator() const;
  Statement* parse_foreign_statement();
  std::string sql_in_kql() const;
  std::string hint_for_operator(std::string_view written, std::size_t tokens) const;
  std::size_t end_of_operator(std::size_t ahead) const;
  std::string unclosed_hint(SourceSpan open, const Expression& inside) const;
  std::string hint_for_operand() const;
  std::string hint_for_close() const;
  Expression* parse_bare_bounds(Between* between);
  bool at_distinct_argument() const;
  void report_distinct_argument(std::string_view function);

  Expression* parse_or();
  Expression* parse_and();
  Expression* parse_equality();
  Expression* parse_between(Expression* left, SourceSpan op_span, bool negated);
  Expression* parse_in(Expression* left, SourceSpan op_span, std::string_view op);
  Expression* parse_order();
  Expression* parse_additive();
  Expression* parse_multiplicative();
  Expression* parse_text_operators();
  Expression* parse_unary();
  Expression* parse_postfix(Expression* base);
  Expression* parse_primary();
  Expression* parse_parameter_value();
  bool at_parameter() const;
  OperatorParameter parse_parameter();
  Expression* parse_parenthesised();
  Expression* parse_call(Token name);
  enum class Inside : std::uint8_t { kExpressions, kPipelines };
  std::vector<Expression*> parse_arguments(Inside inside);
  void warn_of_joined(const std::vector<Expression*>& items);
  Expression* parse_argument(Inside inside);
  Expression* parse_placeholder();
  Expression* parse_literal();
  Expression* parse_typed_literal(Token name);
  void report_wrong_time(const Literal& literal, std::string_view written, SourceSpan where);
  void set_dynamic(Literal& literal, SourceSpan inside);
  Expression* parse_datatable(Token keyword);
  Expression* parse_externaldata(Token keyword);
  Expression* parse_entity_group(Token keyword);
  Expression* binary(std::string_view op, SourceSpan op_span, Expression* left, Expression* right);
  Expression* broken(SourceSpan where);
  void give_up_depth(int most);     ///< reports the nesting and goes to the end of the text
  bool chain_may_grow(int& links);  ///< false, reported, where a chain of operators is too long
  SourceSpan behind_last() const;   ///< the point behind the last token taken
  SourceSpan here() const;  ///< the next token where it stands on the same line, else behind_last()
  std::string found() const;  ///< the next token in quotes, or "the end of the query"
  std::size_t name_length(std::size_t ahead)
      const;  ///< tokens of the name there: 1, 3 for ['so'], 0 where there is none

  std::string_view text_;
  const OperatorTable& operators_;
  Diagnostics& diagnostics_;
  Ast& ast_;
  WrongTimes wrong_times_;
  std::vector<Token> tokens_;
  std::size_t position_ = 0;
  int depth_ = 0;
  bool too_deep_ = false;
  std::size_t error_count_ = 0;
  std::uint32_t last_error_ = ~std::uint32_t{0};  // where the last message stands
  std::size_t stuck_at_ =
      ~std::size_t{0};  // the token that the last message about a next token was about
};

}  // namespace quarry::kql::syntax
