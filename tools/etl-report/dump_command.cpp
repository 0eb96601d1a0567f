// etl-report dump: events as rows, in the order of time, one recording after the other.
#include "common/base/text.h"
#include "common/cli/progress.h"
#include "common/cli/result_output.h"
#include "tools/etl-report/etl_report_app.h"
#include "tools/etl-report/event_filter.h"
#include "tools/etl-report/event_rows.h"
#include "tools/etl-report/recording.h"
#include "tools/etl-report/trace_labels.h"

#include <atomic>

namespace quarry::etl_report {
namespace {

constexpr std::size_t kMaxBatchBytes = std::size_t{4} << 20;
/// Events between looks at the cancel token, also where none passes the filters.
constexpr std::uint64_t kCheckEvery = 4096;

class Dump {
 public:
  Dump(cli::Invocation& invocation, BatchSink& sink, EventFilter filter)
      : invocation_(invocation),
        sink_(sink),
        filter_(std::move(filter)),
        labels_(invocation.arguments()) {}

  Result<void> run(const etl::Trace& trace);
  std::uint64_t rows() const { return written_; }
  /// "1,204,000 events"; from any thread.
  std::string progress() const { return text::with_thousands(seen_.load()) + " events"; }

 private:
  Result<void> flush();
  Result<void> check_cancelled() const;

  cli::Invocation& invocation_;
  BatchSink& sink_;
  EventFilter filter_;
  TraceLabels labels_;
  EventRows rows_;
  std::uint64_t written_ = 0;
  std::atomic<std::uint64_t> seen_{0};
};

Result<void> Dump::check_cancelled() const {
  const auto stopped = invocation_.cancel().error();
  return stopped ? fail(*stopped) : Result<void>();
}

Result<void> Dump::flush() {
  if (rows_.rows() == 0) return ok();
  written_ += rows_.rows();
  return sink_.write(rows_.finish());
}

Result<void> Dump::run(const etl::Trace& trace) {
  const std::string label = labels_.of(trace.name());
  filter_.bind(trace, invocation_.diagnostics());
  etl::EventStream events = trace.events();
  etl::Event event;
  while (true) {
    QUARRY_TRY(const bool more, events.next(event));
    if (!more || filter_.is_past(event)) break;
    const std::uint64_t number = seen_.fetch_add(1, std::memory_order_relaxed);
    if (number % kCheckEvery == 0) QUARRY_CHECK(check_cancelled());
    if (!filter_.accepts(event)) continue;
    rows_.append(trace, event, label);
    if (rows_.rows() < kDefaultBatchRows && rows_.bytes() < kMaxBatchBytes) continue;
    QUARRY_CHECK(flush());
  }
  return flush();
}

}  // namespace

Result<int> dump_command(cli::Invocation& invocation) {
  QUARRY_TRY(EventFilter filter, EventFilter::from_options(invocation));
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  QUARRY_TRY(const std::unique_ptr<cli::ResultOutput> output,
             cli::ResultOutput::open(invocation, looks));
  QUARRY_CHECK(output->rows().begin(EventRows::schema(), "EtlEvents"));
  Dump dump(invocation, output->rows(), std::move(filter));
  const cli::When progress_wanted =
      invocation.flag("quiet") ? cli::When::kNever : cli::parse_when(invocation.text("progress"));
  cli::Progress progress(invocation.streams(), progress_wanted,
                         [&dump] { return dump.progress(); });
  output->before_screen([&progress] { progress.stop(); });
  QUARRY_TRY(const int status, for_each_recording(invocation, [&](const etl::Trace& trace) {
               return dump.run(trace);
             }));
  QUARRY_CHECK(output->rows().end());
  QUARRY_CHECK(output->finish());
  progress.stop();
  QUARRY_CHECK(output->commit());
  if (status == 0 && dump.rows() == 0 && invocation.flag("exit-status")) return 1;
  return status;
}

}  // namespace quarry::etl_report
