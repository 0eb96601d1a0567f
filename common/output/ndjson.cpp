// ndjson: what the tools pipe to each other. Several results simply continue.
#include <chrono>

#include "common/json/writer.h"
#include "common/output/format.h"

namespace quarry::output {
namespace {

/// While input is live, nobody waits longer than this for a row.
constexpr std::chrono::milliseconds kFlushEvery{200};

class Ndjson final : public BatchSink {
 public:
  Ndjson(io::Sink& out, const FormatOptions& options) : out_(out), options_(options) {}

  Result<void> begin(const Schema& schema, const std::string& name) override {
    writer_.emplace(schema);
    if (options_.typed) json::append_schema_line(out_.buffer(), schema, name);
    return out_.write({});
  }

  Result<void> write(const Batch& batch) override {
    writer_->append_lines(out_.buffer(), batch);
    QUARRY_CHECK(out_.write({}));
    return options_.line_buffered ? out_.flush() : out_.flush_if_older(kFlushEvery);
  }

  Result<void> end() override { return out_.flush(); }

 private:
  io::Sink& out_;
  FormatOptions options_;
  std::optional<json::RowWriter> writer_;
};

}  // namespace

std::unique_ptr<BatchSink> make_ndjson(io::Sink& out, const FormatOptions& options) { return std::make_unique<Ndjson>(out, options); }

}  // namespace quarry::output
