// etl-report info: one row of facts for each recording.
#include "common/cli/result_output.h"
#include "common/etl/compress/decompress.h"
#include "common/value/builder.h"
#include "common/value/dynamic.h"
#include "tools/etl-report/etl_report_app.h"
#include "tools/etl-report/recording.h"

#include <fmt/format.h>

namespace quarry::etl_report {
namespace {

/// {"event64":12,…}
std::string kinds_json(const etl::Survey& survey) {
  std::string json = "{";
  for (std::size_t i = 0; i < etl::kRecordKinds; ++i) {
    if (survey.kinds[i] == 0) continue;
    if (json.size() > 1) json += ',';
    fmt::format_to(std::back_inserter(json), "\"{}\":{}",
                   etl::name_of(static_cast<etl::RecordKind>(i)), survey.kinds[i]);
  }
  return json + '}';
}

/// [{"problem":"truncated","count":1,"offset":4096,"damage":true,"message":"…"},…]
std::string problems_json(const etl::Trace& trace) {
  std::string json = "[";
  for (const etl::Problem& problem : trace.problems()) {
    if (json.size() > 1) json += ',';
    fmt::format_to(std::back_inserter(json),
                   "{{\"problem\":\"{}\",\"count\":{},\"offset\":{},\"damage\":{},\"message\":",
                   etl::name_of(problem.kind), problem.count, problem.first_offset,
                   etl::is_damage(problem.kind));
    append_json_string(json, etl::describe(problem));
    json += '}';
  }
  return json + ']';
}

/// {"\\Device\\HarddiskVolume2\\":"C:\\",…}
std::string volumes_json(const etl::Trace& trace) {
  std::string json = "{";
  for (const etl::VolumeMapping& volume : trace.volumes()) {
    if (json.size() > 1) json += ',';
    append_json_string(json, volume.nt_prefix);
    json += ':';
    append_json_string(json, volume.dos_prefix);
  }
  return json + '}';
}

/// Builds the one row of a file, column by column; the first row gives the schema.
class FactTable {
 public:
  void begin_row() { next_ = 0; }
  void text(const char* name, std::string_view value) {
    cell<Type::kString>(name).append_copy(value);
  }
  void number(const char* name, std::uint64_t value) {
    cell<Type::kLong>(name).append(static_cast<std::int64_t>(value));
  }
  void time(const char* name, std::optional<etl::FileTime> value) {
    auto& column = cell<Type::kDatetime>(name);
    const auto instant = value && value->ticks != 0 ? etl::to_datetime(*value) : std::nullopt;
    instant ? column.append(*instant) : column.append_null();
  }
  void json(const char* name, std::string_view value) {
    cell<Type::kDynamic>(name).append_copy(value);
  }
  std::size_t columns() const { return schema_.columns.size(); }
  const Schema& schema() const { return schema_; }
  std::vector<Column> finish() {
    std::vector<Column> columns;
    for (const auto& builder : builders_) columns.push_back(builder->finish());
    return columns;
  }

 private:
  struct Builder {
    virtual ~Builder() = default;
    virtual Column finish() = 0;
  };
  template <Type T>
  struct Typed : Builder {
    ColumnBuilder<T> cells;
    Column finish() override { return cells.finish(); }
  };
  template <Type T>
  ColumnBuilder<T>& cell(const char* name) {
    if (next_ == builders_.size()) {
      schema_.columns.push_back({name, T});
      builders_.push_back(std::make_unique<Typed<T>>());
    }
    return static_cast<Typed<T>&>(*builders_[next_++]).cells;
  }

  Schema schema_;
  std::vector<std::unique_ptr<Builder>> builders_;
  std::size_t next_ = 0;
};

void add_session(FactTable& facts, const etl::Trace& trace) {
  const etl::TraceHeader& header = trace.header();
  facts.text("Session", header.logger_name);
  facts.text("Windows", fmt::format("{}.{} build {}", header.major, header.minor, header.build));
  facts.text("Layout", fmt::format("{}.{}", header.layout_major, header.layout_minor));
  facts.number("Processors", header.processors);
  facts.number("PointerSize", header.pointer_size);
  facts.text("Mode", etl::mode_names(header.mode));
  facts.text("Clock", etl::name_of(header.clock_kind));
  facts.number("Frequency", static_cast<std::uint64_t>(header.perf_frequency));
  facts.time("StartTime", header.start);
  facts.time("EndTime", header.end);
  facts.time("BootTime", header.boot);
}

void add_contents(FactTable& facts, const etl::Trace& trace) {
  const etl::Survey& survey = trace.survey();
  facts.number("Buffers", survey.buffers);
  facts.number("BuffersInHeader", trace.header().buffers_written);
  facts.number("BufferSize", trace.header().buffer_size);
  facts.text("Compression", etl::name_of(trace.compression()));
  facts.number("ProcessorsSeen", survey.processors.size());
  facts.number("Events", survey.events);
  facts.number("EventBytes", survey.record_bytes);
  facts.json("Records", kinds_json(survey));
  facts.time("FirstEvent", survey.first);
  facts.time("LastEvent", survey.last);
  facts.number("OutOfOrder", survey.out_of_order);
  facts.number("EventsLost", trace.header().events_lost);
  facts.number("BuffersLost", trace.header().buffers_lost);
  facts.json("Volumes", volumes_json(trace));
  facts.json("Problems", problems_json(trace));
}

}  // namespace

Result<int> info_command(cli::Invocation& invocation) {
  FactTable facts;
  QUARRY_TRY(const int status, for_each_recording(invocation, [&](const etl::Trace& trace) {
               facts.begin_row();
               facts.text("File", trace.name());
               facts.number("Size", trace.size());
               add_session(facts, trace);
               add_contents(facts, trace);
               return ok();
             }));
  if (facts.columns() > 0)
    QUARRY_CHECK(cli::show_rows(invocation, facts.schema(), facts.finish(), "list"));
  return status;
}

}  // namespace quarry::etl_report
