// Commands of a cluster that define functions, as people keep them in files:
//   .create-or-alter function with (folder = 'Lib', docstring = '…') Name(x: long) { T | where y >
//   x }
#include "common/kql/syntax/depth_guard.h"
#include "common/kql/syntax/parser.h"

namespace quarry::kql::syntax {

void parse_function_commands(std::string_view text, const OperatorTable& operators,
                             Diagnostics& diagnostics, Ast& ast, WrongTimes wrong_times,
                             std::uint32_t begin) {
  Parser(text, operators, diagnostics, ast, wrong_times, begin).parse_commands();
}

void Parser::parse_commands() {
  while (!at(TokenKind::kEnd)) {
    if (accept(TokenKind::kSemicolon)) continue;
    LetFunctionStatement* const function = parse_command();
    if (function == nullptr) return;  // reported; where the next command begins is anyone's guess
    ast_.statements.push_back(function);
  }
}

LetFunctionStatement* Parser::parse_command() {
  const DepthGuard guard(*this);
  const SourceSpan begin = peek().span;
  std::string verb;
  if (accept(TokenKind::kDot)) {
    while (at(TokenKind::kName) || at(TokenKind::kMinus)) {
      if (at_keyword("function")) break;
      const Token word = next();
      verb += word.kind == TokenKind::kMinus ? "-" : word.text;
    }
  }
  const bool known = verb == "create" || verb == "create-or-alter" || verb == "alter";
  if (!known || !accept_keyword("function")) {
    error(begin, "expected the command .create function",
          "a file of commands defines functions: .create-or-alter function Name(…) { … }");
    return nullptr;
  }
  accept_keyword("ifnotexists");
  if (accept_keyword("with")) parse_parameter_list();  // folder, docstring: nothing to us
  const Name* const name = parse_name("the name of the function");
  if (name->name.empty()) return nullptr;
  Token token;
  token.text = name->name;
  token.span = name->span;
  LetFunctionStatement* const function = parse_function(std::move(token), false);
  function->span = span_from(begin);
  return function;
}

}  // namespace quarry::kql::syntax
