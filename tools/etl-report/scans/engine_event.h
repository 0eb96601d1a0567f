// An event of the engine as the pairing of scans needs it: which of the few that matter it is, and
// its fields.
#pragma once

#include "common/etl/clock.h"
#include "common/etl/event.h"
#include "common/etl/payload/decode.h"
#include "common/etl/schema/schema_set.h"

#include <cstdint>
#include <optional>
#include <string>

namespace quarry::etl_report {

enum class EngineEventKind : std::uint8_t {
  kStart,
  kStop,
  kMessage,
  kSkippedFile,
  kExpensiveBegin,
  kExpensiveEnd,
};

/// What a start and its stop are about.
enum class RequestKind : std::uint8_t { kResources, kStream, kFile, kProcess };

struct EngineEvent {
  EngineEventKind kind = EngineEventKind::kMessage;
  RequestKind request = RequestKind::kStream;  // of kStart and kStop
  std::uint32_t process = 0;                   // the thread of the engine that wrote it
  std::uint32_t thread = 0;
  etl::FileTime time{};
  std::string path;                      // as logged; may be empty
  std::string process_path;              // kStream
  std::uint32_t process_id = 0;          // 0: not told
  std::uint32_t reason = 0;              // kStream: Reason, kResources: ScanSource
  std::optional<etl::FileTime> started;  // a stop that tells when its start was
  std::string text;                      // message, reason of a skip, name of an operation
};

/// Turns records into engine events; the rest of a trace is passed over.
class EngineEventDecoder {
 public:
  /// Both must outlive the decoder.
  EngineEventDecoder(const etl::SchemaSet& schemas, const etl::Clock& clock)
      : schemas_(schemas), clock_(clock) {}

  /// False where the record is none of the events that matter, or its layout is not known.
  bool decode(const etl::Event& record, EngineEvent& event);

 private:
  std::string text_field(const char* name) const;
  std::uint64_t number_field(const char* name) const;
  void read_fields(EngineEvent& event) const;

  const etl::SchemaSet& schemas_;
  const etl::Clock& clock_;
  etl::DecodedPayload payload_;
};

}  // namespace quarry::etl_report
