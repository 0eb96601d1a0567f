// From buffer to buffer through the file, by what their headers say of their sizes; where a header
// cannot be right, by the size that the session used.
#pragma once

#include "common/base/result.h"
#include "common/etl/container/buffer.h"
#include "common/etl/problem.h"
#include "common/etl/source.h"
#include "common/etl/trace_header.h"

#include <cstdint>

namespace quarry::etl {

struct BufferPlace {
  std::uint64_t offset = 0;
  std::uint32_t stored = 0;  // bytes in the file, at least a header
  BufferHeader header;
};

class BufferWalk {
 public:
  BufferWalk(const Source& source, const TraceHeader& header, Problems& problems)
      : source_(source), header_(header), problems_(problems) {}

  /// False at the end of the file, or where no next buffer can be found.
  Result<bool> next(BufferPlace& place);

 private:
  bool skip_empty(const BufferHeader& header, bool all_zero);
  void measure(BufferPlace& place);
  void check_data_end(const BufferPlace& place);
  bool has_session_size() const;

  const Source& source_;
  const TraceHeader& header_;
  Problems& problems_;
  std::uint64_t offset_ = 0;
};

}  // namespace quarry::etl
