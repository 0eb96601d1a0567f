// The syntax tree of KQL: what was written, with positions, before names mean anything. Nodes are
// owned by an Ast and refer to each other by plain pointers, which live as long as it does.
#pragma once

#include "common/base/source_span.h"
#include "common/time/ticks.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarry::kql::syntax {

struct OperatorSyntax;

struct Node {
  SourceSpan span;
  virtual ~Node() = default;
};

enum class ExpressionKind : std::uint8_t {
  kError,  // something broken, already reported
  kLiteral,
  kName,
  kStar,
  kPath,
  kElement,
  kUnary,
  kBinary,
  kIn,
  kBetween,
  kCall,
  kTypeOf,
  kPipeline,
  kDatatable,
  kExternalData,
  kEntityGroup,
  kNamed,
  kList
};

struct Expression : Node {
  explicit Expression(ExpressionKind what) : kind(what) {}
  ExpressionKind kind;
};

enum class LiteralKind : std::uint8_t {
  kBool,
  kInt,
  kLong,
  kReal,
  kDecimal,
  kString,
  kDatetime,
  kTimespan,
  kGuid,
  kDynamic
};

struct Literal final : Expression {
  Literal() : Expression(ExpressionKind::kLiteral) {}
  LiteralKind literal = LiteralKind::kString;
  bool is_null = false;
  bool boolean = false;
  std::int64_t integer = 0;  // int, long; ticks of datetime and timespan
  double real = 0;
  std::string text;  // string (decoded), decimal and guid (as written), dynamic (JSON)
};

/// A name, plain or bracketed (['odd name']); in places where wildcards are allowed it may hold
/// `*`.
struct Name final : Expression {
  Name() : Expression(ExpressionKind::kName) {}
  std::string name;
  bool bracketed = false;
  bool wildcard = false;
};

struct Star final : Expression {
  Star() : Expression(ExpressionKind::kStar) {}
};

/// base.member
struct Path final : Expression {
  Path() : Expression(ExpressionKind::kPath) {}
  Expression* base = nullptr;
  Expression* member = nullptr;  // a Name, or a Call (workspace('x').T, cluster().database())
};

/// base[index]
struct Element final : Expression {
  Element() : Expression(ExpressionKind::kElement) {}
  Expression* base = nullptr;
  Expression* index = nullptr;
};

struct Unary final : Expression {
  Unary() : Expression(ExpressionKind::kUnary) {}
  bool negative = false;
  Expression* operand = nullptr;
};

/// `operator_name` as the binder looks it up: "+", "==", "has", "!contains_cs", "matches regex",
/// "and" …
struct Binary final : Expression {
  Binary() : Expression(ExpressionKind::kBinary) {}
  std::string_view operator_name;
  SourceSpan operator_span;
  Expression* left = nullptr;
  Expression* right = nullptr;
};

/// left in (…): in !in in~ !in~ has_any has_all. The items are expressions; a single one may be
/// tabular.
struct In final : Expression {
  In() : Expression(ExpressionKind::kIn) {}
  std::string_view operator_name;
  SourceSpan operator_span;
  Expression* left = nullptr;
  std::vector<Expression*> items;
};

struct Between final : Expression {
  Between() : Expression(ExpressionKind::kBetween) {}
  bool negated = false;
  SourceSpan operator_span;
  Expression* left = nullptr;
  Expression* low = nullptr;
  Expression* high = nullptr;
};

struct Call final : Expression {
  Call() : Expression(ExpressionKind::kCall) {}
  std::string name;
  SourceSpan name_span;
  std::vector<Expression*> arguments;  // Named where written `name = expression`
};

/// typeof(long)
struct TypeOf final : Expression {
  TypeOf() : Expression(ExpressionKind::kTypeOf) {}
  std::string type_name;
};

/// name = expression, (a, b) = expression
struct Named final : Expression {
  Named() : Expression(ExpressionKind::kNamed) {}
  std::vector<Name*> names;
  Expression* value = nullptr;
};

