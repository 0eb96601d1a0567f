// Events as rows: one column for each fact of the header, the payload as a bag of named values.
#pragma once

#include "common/etl/payload/decode.h"
#include "common/etl/trace.h"
#include "common/value/batch.h"
#include "common/value/builder.h"
#include "common/value/type.h"

#include <string>
#include <string_view>

namespace quarry::etl_report {

class EventRows {
 public:
  static const Schema& schema();

  /// `trace` names providers and layouts; it must outlive the next finish(). `label`: see
  /// TraceLabels.
  void append(const etl::Trace& trace, const etl::Event& event, std::string_view label);
  std::size_t rows() const { return times_.rows(); }
  /// Bytes of text in the rows so far: events may be 64 KiB each.
  std::size_t bytes() const { return bytes_; }
  /// The rows so far; then there are none.
  Batch finish();

 private:
  void append_names(const etl::Trace& trace, const etl::Event& event,
                    const etl::EventLayout* layout);
  void append_numbers(const etl::Event& event);
  void append_ids(const etl::Event& event);
  void append_payload(const etl::Event& event, const etl::EventLayout* layout);

  ColumnBuilder<Type::kDatetime> times_;
  ColumnBuilder<Type::kString> provider_names_;
  ColumnBuilder<Type::kString> event_names_;
  ColumnBuilder<Type::kInt> ids_;
  ColumnBuilder<Type::kInt> versions_;
  ColumnBuilder<Type::kInt> opcodes_;
  ColumnBuilder<Type::kInt> levels_;
  ColumnBuilder<Type::kInt> tasks_;
  ColumnBuilder<Type::kString> keywords_;
  ColumnBuilder<Type::kLong> pids_;
  ColumnBuilder<Type::kLong> tids_;
  ColumnBuilder<Type::kInt> processors_;
  ColumnBuilder<Type::kGuid> providers_;
  ColumnBuilder<Type::kGuid> activities_;
  ColumnBuilder<Type::kGuid> related_;
  ColumnBuilder<Type::kString> kinds_;
  ColumnBuilder<Type::kInt> groups_;
  ColumnBuilder<Type::kDynamic> data_;
  ColumnBuilder<Type::kString> labels_;
  etl::DecodedPayload decoded_;
  std::string scratch_;
  std::size_t bytes_ = 0;
};

}  // namespace quarry::etl_report
