// What the commands of hq share: the query's text, the catalogue of inputs, the engine.
#pragma once

#include "common/cli/invocation.h"
#include "common/kql/engine.h"
#include "common/kql/function_library.h"

#include <memory>
#include <string>
#include <vector>

namespace quarry::hq {

/// The query of a command line: from -F FILE, "-" (stdin) or the first argument; the rest are
/// files.
struct QueryText {
  std::string text;
  std::string name;  // "triage.kql", "query"
  std::vector<std::string> files;
};
/// What a first argument "-" means: the events, or (check, schema) the query.
enum class Dash : std::uint8_t { kIsInput, kIsQuery };
Result<QueryText> read_query(cli::Invocation& invocation, Dash dash);

/// The exit status after prepare() has failed, which told why; an Error where the run was stopped
/// before it came to an end.
Result<int> not_prepared(cli::Invocation& invocation);

/// A file or folder of this name.
bool exists(const std::string& path);

/// Catalogue options from --table, --schema, --sample, --input-format, --max-line, --follow and the
/// files.
Result<kql::CatalogOptions> catalog_options(cli::Invocation& invocation,
                                            std::vector<std::string> files);
/// What fetches externaldata's addresses; null without --allow-external. Outlives the catalogue.
std::unique_ptr<kql::ExternalFetcher> external_fetcher(cli::Invocation& invocation);
/// What the query may call beside the built-in functions: those of --functions and of the services.
/// Their texts lie behind the query's, which has been read.
Result<std::unique_ptr<kql::FunctionLibrary>> function_library(cli::Invocation& invocation,
                                                               kql::syntax::WrongTimes wrong_times);
/// --threads, --memory-limit, --now, --param, --strict.
Result<kql::EngineOptions> engine_options(cli::Invocation& invocation);

}  // namespace quarry::hq
