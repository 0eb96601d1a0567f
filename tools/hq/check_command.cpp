// hq check: parses and binds against the catalogue and --schema files; exit 0 or 2.
#include "tools/hq/hq_app.h"
#include "tools/hq/session.h"

namespace quarry::hq {

Result<int> check_command(cli::Invocation& invocation) {
  QUARRY_TRY(QueryText query, read_query(invocation, Dash::kIsQuery));
  QUARRY_TRY(kql::CatalogOptions inputs, catalog_options(invocation, query.files));
  inputs.schemas_only = true;
  kql::EngineOptions options;
  options.now = invocation.now();
  options.accept_wrong_times = true;
  QUARRY_TRY(const auto library, function_library(invocation, kql::syntax::WrongTimes::kWarning));
  options.functions = library.get();
  kql::Catalog catalog(std::move(inputs), invocation.cancel(), invocation.diagnostics());
  kql::Engine engine(std::move(options), catalog, invocation.cancel(), invocation.diagnostics());
  if (!engine.prepare(query.text)) return not_prepared(invocation);
  return 0;
}

}  // namespace quarry::hq
