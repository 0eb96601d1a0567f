// hq format: lays a query out, one operator a line, comments kept.
#include "common/kql/syntax/formatter.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/result_output.h"
#include "tools/hq/session.h"

namespace quarry::hq {

Result<int> format_command(cli::Invocation& invocation) {
  QUARRY_TRY(const QueryText query, read_query(invocation, Dash::kIsQuery));
  std::optional<std::string> text = kql::syntax::format_query(query.text, invocation.diagnostics());
  if (!text) return exit_status(ErrorCode::kQuery);
  if (!text->ends_with('\n')) *text += '\n';
  return show_text(invocation, *text);
}

}  // namespace quarry::hq
