// What is missing or broken in a trace: one entry a kind, with a count, for one line to the user
// and for machines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::etl {

enum class ProblemKind : std::uint8_t {
  // the recording itself is incomplete
  kEventsLost,  // the session counted them
  kBuffersLost,
  kBufferFlagLost,  // buffers marked "events lost" or "buffer lost" by a session that counted none
  kErrorRecords,    // events that could not be logged
  kSequenceGap,     // missing sequence numbers
  kNeverClosed,     // no end time, or fewer buffers counted than there are
  kOddClock,        // frequency 0
  kOddPointerSize,
  // bytes could not be read: what they held is missing
  kTruncated,
  kFewerBuffers,  // fewer buffers than a session that was closed in order counted
  kBadBufferHeader,
  kBadRecord,
  kObsoleteRecord,
  kBadExtendedItem,
  kNotDecompressed,
  kUnknownCompression,
  // schemas
  kBadSchema,
  kTooManySchemas,
};
inline constexpr std::size_t kProblemKinds =
    static_cast<std::size_t>(ProblemKind::kTooManySchemas) + 1;

struct Problem {
  ProblemKind kind = ProblemKind::kTruncated;
  std::uint64_t count = 0;         // of events, buffers, records …, as the message says
  std::uint64_t first_offset = 0;  // in the file
  std::string detail;              // of the first one; may be empty
};

/// "3 buffers that could not be expanded whole, the first at byte 4096 (a match reaches before the
/// start)".
std::string describe(const Problem& problem);
/// "events-lost", "truncated" …: for machines.
std::string_view name_of(ProblemKind kind);
/// True: bytes of the file could not be read, so events are missing or cut (exit status 3). False:
/// the file is read whole, but the recording is not complete.
bool is_damage(ProblemKind kind);

/// Collects problems in the order of their kinds.
class Problems {
 public:
  /// The first of a kind gives offset and detail, the others count.
  void add(ProblemKind kind, std::uint64_t offset, std::string_view detail = {},
           std::uint64_t count = 1);
  std::vector<Problem> all() const;

 private:
  std::vector<Problem> problems_ = std::vector<Problem>(kProblemKinds);
};

}  // namespace quarry::etl
