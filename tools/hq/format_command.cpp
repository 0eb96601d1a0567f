// hq format: lays a query out, one operator a line, comments kept.
#include "common/cli/result_output.h"
#include "common/kql/operators/operator.h"
#include "common/kql/syntax/formatter.h"
#include "common/kql/syntax/parser.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/session.h"

namespace quarry::hq {
namespace {

/// Reports syntax errors. What a query means is no business of its layout.
bool is_sound(const std::string& text, Diagnostics& diagnostics) {
  Diagnostics found;
  kql::syntax::Ast ast;
  const kql::syntax::OperatorTable operators = kql::operator_syntax_table();
  kql::syntax::parse(text, operators, found, ast);
  bool sound = true;
  for (Diagnostic& each : found.sorted()) {
    if (each.level != Level::kError || each.kind != DiagnosticClass::kSyntax) continue;
    sound = false;
    diagnostics.add(std::move(each));
  }
  return sound;
}

}  // namespace

Result<int> format_command(cli::Invocation& invocation) {
  QUARRY_TRY(const QueryText query, read_query(invocation, Dash::kIsQuery));
  if (!is_sound(query.text, invocation.diagnostics())) return exit_status(ErrorCode::kQuery);
  std::optional<std::string> text = kql::syntax::format_query(query.text, invocation.diagnostics());
  if (!text) return exit_status(ErrorCode::kQuery);
  if (!text->ends_with('\n')) *text += '\n';
  return show_text(invocation, *text);
}

}  // namespace quarry::hq
