// hq explain: the plan that a query would run with.
#include "common/cli/result_output.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/session.h"

namespace quarry::hq {

Result<int> explain_command(cli::Invocation& invocation) {
  QUARRY_TRY(QueryText query, read_query(invocation, Dash::kIsQuery));
  QUARRY_TRY(kql::CatalogOptions inputs, catalog_options(invocation, query.files));
  inputs.schemas_only = inputs.inputs.empty() && inputs.tables.empty();
  const auto fetcher = external_fetcher(invocation);
  inputs.fetcher = fetcher.get();
  QUARRY_TRY(kql::EngineOptions options, engine_options(invocation));
  QUARRY_TRY(const auto library, function_library(invocation, kql::syntax::WrongTimes::kError));
  options.functions = library.get();
  kql::Catalog catalog(std::move(inputs), invocation.cancel(), invocation.diagnostics());
  kql::Engine engine(std::move(options), catalog, invocation.cancel(), invocation.diagnostics());
  if (!engine.prepare(query.text)) return not_prepared(invocation);
  return show_text(invocation, engine.explain());
}

}  // namespace quarry::hq
