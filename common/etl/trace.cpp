#include "common/etl/trace.h"

#include "common/etl/container/buffer.h"
#include "common/etl/container/buffer_walk.h"
#include "common/etl/container/embedded_manifests.h"
#include "common/etl/container/surveyor.h"
#include "common/etl/container/trace_metadata.h"
#include "common/etl/schema/built_in.h"
#include "common/etl/trace_state.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace quarry::etl {
namespace {

constexpr std::string_view kHint = "a recording made by wpr, xperf, logman or PerfView is expected";

Error no_trace(const Source& source, std::string message) {
  return Error(ErrorCode::kData, std::move(message), std::string(kHint)).at(source.name());
}

/// The first buffer is never compressed: its first record describes the file, its state the
/// compression.
Result<TraceHeader> read_header(const Source& source, CompressionFormat& format) {
  if (source.size() == 0) return fail(no_trace(source, "is empty"));
  std::array<std::uint8_t, kBufferHeaderSize> head{};
  QUARRY_TRY(const std::size_t got, source.read_at(0, head));
  if (got < head.size()) return fail(no_trace(source, "is too short for a trace"));
  const BufferHeader buffer = parse_buffer_header(head);
  // A record is at most 65,535 bytes long.
  std::vector<std::uint8_t> record(65'536);
  QUARRY_TRY(const std::size_t size, source.read_at(kBufferHeaderSize, record));
  Result<TraceHeader> header = parse_trace_header(Bytes(record).first(size));
  if (!header) return fail(no_trace(source, header.error().message()));
  if (header->compressed()) format = static_cast<CompressionFormat>(buffer.state & 0xFFFF);
  return header;
}

void tell_fault(const BufferPlace& place, const LoadedBuffer& buffer, CompressionFormat format,
                bool compressed, Problems& problems) {
  if (buffer.fault.empty()) return;
  ProblemKind kind = ProblemKind::kTruncated;
  if (compressed) {
    const bool known = name_of(format) != "unknown" && format != CompressionFormat::kNone;
    kind = known ? ProblemKind::kNotDecompressed : ProblemKind::kUnknownCompression;
  }
  problems.add(kind, place.offset, buffer.fault);
}

}  // namespace

Trace::Trace(std::unique_ptr<State> state) : state_(std::move(state)) {}
Trace::Trace(Trace&&) noexcept = default;
Trace& Trace::operator=(Trace&&) noexcept = default;
Trace::~Trace() = default;

Result<Trace> Trace::open(const std::string& path, const Options& options) {
  QUARRY_TRY(std::unique_ptr<Source> source, open_file_source(path));
  return open(std::move(source), options);
}

Result<Trace> Trace::open(std::unique_ptr<Source> source, const Options& options) {
  auto state = std::make_unique<State>();
  state->source = std::move(source);
  QUARRY_TRY(state->header, read_header(*state->source, state->format));
  state->clock = state->header.clock();
  add_built_in_layouts(state->schemas);

  Problems problems;
  BufferWalk walk(*state->source, state->header, problems);
  BufferLoader loader(*state->source, state->format, state->header.compressed());
  Surveyor surveyor(state->clock, state->survey, problems);
  EmbeddedManifests manifests;
  VolumeNames volumes;
  const Surveyor::Each collect = [&](const Event& event) {
    collect_metadata(event, state->schemas, volumes, problems);
    manifests.collect(event);
  };
  BufferPlace place;
  LoadedBuffer buffer;
  while (true) {
    if (options.cancel != nullptr && options.cancel->cancelled()) {
      if (const auto error = options.cancel->error()) return fail(*error);
      break;
    }
    QUARRY_TRY(const bool more, walk.next(place));
    if (!more) break;
    QUARRY_CHECK(loader.load(place.offset, place.stored, buffer));
    const bool compressed = place.header.compressed() && state->header.compressed();
    tell_fault(place, buffer, state->format, compressed, problems);
    const std::uint64_t before = state->survey.events;
    const BufferEntry entry = surveyor.walk(place, buffer.payload(), collect);
    if (state->survey.events > before) state->index.push_back(entry);
  }
  surveyor.finish(state->header);
  manifests.finish(state->schemas);
  state->volumes = volumes.take();
  std::sort(state->index.begin(), state->index.end(),
            [](const BufferEntry& a, const BufferEntry& b) {
              return std::tie(a.first_time, a.offset) < std::tie(b.first_time, b.offset);
            });
  state->problems = problems.all();
  return Trace(std::move(state));
}

const std::string& Trace::name() const { return state_->source->name(); }
std::uint64_t Trace::size() const { return state_->source->size(); }
const TraceHeader& Trace::header() const { return state_->header; }
CompressionFormat Trace::compression() const { return state_->format; }
const Clock& Trace::clock() const { return state_->clock; }
const Survey& Trace::survey() const { return state_->survey; }
const std::vector<VolumeMapping>& Trace::volumes() const { return state_->volumes; }
const std::vector<Problem>& Trace::problems() const { return state_->problems; }
bool Trace::damaged() const {
  return std::any_of(state_->problems.begin(), state_->problems.end(),
                     [](const Problem& problem) { return is_damage(problem.kind); });
}
SchemaSet& Trace::schemas() { return state_->schemas; }
const SchemaSet& Trace::schemas() const { return state_->schemas; }

}  // namespace quarry::etl
