// hq schema: the tables that there are, the columns of a table, those of the inputs' tables, or
// those of a query's result.
#include "common/base/suggest.h"
#include "common/cli/result_output.h"
#include "common/kql/schemas/built_in.h"
#include "common/value/builder.h"
#include "common/value/dynamic.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/session.h"

#include <algorithm>

namespace quarry::hq {
namespace {

/// [{"name":"a","type":"long"},…] and a newline.
std::string columns_json(const Schema& schema) {
  std::string text = "[";
  for (const ColumnSchema& column : schema.columns) {
    if (text.size() > 1) text += ',';
    text += "{\"name\":";
    append_json_string(text, column.name);
    text += ",\"type\":\"" + std::string(name_of(column.type)) + "\"}";
  }
  return text + "]\n";
}

Result<int> list_tables(const cli::Invocation& invocation, kql::Catalog& catalog) {
  ColumnBuilder<Type::kString> names;
  for (const std::string& name : catalog.names()) names.append_copy(name);
  return show_rows(invocation, {{{"TableName", Type::kString}}}, {names.finish()});
}

Result<int> show_table(const cli::Invocation& invocation, kql::Catalog& catalog,
                       const std::string& name) {
  QUARRY_TRY(const kql::TableInfo* const table, catalog.find(name));
  if (table == nullptr) {
    const auto near = nearest(name, catalog.names());
    return fail(ErrorCode::kUsage, "unknown table '" + name + "'",
                (near ? "did you mean '" + *near + "'?  " : std::string()) +
                    "hq schema lists all tables, hq schema FILE the columns of a file");
  }
  ColumnBuilder<Type::kString> names;
  ColumnBuilder<Type::kString> types;
  for (const ColumnSchema& column : table->schema.columns) {
    names.append_copy(column.name);
    types.append_copy(name_of(column.type));
  }
  return show_rows(invocation, {{{"ColumnName", Type::kString}, {"ColumnType", Type::kString}}},
                   {names.finish(), types.finish()});
}

/// Of every table that the inputs hold: what a query sees, declared columns included.
Result<int> show_inputs(const cli::Invocation& invocation, kql::Catalog& catalog) {
  ColumnBuilder<Type::kString> names;
  ColumnBuilder<Type::kString> types;
  ColumnBuilder<Type::kString> tables;
  for (const std::string& name : catalog.match("*")) {
    QUARRY_TRY(const kql::TableInfo* const table, catalog.find(name));
    if (table == nullptr) continue;
    for (const ColumnSchema& column : table->schema.columns) {
      names.append_copy(column.name);
      types.append_copy(name_of(column.type));
      tables.append_copy(name);
    }
  }
  if (catalog.nothing_was_read()) return exit_status(ErrorCode::kData);
  return show_rows(invocation,
                   {{{"name", Type::kString}, {"type", Type::kString}, {"table", Type::kString}}},
                   {names.finish(), types.finish(), tables.finish()});
}

Result<int> show_query(cli::Invocation& invocation, kql::Catalog& catalog,
                       const std::string& query) {
  QUARRY_TRY(kql::EngineOptions options, engine_options(invocation));
  options.accept_wrong_times = true;
  QUARRY_TRY(const auto library, function_library(invocation, kql::syntax::WrongTimes::kWarning));
  options.functions = library.get();
  kql::Engine engine(std::move(options), catalog, invocation.cancel(), invocation.diagnostics());
  if (!engine.prepare(query)) return not_prepared(invocation);
  std::string text;
  for (const Schema& schema : engine.result_schemas()) text += columns_json(schema);
  return show_text(invocation, text);
}

/// What hq schema is asked about.
enum class Subject : std::uint8_t { kAllTables, kTable, kInputs, kQuery };

/// A built-in table's name is that table, also where a folder is called so (./AlertInfo is the
/// folder).
Subject subject_of(const cli::Invocation& invocation) {
  const auto arguments = invocation.arguments();
  if (invocation.options().is_set("query-file")) return Subject::kQuery;
  if (arguments.empty()) return Subject::kAllTables;
  const std::string& first = arguments.front();
  if (first == "-") return Subject::kQuery;
  const bool is_input = exists(first) || first.find_first_of("*?[") != std::string::npos;
  return is_input && kql::find_built_in(first) == nullptr ? Subject::kInputs : Subject::kTable;
}

}  // namespace

Result<int> schema_command(cli::Invocation& invocation) {
  const Subject subject = subject_of(invocation);
  const auto arguments = invocation.arguments();
  QueryText query;
  if (subject == Subject::kQuery) {
    QUARRY_TRY(query, read_query(invocation, Dash::kIsQuery));
  } else {
    query.files.assign(arguments.begin() + (subject == Subject::kTable ? 1 : 0), arguments.end());
  }
  QUARRY_TRY(kql::CatalogOptions inputs, catalog_options(invocation, query.files));
  inputs.schemas_only = inputs.inputs.empty() && inputs.tables.empty();
  const auto fetcher = external_fetcher(invocation);
  inputs.fetcher = fetcher.get();
  kql::Catalog catalog(std::move(inputs), invocation.cancel(), invocation.diagnostics());
  switch (subject) {
    case Subject::kAllTables:
      return list_tables(invocation, catalog);
    case Subject::kTable:
      return show_table(invocation, catalog, arguments.front());
    case Subject::kInputs:
      return show_inputs(invocation, catalog);
    case Subject::kQuery:
      return show_query(invocation, catalog, query.text);
  }
  return 0;
}

}  // namespace quarry::hq
