#include "tests/fuzz/engine/run.h"

#include "common/json/writer.h"
#include "common/kql/engine.h"
#include "tests/fuzz/engine/deadline.h"

#include <fmt/format.h>

#include <fstream>

namespace quarry::fuzz {
namespace {

constexpr std::int64_t kNow = 638'500'000'000'000'000;

kql::CatalogOptions catalog_options(std::span<const InputTable> tables) {
  kql::CatalogOptions options;
  for (const InputTable& table : tables) {
    if (table.declared) options.schemas.push_back({table.name(), table.schema});
  }
  return options;
}

void tell(const Diagnostics& diagnostics, Ran& ran) {
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    std::string& text = diagnostic.level == Level::kError ? ran.errors : ran.warnings;
    text += fmt::format("{}{}{}\n", diagnostic.message, diagnostic.hint.empty() ? "" : " / ",
                        diagnostic.hint);
  }
}

/// Keeps results as typed NDJSON, up to so many rows.
class TextSink final : public BatchSink {
 public:
  TextSink(Ran& ran, std::uint64_t most_rows) : ran_(ran), most_rows_(most_rows) {}
  Result<void> begin(const Schema& schema, const std::string& name) override {
    json::append_schema_line(ran_.bytes, schema, name);
    writer_.emplace(schema);
    return ok();
  }
  Result<void> write(const Batch& batch) override {
    ran_.rows += batch.rows();
    if (ran_.rows > most_rows_) {
      ran_.limited = true;
      return fail(ErrorCode::kReaderGone, "enough rows");
    }
    writer_->append_lines(ran_.bytes, batch);
    return ok();
  }
  Result<void> end() override { return ok(); }

 private:
  Ran& ran_;
  std::uint64_t most_rows_;
  std::optional<json::RowWriter> writer_;
};

}  // namespace

Checked check_query(const std::string& query, std::span<const InputTable> tables) {
  CancelToken cancel;
  const Deadline deadline(cancel, Limits{}.time);
  Diagnostics diagnostics;
  kql::CatalogOptions catalog_settings = catalog_options(tables);
  catalog_settings.schemas_only = true;
  kql::Catalog catalog(std::move(catalog_settings), cancel, diagnostics);
  kql::EngineOptions options;
  options.now = Datetime{kNow};
  options.memory_limit = Limits{}.memory;
  kql::Engine engine(std::move(options), catalog, cancel, diagnostics);
  Checked checked;
  checked.accepted = engine.prepare(query);
  if (!checked.accepted) return checked;
  const std::vector<Schema> schemas = engine.result_schemas();
  checked.results = schemas.size();
  if (!schemas.empty()) checked.schema = schemas.back();
  return checked;
}

Ran run_query(const std::string& query, std::span<const InputTable> tables,
              const std::filesystem::path& folder, const Shape& shape, const Limits& limits) {
  CancelToken cancel;
  const Deadline deadline(cancel, limits.time);
  Diagnostics diagnostics;
  kql::CatalogOptions catalog_settings = catalog_options(tables);
  for (const InputTable& table : tables)
    catalog_settings.inputs.push_back((folder / table.file).string());
  catalog_settings.input.threads = shape.threads;
  if (shape.block_bytes != 0) catalog_settings.input.block_size = shape.block_bytes;
  kql::Catalog catalog(std::move(catalog_settings), cancel, diagnostics);
  kql::EngineOptions options;
  options.threads = shape.threads;
  options.batch_rows = shape.batch_rows;
  options.use_needles = shape.use_needles;
  options.memory_limit = limits.memory;
  if (shape.spill) {
    options.spill_directory = folder.string();
    options.spill_above = 0;
  }
  options.now = Datetime{kNow};
  options.random_seed = 7;
  kql::Engine engine(std::move(options), catalog, cancel, diagnostics);
  Ran ran;
  ran.accepted = engine.prepare(query);
  if (ran.accepted) {
    (void)engine.explain();
    TextSink sink(ran, limits.rows);
    const Result<void> result = engine.run(sink);
    ran.finished = result.has_value();
    if (!result) {
      ran.errors = fmt::format("run: {}\n", result.error().message());
      if (result.error().code() == ErrorCode::kInternal) ran.errors += "internal error\n";
      ran.limited |= result.error().hint().find("--memory-limit") != std::string::npos;
    }
  }
  tell(diagnostics, ran);
  ran.limited |= cancel.cancelled() || ran.errors.find("--memory-limit") != std::string::npos;
  return ran;
}

void write_files(std::span<const InputTable> tables, const std::filesystem::path& folder) {
  for (const InputTable& table : tables)
    std::ofstream(folder / table.file, std::ios::binary) << table.bytes;
}

}  // namespace quarry::fuzz
