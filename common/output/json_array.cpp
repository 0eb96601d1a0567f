// json: each result is one array on one line.
#include "common/json/writer.h"
#include "common/output/format.h"

#include <optional>

namespace quarry::output {
namespace {

class JsonArray final : public BatchSink {
 public:
  JsonArray(io::Sink& out, const FormatOptions& options) : out_(out), options_(options) {}

  Result<void> begin(const Schema& schema, const std::string&) override {
    writer_.emplace(schema);
    rows_ = 0;
    return out_.write("[");
  }

  Result<void> write(const Batch& batch) override {
    writer_->begin(batch);
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      if (rows_++ > 0) text_ += ',';
      writer_->append_row(text_, row);
    }
    QUARRY_CHECK(out_.write(text_));
    text_.clear();
    return options_.line_buffered ? out_.flush() : ok();
  }

  Result<void> end() override {
    QUARRY_CHECK(out_.write("]\n"));
    return out_.flush();
  }

 private:
  io::Sink& out_;
  FormatOptions options_;
  std::optional<json::RowWriter> writer_;
  std::uint64_t rows_ = 0;
  std::string text_;
};

}  // namespace

std::unique_ptr<BatchSink> make_json_array(io::Sink& out, const FormatOptions& options) {
  return std::make_unique<JsonArray>(out, options);
}

}  // namespace quarry::output
