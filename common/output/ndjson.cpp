// ndjson: what the tools pipe to each other. Several results simply continue.
#include "common/json/writer.h"
#include "common/output/format.h"

namespace quarry::output {
namespace {

class Ndjson final : public BatchSink {
 public:
  Ndjson(io::Sink& out, const FormatOptions& options) : out_(out), options_(options) {}

  Result<void> begin(const Schema& schema, const std::string& name) override {
    writer_.emplace(schema);
    if (!options_.typed) return ok();
    json::append_schema_line(text_, schema, name);
    return write_text();
  }

  Result<void> write(const Batch& batch) override {
    writer_->append_lines(text_, batch);
    QUARRY_CHECK(write_text());
    return options_.line_buffered ? out_.flush() : ok();
  }

  Result<void> end() override { return out_.flush(); }

 private:
  Result<void> write_text() {
    const Result<void> written = out_.write(text_);
    text_.clear();
    return written;
  }

  io::Sink& out_;
  FormatOptions options_;
  std::optional<json::RowWriter> writer_;
  std::string text_;
};

}  // namespace

std::unique_ptr<BatchSink> make_ndjson(io::Sink& out, const FormatOptions& options) {
  return std::make_unique<Ndjson>(out, options);
}

}  // namespace quarry::output
