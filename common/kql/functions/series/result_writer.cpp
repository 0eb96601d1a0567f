#include "common/kql/functions/series/result_writer.h"

#include "common/kql/functions/series/series.h"

namespace quarry::kql::functions {

void ResultWriter::begin(std::string_view name) {
  append_separator(out_);
  if (as_ == As::kColumns) return;
  append_json_string(out_, name);
  out_ += ':';
}

void ResultWriter::add(std::string_view name, double value) {
  begin(name);
  append_number(out_, value);
}

void ResultWriter::add(std::string_view name, std::int64_t value) {
  begin(name);
  append_number(out_, value);
}

void ResultWriter::add(std::string_view name, std::span<const double> values) {
  begin(name);
  append_reals(out_, values);
}

void ResultWriter::open(std::string_view name) {
  if (as_ == As::kColumns) return;
  begin(name);
  out_ += '{';
}

void ResultWriter::close() {
  if (as_ == As::kBag) out_ += '}';
}

}  // namespace quarry::kql::functions
