// Pipelines and the tables they begin with: source | operator | operator. What an operator looks
// like its own file knows; here it is found by name, and where it is unknown or broken its text is
// skipped.
#include "common/base/suggest.h"
#include "common/kql/syntax/depth_guard.h"
#include "common/kql/syntax/parser.h"

#include <fmt/format.h>

namespace quarry::kql::syntax {

/// The word at the cursor, hyphens included, and how many tokens it takes.
std::string Parser::hyphenated_word(std::size_t& tokens) const {
  tokens = 1;
  std::string name = peek().text;
  std::size_t ahead = 0;
  while (peek(ahead + 1).kind == TokenKind::kMinus &&
         peek(ahead + 1).span.start == peek(ahead).span.end() &&
         peek(ahead + 2).kind == TokenKind::kName &&
         peek(ahead + 2).span.start == peek(ahead + 1).span.end()) {
    name += "-" + peek(ahead + 2).text;
    ahead += 2;
    tokens += 2;
  }
  return name;
}

/// The longest beginning of it that names an operator ("mv-expand"), or the first part.
std::string Parser::operator_keyword(std::size_t& tokens) const {
  std::string name = hyphenated_word(tokens);
  while (tokens > 1 && operators_.find(name) == nullptr && !operators_.is_known(name)) {
    name.resize(name.rfind('-'));
    tokens -= 2;
  }
  return name;
}

/// Does an operator that makes its own rows (union, print, range …) begin here, and not a column or
/// function of that name?
bool Parser::starts_table_operator() const {
  if (!at(TokenKind::kName) || peek().bracketed) return false;
  std::size_t tokens = 0;
  const std::string name = operator_keyword(tokens);
  const OperatorSyntax* const op = operators_.find(name);
  const bool known =
      op == nullptr && operators_.is_known(name) && (name == "find" || name == "search");
  if ((op == nullptr || !op->may_start) && !known) return false;
  const Token& after = peek(tokens);
  switch (after.kind) {
    case TokenKind::kName:
      return true;
    case TokenKind::kString:
    case TokenKind::kLong:
    case TokenKind::kReal:
    case TokenKind::kTimespan:
    case TokenKind::kStar:
    case TokenKind::kOpenBracket:
      return name != "range";
    case TokenKind::kOpenParen:
      return name == "union" || name == "search" || name == "find" ||
             (name == "print" && after.span.start > peek().span.end());
    default:
      return false;
  }
}

Expression* Parser::parse_pipeline() { return start_pipeline(false); }

/// Does the query begin with an operator that reads all inputs (`where a == 1`, `where (a or b)`)?
/// `where == 1` and `take.x` are about names, `range(1, 5)` is a call.
bool Parser::starts_bare_operator() const {
  if (!at(TokenKind::kName) || peek().bracketed) return false;
  std::size_t tokens = 0;
  const std::string name = operator_keyword(tokens);
  if (operators_.find(name) == nullptr) return false;
  switch (peek(tokens).kind) {
    case TokenKind::kOpenParen:
      return name != "range";
    case TokenKind::kDot:
    case TokenKind::kAssign:
    case TokenKind::kEqual:
    case TokenKind::kNotEqual:
    case TokenKind::kLess:
    case TokenKind::kLessEqual:
    case TokenKind::kGreater:
    case TokenKind::kGreaterEqual:
    case TokenKind::kEqualTilde:
    case TokenKind::kNotTilde:
    case TokenKind::kPlus:
    case TokenKind::kSlash:
    case TokenKind::kPercent:
      return false;
    default:
      return true;
  }
}

/// `allow_bare_operator`: a query may begin with any operator, and then reads all inputs.
Expression* Parser::start_pipeline(bool allow_bare_operator) {
  const DepthGuard guard(*this);
  auto* const pipeline = make<Pipeline>();
  const SourceSpan begin = peek().span;
  if (starts_table_operator() ||
      (at_keyword("print") && allow_bare_operator && peek(1).kind != TokenKind::kPipe)) {
    pipeline->operators.push_back(parse_operator());
  } else if (allow_bare_operator && at(TokenKind::kPipe)) {
    // continues from the input
  } else if (allow_bare_operator && starts_bare_operator()) {
    pipeline->operators.push_back(parse_operator());
  } else {
    pipeline->source = parse_named_expression();
  }
  parse_operators(*pipeline);
  if (pipeline->operators.empty() && pipeline->source != nullptr) return pipeline->source;
  pipeline->span = span_from(begin);
  return pipeline;
}

void Parser::parse_operators(Pipeline& pipeline) {
  while (accept(TokenKind::kPipe)) {
    if (at(TokenKind::kPipe)) continue;
    if (at(TokenKind::kEnd) || at(TokenKind::kSemicolon) || at(TokenKind::kCloseParen) ||
        at(TokenKind::kCloseBrace)) {
      error(peek().kind == TokenKind::kEnd ? behind_last() : peek().span,
            "expected an operator behind '|'");
      return;
    }
    pipeline.operators.push_back(parse_operator());
  }
}

/// Of an operator that exists in Kusto; `behind` is the word behind it, a plugin's name for
/// evaluate.
std::string Parser::unsupported(std::string_view name, std::string_view behind) const {
  for (const std::string_view word : {name, name == "evaluate" ? behind : name}) {
    const std::string_view reason = operators_.never != nullptr ? operators_.never(word) : "";
    if (!reason.empty()) return fmt::format("{} cannot be used here: {}", word, reason);
  }
  return fmt::format("not supported yet: {}", name);
}

OperatorNode* Parser::parse_operator() {
  const SourceSpan begin = peek().span;
  std::size_t tokens = 1;
  const std::string name = at(TokenKind::kName) ? operator_keyword(tokens) : std::string();
  SourceSpan keyword = begin;
  const OperatorSyntax* const op = operators_.find(name);
  OperatorNode* node = nullptr;
  if (op != nullptr) {
    for (std::size_t i = 0; i < tokens; ++i) keyword = cover(keyword, next().span);
    const std::size_t errors = error_count_;
    node = op->parse(*this);
    node->syntax = op;
    node->broken = error_count_ > errors || !at_operator_end();
    if (!at_operator_end()) {
      if (!at(TokenKind::kError))
        error(here(), fmt::format("unexpected {} in {}", found(), name), hint_in_operator(name));
      skip_operator();
    }
  } else {
    node = make<OperatorNode>();
    const bool known = operators_.is_known(name);
    const std::string written = known                  ? name
                                : at(TokenKind::kName) ? hyphenated_word(tokens)
                                                       : std::string();
    for (std::size_t i = 0; i < tokens; ++i) keyword = cover(keyword, peek(i).span);
    if (known) {
      diagnostics_.error(DiagnosticClass::kSemantic, keyword, unsupported(name, peek(tokens).text));
    } else {
      std::vector<std::string_view> names(operators_.known.begin(), operators_.known.end());
      for (const OperatorSyntax* each : operators_.supported) names.push_back(each->name);
      const std::string hint = hint_for_operator(written, tokens);
      error(keyword,
            written.empty() ? fmt::format("expected an operator behind '|', found {}", found())
                            : fmt::format("unknown operator '{}'", written),
            hint.empty() ? did_you_mean(written, names) : hint);
    }
    next();
    skip_operator();
  }
  node->keyword = keyword;
  node->span = span_from(begin);
  return node;
}

/// To the next | ; or closing bracket of the surroundings.
void Parser::skip_operator() {
  std::size_t depth = 0;
  while (!at(TokenKind::kEnd)) {
    if (depth == 0 && at_operator_end()) return;
    if (at(TokenKind::kOpenParen) || at(TokenKind::kOpenBrace)) ++depth;
    if ((at(TokenKind::kCloseParen) || at(TokenKind::kCloseBrace)) && depth > 0) --depth;
    next();
  }
}

/// What join, union, lookup take: a table name (with wildcards), a call, or a pipeline in
/// parentheses.
Expression* Parser::parse_table() {
  if (at(TokenKind::kOpenParen)) {
    next();
    Expression* const pipeline = start_pipeline(true);
    expect(TokenKind::kCloseParen, "')'");
    return pipeline;
  }
  const bool wild =
      at(TokenKind::kStar) || (at(TokenKind::kName) && peek(1).kind == TokenKind::kStar &&
                               peek(1).span.start == peek().span.end());
  if (wild) return parse_wildcard_name("a table");
  return parse_unary();
}

Pipeline* Parser::parse_subpipeline() {
  const DepthGuard guard(*this);
  auto* const pipeline = make<Pipeline>();
  pipeline->span = peek().span;
  if (!expect(TokenKind::kOpenParen, "'(' and operators")) return pipeline;
  accept(TokenKind::kPipe);
  pipeline->operators.push_back(parse_operator());
  parse_operators(*pipeline);
  expect(TokenKind::kCloseParen, "')'");
  pipeline->span = span_from(pipeline->span);
  return pipeline;
}

Expression* Parser::parse_datatable(Token keyword) {
  auto* const table = make<Datatable>();
  table->columns = parse_column_declarations();
  if (at_keyword("with")) {
    next();
    parse_parameter_list();
  }
  if (expect(TokenKind::kOpenBracket, "'[' and the values")) {
    while (!at(TokenKind::kCloseBracket) && !at(TokenKind::kEnd)) {
      table->values.push_back(parse_expression());
      if (!accept(TokenKind::kComma)) break;
    }
    expect(TokenKind::kCloseBracket, "']' at the end of the values");
  }
  table->span = span_from(keyword.span);
  return table;
}

Expression* Parser::parse_externaldata(Token keyword) {
  auto* const data = make<ExternalData>();
  data->columns = parse_column_declarations();
  if (expect(TokenKind::kOpenBracket, "'[' and the addresses")) {
    while (!at(TokenKind::kCloseBracket) && !at(TokenKind::kEnd)) {
      data->sources.push_back(parse_expression());
      if (!accept(TokenKind::kComma)) break;
    }
    expect(TokenKind::kCloseBracket, "']' at the end of the addresses");
  }
  if (accept_keyword("with")) data->parameters = parse_parameter_list();
  data->span = span_from(keyword.span);
  return data;
}

Expression* Parser::parse_entity_group(Token keyword) {
  auto* const group = make<EntityGroup>();
  expect(TokenKind::kOpenBracket, "'[' and the entities");
  while (!at(TokenKind::kCloseBracket) && !at(TokenKind::kEnd)) {
    group->entities.push_back(parse_expression());
    if (!accept(TokenKind::kComma)) break;
  }
  expect(TokenKind::kCloseBracket, "']' at the end of the entities");
  group->span = span_from(keyword.span);
  return group;
}

}  // namespace quarry::kql::syntax