/// (a, b) where a list is allowed.
struct List final : Expression {
  List() : Expression(ExpressionKind::kList) {}
  std::vector<Expression*> items;
};

struct OrderedExpression {
  enum class Nulls : std::uint8_t { kDefault, kFirst, kLast };
  Expression* value = nullptr;
  bool descending = true;  // KQL's default
  bool direction_given = false;
  Nulls nulls = Nulls::kDefault;
};

/// kind=inner, hint.strategy=broadcast
struct OperatorParameter {
  std::string name;
  SourceSpan name_span;
  Expression* value = nullptr;
};

/// One operator of a pipeline; each operator's parse function derives its own node.
struct OperatorNode : Node {
  const OperatorSyntax* syntax = nullptr;  // null: known, but not supported
  SourceSpan keyword;
};

/// source | operator | …. Without a source the query continues from the input.
struct Pipeline final : Expression {
  Pipeline() : Expression(ExpressionKind::kPipeline) {}
  Expression* source = nullptr;  // a table, a call, a parenthesised pipeline, datatable …; null
                                 // where an operator begins
  std::vector<OperatorNode*> operators;
};

/// name:type; `type_name` empty: any (a tabular parameter's `*`).
struct ColumnDeclaration {
  std::string name;
  SourceSpan span;
  std::string type_name;
};

struct Datatable final : Expression {
  Datatable() : Expression(ExpressionKind::kDatatable) {}
  std::vector<ColumnDeclaration> columns;
  std::vector<Expression*> values;
};

struct ExternalData final : Expression {
  ExternalData() : Expression(ExpressionKind::kExternalData) {}
  std::vector<ColumnDeclaration> columns;
  std::vector<Expression*> sources;
  std::vector<OperatorParameter> parameters;
};

/// entity_group [cluster('c').database('d'), …]
struct EntityGroup final : Expression {
  EntityGroup() : Expression(ExpressionKind::kEntityGroup) {}
  std::vector<Expression*> entities;
};

enum class StatementKind : std::uint8_t { kExpression, kLet, kLetFunction, kSet, kOther };

struct Statement : Node {
  explicit Statement(StatementKind what) : kind(what) {}
  StatementKind kind;
};

struct ExpressionStatement final : Statement {
  ExpressionStatement() : Statement(StatementKind::kExpression) {}
  Expression* value = nullptr;
};

struct LetStatement final : Statement {
  LetStatement() : Statement(StatementKind::kLet) {}
  std::string name;
  SourceSpan name_span;
  Expression* value = nullptr;
};

struct FunctionParameter {
  std::string name;
  SourceSpan span;
  std::string type_name;  // scalar; empty for a table
  bool is_table = false;
  bool open_table = false;                 // (*) or (a:string, *)
  std::vector<ColumnDeclaration> columns;  // of a table
  Expression* default_value = nullptr;
};

/// let f = (x:long, T:(*)) { statements; result };  also `view () { … }`.
struct LetFunctionStatement final : Statement {
  LetFunctionStatement() : Statement(StatementKind::kLetFunction) {}
  std::string name;
  SourceSpan name_span;
  bool view = false;
  std::vector<FunctionParameter> parameters;
  std::vector<Statement*> body;  // the last one is the result
};

struct SetStatement final : Statement {
  SetStatement() : Statement(StatementKind::kSet) {}
  std::string name;
  Expression* value = nullptr;  // null: `set name;`
};

/// declare query_parameters(name:type = value, …)
struct OtherStatement final : Statement {
  OtherStatement() : Statement(StatementKind::kOther) {}
  std::string
      what;  // "declare query_parameters", "declare pattern", "alias database", "restrict access"
  std::vector<FunctionParameter> parameters;
};

/// Owns all nodes of one text.
class Ast {
 public:
  template <class T>
  T* make() {
    auto node = std::make_unique<T>();
    T* const result = node.get();
    nodes_.push_back(std::move(node));
    return result;
  }
  std::vector<Statement*> statements;

 private:
  std::deque<std::unique_ptr<Node>> nodes_;
};

}  // namespace quarry::kql::syntax
