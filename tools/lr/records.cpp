#include "tools/lr/records.h"

#include "common/json/document.h"
#include "common/value/builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace quarry::lr {
namespace {

/// Appends the member of each record, by the column's type.
Column column_of(const RecordColumn& column, std::span<const json::Document> documents) {
  ColumnBuilder<Type::kString> texts;
  ColumnBuilder<Type::kLong> numbers;
  ColumnBuilder<Type::kDynamic> values;
  for (const json::Document& document : documents) {
    const json::Node node = document.root().find(column.name);
    if (column.type == Type::kLong) {
      const auto number = node.as_int64();
      number ? numbers.append(*number) : numbers.append_null();
    } else if (column.type == Type::kDynamic) {
      node.is_null() ? values.append_null() : values.append_copy(node.to_json());
    } else {
      texts.append_copy(node.as_string().value_or(""));
    }
  }
  if (column.type == Type::kLong) return numbers.finish();
  return column.type == Type::kDynamic ? values.finish() : texts.finish();
}

}  // namespace

Result<std::unique_ptr<RecordOutput>> RecordOutput::open(const cli::Invocation& invocation,
                                                         std::span<const RecordColumn> columns) {
  const std::string format = invocation.format();
  std::vector<RecordColumn> shown;
  std::copy_if(columns.begin(), columns.end(), std::back_inserter(shown),
               [&format](const RecordColumn& column) {
                 return column.shown == Shown::kEverywhere || format != "table";
               });
  std::unique_ptr<RecordOutput> output(new RecordOutput(std::move(shown), format == "ndjson"));
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  QUARRY_TRY(output->output_, cli::ResultOutput::open(invocation, looks));
  return output;
}

Result<void> RecordOutput::add(const std::string& json) {
  if (is_ndjson_) return output_->bytes().write(json + "\n");
  kept_.push_back(json);
  return ok();
}

Result<void> RecordOutput::end_with(const std::string& summary) {
  return is_ndjson_ ? output_->bytes().write(summary + "\n") : ok();
}

Result<void> RecordOutput::write_rows() {
  Schema schema;
  for (const RecordColumn& column : columns_)
    schema.columns.push_back({std::string(column.name), column.type});
  QUARRY_CHECK(output_->rows().begin(schema, ""));
  if (!kept_.empty()) {
    std::vector<json::Document> documents;
    for (const std::string& text : kept_) {
      QUARRY_TRY(json::Document document, json::Document::parse(text, "record"));
      documents.push_back(std::move(document));
    }
    std::vector<Column> columns;
    for (const RecordColumn& column : columns_) columns.push_back(column_of(column, documents));
    QUARRY_CHECK(output_->rows().write(Batch(std::move(columns), kept_.size())));
  }
  return output_->rows().end();
}

Result<void> RecordOutput::finish() {
  if (!is_ndjson_) QUARRY_CHECK(write_rows());
  QUARRY_CHECK(output_->finish());
  return output_->commit();
}

Result<int> show_records(const cli::Invocation& invocation, std::span<const RecordColumn> columns,
                         std::span<const std::string> records) {
  QUARRY_TRY(const std::unique_ptr<RecordOutput> output, RecordOutput::open(invocation, columns));
  for (const std::string& record : records) QUARRY_CHECK(output->add(record));
  QUARRY_CHECK(output->finish());
  return 0;
}

}  // namespace quarry::lr
