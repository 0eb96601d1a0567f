#include "tools/etl-report/scans/engine_event.h"

#include "common/etl/payload/value_text.h"
#include "tools/etl-report/defender_events.h"

#include <algorithm>
#include <array>

namespace quarry::etl_report {
namespace {

using Kind = EngineEventKind;
using Request = RequestKind;

struct Known {
  std::uint16_t id;
  Kind kind;
  Request request;
};

// What the engine logs of its requests, by event id. Other events of the engine do not make scans.
constexpr std::array<Known, 12> kKnown{{{1, Kind::kStart, Request::kResources},
                                        {2, Kind::kStop, Request::kResources},
                                        {3, Kind::kMessage, Request::kStream},
                                        {5, Kind::kStart, Request::kStream},
                                        {6, Kind::kStop, Request::kStream},
                                        {7, Kind::kSkippedFile, Request::kStream},
                                        {30, Kind::kStart, Request::kFile},
                                        {31, Kind::kStop, Request::kFile},
                                        {32, Kind::kStart, Request::kProcess},
                                        {33, Kind::kStop, Request::kProcess},
                                        {43, Kind::kExpensiveBegin, Request::kStream},
                                        {67, Kind::kExpensiveEnd, Request::kStream}}};

const Known* find_known(const etl::Event& record) {
  if (!etl::is_event_header(record.kind) || record.provider != kAntimalwareEngine) return nullptr;
  const auto found = std::find_if(kKnown.begin(), kKnown.end(),
                                  [&](const Known& known) { return known.id == record.id; });
  return found == kKnown.end() ? nullptr : found;
}

}  // namespace

std::string EngineEventDecoder::text_field(const char* name) const {
  const etl::Value* const value = payload_.find(name);
  return value == nullptr ? std::string() : etl::text_of(*value);
}

std::uint64_t EngineEventDecoder::number_field(const char* name) const {
  const etl::Value* const value = payload_.find(name);
  return value == nullptr ? 0 : etl::unsigned_of(*value).value_or(0);
}

void EngineEventDecoder::read_fields(EngineEvent& event) const {
  switch (event.request) {
    case Request::kResources:
      event.path = text_field("FirstResourcePath");
      event.reason = static_cast<std::uint32_t>(number_field("ScanSource"));
      break;
    case Request::kStream:
      event.path = text_field("Path");
      event.process_path = text_field("Process");
      event.reason = static_cast<std::uint32_t>(number_field("Reason"));
      break;
    case Request::kFile:
    case Request::kProcess:
      event.path = text_field("FilePath");
      break;
  }
  event.process_id = static_cast<std::uint32_t>(number_field("PID"));
  const std::uint64_t started = number_field("StartQPC");
  if (event.kind == Kind::kStop && started != 0) {
    event.started = clock_.to_filetime(static_cast<std::int64_t>(started));
  }
}

bool EngineEventDecoder::decode(const etl::Event& record, EngineEvent& event) {
  const Known* const known = find_known(record);
  if (known == nullptr) return false;
  const etl::EventLayout* const layout = schemas_.find(record);
  if (layout == nullptr) return false;
  etl::decode_payload(*layout, record, payload_);
  event = EngineEvent();
  event.kind = known->kind;
  event.request = known->request;
  event.process = record.process_id;
  event.thread = record.thread_id;
  event.time = record.time;
  switch (event.kind) {
    case Kind::kStart:
    case Kind::kStop:
      read_fields(event);
      break;
    case Kind::kMessage:
      event.text = text_field("Message");
      break;
    case Kind::kSkippedFile:
      event.text = text_field("Reason");
      break;
    case Kind::kExpensiveBegin:
    case Kind::kExpensiveEnd:
      event.text = text_field("Name");
      // Version 0 had one event for both.
      if (record.id == 43 && record.version == 0 && number_field("StartStop") == 0) {
        event.kind = Kind::kExpensiveEnd;
      }
      break;
  }
  return true;
}

}  // namespace quarry::etl_report
