// hq schema: the columns of a table, the tables that there are, or the columns of a query's result.
#include <unistd.h>

#include "common/base/suggest.h"
#include "common/io/sink.h"
#include "common/kql/schemas/built_in.h"
#include "common/output/format.h"
#include "common/value/builder.h"
#include "common/value/dynamic.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/session.h"

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

Result<int> print(const std::string& text) {
  io::Sink out(STDOUT_FILENO, "stdout");
  QUARRY_CHECK(out.write(text));
  QUARRY_CHECK(out.flush());
  return 0;
}

/// A list of texts as a result, in whatever format is asked for.
Result<int> show(const cli::Invocation& invocation, const Schema& schema, std::vector<Column> columns) {
  io::Sink out(STDOUT_FILENO, "stdout");
  output::FormatOptions options;
  options.color = invocation.streams().stdout_is_terminal && invocation.streams().color;
  const auto sink = output::find_format(invocation.format())->make(out, options);
  const std::size_t rows = columns.front().rows();
  QUARRY_CHECK(sink->begin(schema, ""));
  if (rows > 0) QUARRY_CHECK(sink->write(Batch(std::move(columns), rows)));
  QUARRY_CHECK(sink->end());
  return 0;
}

Result<int> show_columns(const cli::Invocation& invocation, const Schema& schema) {
  ColumnBuilder<Type::kString> names;
  ColumnBuilder<Type::kString> types;
  for (const ColumnSchema& column : schema.columns) {
    names.append_copy(column.name);
    types.append_copy(name_of(column.type));
  }
  return show(invocation, {{{"ColumnName", Type::kString}, {"ColumnType", Type::kString}}}, {names.finish(), types.finish()});
}

Result<int> list_tables(const cli::Invocation& invocation, kql::Catalog& catalog) {
  ColumnBuilder<Type::kString> names;
  for (const std::string& name : catalog.names()) names.append_copy(name);
  return show(invocation, {{{"TableName", Type::kString}}}, {names.finish()});
}

}  // namespace

Result<int> schema_command(cli::Invocation& invocation) {
  std::vector<std::string> arguments(invocation.arguments().begin(), invocation.arguments().end());
  const bool of_query = invocation.options().is_set("query-file") || (!arguments.empty() && arguments.front() == "-");
  QueryText query;
  if (of_query) {
    QUARRY_TRY(query, read_query(invocation, Dash::kIsQuery));
  } else if (!arguments.empty()) {
    query.text = arguments.front();
    query.files.assign(arguments.begin() + 1, arguments.end());
  }
  QUARRY_TRY(kql::CatalogOptions inputs, catalog_options(invocation, query.files));
  inputs.schemas_only = inputs.inputs.empty() && inputs.tables.empty();
  QUARRY_TRY(kql::EngineOptions options, engine_options(invocation));
  options.accept_wrong_times = true;
  kql::Catalog catalog(std::move(inputs), invocation.cancel(), invocation.diagnostics());
  if (of_query) {
    kql::Engine engine(std::move(options), catalog, invocation.cancel(), invocation.diagnostics());
    if (!engine.prepare(query.text)) return exit_status(ErrorCode::kQuery);
    std::string text;
    for (const Schema& schema : engine.result_schemas()) text += columns_json(schema);
    return print(text);
  }
  if (query.text.empty()) return list_tables(invocation, catalog);
  QUARRY_TRY(const kql::TableInfo* const table, catalog.find(query.text));
  if (table == nullptr) {
    const auto near = nearest(query.text, catalog.names());
    return fail(ErrorCode::kUsage, "unknown table '" + query.text + "'", (near ? "did you mean '" + *near + "'?  " : std::string()) + "hq schema lists all tables");
  }
  return show_columns(invocation, table->schema);
}

}  // namespace quarry::hq
