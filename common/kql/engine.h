// The only door to the KQL engine: text in, results out.
//
//   Engine engine(options, catalog, diagnostics);
//   if (engine.prepare(text)) engine.run(sink);
#pragma once

#include "common/base/cancel.h"
#include "common/base/diagnostics.h"
#include "common/base/result.h"
#include "common/kql/catalog.h"
#include "common/table/reader.h"
#include "common/time/ticks.h"
#include "common/value/batch_sink.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarry::kql {

struct EngineOptions {
  int threads = 1;
  std::size_t batch_rows = kDefaultBatchRows;
  std::uint64_t memory_limit = std::uint64_t{8} << 30;
  Datetime now;  // what now() sees
  std::uint64_t random_seed = 0;
  bool strict = false;     // the first bad line ends the run
  bool check_all = false;  // validate every byte that is read
  bool use_needles =
      true;  // rule out rows by their raw bytes; tests compare with those that do not
  bool interrupt_ends_input =
      false;  // --follow: a cancelled token only ends the input, the answer is still given
  bool accept_wrong_times =
      false;  // datetime(2026-06-33) is null with a warning, as for Kusto's parser; else an error
  table::BadLineKeeper* bad_lines = nullptr;
  /// --param name=value: lets of typed literals, as text of the literal where it is one, else a
  /// string.
  std::vector<std::pair<std::string, std::string>> parameters;
};

struct RunStatistics {
  std::uint64_t rows_out = 0;
  std::uint64_t memory_peak = 0;  // of breakers
};

/// One query. Not thread-safe; runs on `threads` threads of its own.
class Engine {
 public:
  /// All references outlive the engine.
  Engine(EngineOptions options, Catalog& catalog, CancelToken& cancel, Diagnostics& diagnostics);
  ~Engine();

  /// Parses and binds. False where the query has errors, which are in the diagnostics then.
  bool prepare(std::string text);
  /// Columns of each result, after prepare().
  std::vector<Schema> result_schemas() const;
  /// Runs all results into the sink, in order. Query errors met while running have exit status 2.
  Result<void> run(BatchSink& sink);
  /// The optimised plan as text, one node a line, after prepare().
  std::string explain();

  const table::ScanReport& report() const { return report_; }
  const RunStatistics& statistics() const { return statistics_; }
  const std::string& text() const { return text_; }

 private:
  class Session;
  EngineOptions options_;
  Catalog& catalog_;
  CancelToken& cancel_;
  Diagnostics& diagnostics_;
  table::ScanReport report_;
  RunStatistics statistics_;
  std::string text_;
  std::unique_ptr<Session> session_;
};

}  // namespace quarry::kql
