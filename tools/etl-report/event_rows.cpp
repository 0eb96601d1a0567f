#include "tools/etl-report/event_rows.h"

#include "common/etl/payload/value_text.h"
#include "tools/etl-report/event_names.h"
#include "tools/etl-report/trace_labels.h"

#include <fmt/format.h>

#include <iterator>

namespace quarry::etl_report {
namespace {

void append_guid_or_null(ColumnBuilder<Type::kGuid>& column, const Guid& guid) {
  guid == Guid{} ? column.append_null() : column.append(guid);
}
void append_id_or_null(ColumnBuilder<Type::kLong>& column, std::uint32_t id) {
  id == etl::kNoId ? column.append_null() : column.append(std::int64_t{id});
}
void append_if(ColumnBuilder<Type::kInt>& column, bool there, int value) {
  there ? column.append(value) : column.append_null();
}

}  // namespace

const Schema& EventRows::schema() {
  static const Schema kSchema{{{"Timestamp", Type::kDatetime},
                               {"ProviderName", Type::kString},
                               {"EventName", Type::kString},
                               {"Id", Type::kInt},
                               {"Version", Type::kInt},
                               {"Opcode", Type::kInt},
                               {"Level", Type::kInt},
                               {"Task", Type::kInt},
                               {"Keywords", Type::kString},
                               {"ProcessId", Type::kLong},
                               {"ThreadId", Type::kLong},
                               {"Processor", Type::kInt},
                               {"Provider", Type::kGuid},
                               {"ActivityId", Type::kGuid},
                               {"RelatedActivityId", Type::kGuid},
                               {"Kind", Type::kString},
                               {"Group", Type::kInt},
                               {"Data", Type::kDynamic},
                               {kTraceColumn, Type::kString}}};
  return kSchema;
}

void EventRows::append_names(const etl::Trace& trace, const etl::Event& event,
                             const etl::EventLayout* layout) {
  const bool named = layout != nullptr && !layout->provider_name.empty();
  provider_names_.append_copy(named ? layout->provider_name : provider_name(trace, event.provider));
  if (layout != nullptr) {
    const std::string title = layout->title();
    bytes_ += title.size() + layout->provider_name.size();
    event_names_.append_copy(title);
  } else {
    event_names_.append_copy(class_name(event.provider, event.opcode));
  }
}

void EventRows::append_numbers(const etl::Event& event) {
  const bool manifest = etl::is_event_header(event.kind);
  const bool message = event.kind == etl::RecordKind::kMessage;
  append_if(ids_, manifest || message, event.id);
  append_if(versions_, !message, event.version);
  append_if(opcodes_, !message, event.opcode);
  append_if(levels_, manifest || etl::is_classic(event.kind), event.level);
  append_if(tasks_, manifest, event.task);
  append_if(groups_, etl::is_kernel(event.kind), event.group);
  scratch_.clear();
  if (manifest) fmt::format_to(std::back_inserter(scratch_), "0x{:x}", event.keywords);
  keywords_.append_copy(scratch_);
}

void EventRows::append_ids(const etl::Event& event) {
  append_id_or_null(pids_, event.process_id);
  append_id_or_null(tids_, event.thread_id);
  processors_.append(event.processor);
  append_guid_or_null(providers_, event.provider);
  append_guid_or_null(activities_, event.activity);
  append_guid_or_null(related_, etl::related_activity(event).value_or(Guid{}));
}

/// A payload without a layout is one value, "_payload", in hex.
void EventRows::append_payload(const etl::Event& event, const etl::EventLayout* layout) {
  scratch_.clear();
  if (layout != nullptr) {
    etl::decode_payload(*layout, event, decoded_);
    etl::append_json(scratch_, decoded_);
  } else if (event.payload.empty()) {
    scratch_ = "{}";
  } else {
    scratch_ = "{\"_payload\":\"";
    etl::append_hex(scratch_, event.payload);
    scratch_ += "\"}";
  }
  bytes_ += scratch_.size();
  data_.append_copy(scratch_);
}

void EventRows::append(const etl::Trace& trace, const etl::Event& event, std::string_view label) {
  const auto time = etl::to_datetime(event.time);
  time ? times_.append(*time) : times_.append_null();
  const etl::EventLayout* const layout = trace.schemas().find(event);
  append_names(trace, event, layout);
  append_numbers(event);
  append_ids(event);
  kinds_.append_copy(etl::name_of(event.kind));
  append_payload(event, layout);
  labels_.append_copy(label);
}

Batch EventRows::finish() {
  const std::size_t count = rows();
  bytes_ = 0;
  std::vector<Column> columns;
  columns.push_back(times_.finish());
  columns.push_back(provider_names_.finish());
  columns.push_back(event_names_.finish());
  columns.push_back(ids_.finish());
  columns.push_back(versions_.finish());
  columns.push_back(opcodes_.finish());
  columns.push_back(levels_.finish());
  columns.push_back(tasks_.finish());
  columns.push_back(keywords_.finish());
  columns.push_back(pids_.finish());
  columns.push_back(tids_.finish());
  columns.push_back(processors_.finish());
  columns.push_back(providers_.finish());
  columns.push_back(activities_.finish());
  columns.push_back(related_.finish());
  columns.push_back(kinds_.finish());
  columns.push_back(groups_.finish());
  columns.push_back(data_.finish());
  columns.push_back(labels_.finish());
  return {std::move(columns), count};
}

}  // namespace quarry::etl_report
