// hq format: lays a query out, one operator a line, comments kept.
#include <unistd.h>

#include "common/io/sink.h"
#include "common/kql/syntax/formatter.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/session.h"

namespace quarry::hq {

Result<int> format_command(cli::Invocation& invocation) {
  QUARRY_TRY(const QueryText query, read_query(invocation, Dash::kIsQuery));
  std::optional<std::string> text = kql::syntax::format_query(query.text, invocation.diagnostics());
  if (!text) return exit_status(ErrorCode::kQuery);
  if (!text->ends_with('\n')) *text += '\n';
  io::Sink out(STDOUT_FILENO, "stdout");
  QUARRY_CHECK(out.write(*text));
  QUARRY_CHECK(out.flush());
  return 0;
}

}  // namespace quarry::hq
